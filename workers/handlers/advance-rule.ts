import { system } from '@/domain/actor'
import { ruleWorker } from '@/domain/triage/rules/action'
import { advanceRule } from '@/domain/triage/rules/advance-rule'
import type { Handle } from '@/workers/handler'

// A slice: what waits behind it in its lane has its turn.
const sliceMs = 10_000

export const handle: Handle<{ ruleRunId: string }> = async ({ ruleRunId }, { signal, now }) => {
  const until = Date.now() + sliceMs
  const more = await advanceRule(system(ruleWorker), { ruleRunId }, () => signal.aborted || Date.now() > until)
  return more === 'again' ? { again: now() } : undefined
}
