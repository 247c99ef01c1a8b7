import { lookAgain } from '@/domain/restore/look-again'
import type { Handle } from '@/workers/handler'

/** Looks whether restored records are still there, after a quarter of an hour and after a day. */
export const handle: Handle<{ runId: string }> = async ({ runId }, services) => {
  const next = await lookAgain(services, runId)
  return next === null ? undefined : { again: next }
}
