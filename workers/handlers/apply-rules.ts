import { system } from '@/domain/actor'
import { applyRules } from '@/domain/triage/rules/apply-rules'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ requestId: string }> = async ({ requestId }, { now }) => {
  await applyRules(system('rule'), { requestId }, now())
}
