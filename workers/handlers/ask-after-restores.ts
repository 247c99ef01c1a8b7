import { system } from '@/domain/actor'
import { askAfterRestores } from '@/domain/triage/after/ask-after'
import type { Handle } from '@/workers/handler'

/** Asks whose restore ended some days ago whether it looks right. */
export const handle: Handle<Record<string, never>> = async (_, { now, signal, askAfterDays: days }) => {
  await askAfterRestores(system('ask-after-restores'), { days, now: now(), signal })
  return signal.aborted ? { again: now() } : undefined
}
