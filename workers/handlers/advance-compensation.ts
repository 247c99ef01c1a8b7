import { system } from '@/domain/actor'
import { advanceCompensation } from '@/domain/compensation/advance-run'
import type { Handle } from '@/workers/handler'

/** Tries a draft of a carrier's rules on everybody, or decides by what is active. */
export const handle: Handle<{ compensationRunId: string }> = async (payload, { now, signal }) => {
  const next = await advanceCompensation(system('advance-compensation'), payload, () => signal.aborted)
  return next === 'again' ? { again: now() } : undefined
}
