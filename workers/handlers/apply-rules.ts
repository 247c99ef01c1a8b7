import { system } from '@/domain/actor'
import { ruleWorker } from '@/domain/triage/rules/action'
import { applyRules } from '@/domain/triage/rules/apply-rules'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ requestId: string }> = async ({ requestId }, { now }) => {
  await applyRules(system(ruleWorker), { requestId }, now())
}
