import { system } from '@/domain/actor'
import { advanceMassAct } from '@/domain/triage/mass/advance-mass-act'
import { macroWords } from '@/messages/macro-words'
import type { Handle } from '@/workers/handler'

// A slice: what waits behind it in its lane has its turn.
const sliceMs = 10_000

export const handle: Handle<{ massActId: string }> = async ({ massActId }, { signal, now, timeZone }) => {
  const until = Date.now() + sliceMs
  const more = await advanceMassAct(
    system('advance-mass-act'),
    { massActId },
    whom => macroWords(whom, timeZone, now()),
    () => signal.aborted || Date.now() > until,
  )
  return more === 'again' ? { again: now() } : undefined
}
