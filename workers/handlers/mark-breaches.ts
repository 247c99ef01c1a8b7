import { system } from '@/domain/actor'
import { markBreaches } from '@/domain/triage/mark-breaches'
import type { Handle } from '@/workers/handler'

/** Notes what has gone over its target since it last looked. */
export const handle: Handle<Record<string, never>> = async (_, { now, signal }) => {
  await markBreaches(system('mark-breaches'), now(), signal)
  return signal.aborted ? { again: now() } : undefined
}
