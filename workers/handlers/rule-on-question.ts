import { system } from '@/domain/actor'
import { ruleWorker } from '@/domain/triage/rules/action'
import { applyRules } from '@/domain/triage/rules/apply-rules'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ ticketId: string }> = async ({ ticketId }, { now }) => {
  await applyRules(system(ruleWorker), { ticketId }, now())
}
