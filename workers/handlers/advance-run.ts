import { advanceRun } from '@/domain/restore/advance-run'
import type { Handle } from '@/workers/handler'

/** One slice of a restore or an undo. */
export const handle: Handle<{ runId: string }> = async ({ runId }, services) => {
  const next = await advanceRun(services, { runId, signal: services.signal })
  return next.kind === 'again' ? { again: next.at } : undefined
}
