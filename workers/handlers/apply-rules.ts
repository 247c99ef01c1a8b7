import { system } from '@/domain/actor'
import type { JobPayloads } from '@/domain/tasks'
import { ruleWorker } from '@/domain/triage/rules/action'
import { applyRules } from '@/domain/triage/rules/apply-rules'
import type { Handle } from '@/workers/handler'

export const handle: Handle<JobPayloads['apply-rules']> = async (what, { now }) => {
  await applyRules(system(ruleWorker), what, now())
}
