import { system } from '@/domain/actor'
import { advanceBulk } from '@/domain/decision/advance-bulk'
import type { Handle } from '@/workers/handler'

// A slice: what waits behind it in its lane has its turn.
const sliceMs = 10_000

export const handle: Handle<{ bulkId: string }> = async ({ bulkId }, { signal, now }) => {
  const until = Date.now() + sliceMs
  const more = await advanceBulk(system('advance-bulk'), { bulkId }, () => signal.aborted || Date.now() > until)
  return more === 'again' ? { again: now() } : undefined
}
