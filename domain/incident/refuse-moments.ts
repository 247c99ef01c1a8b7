import { badInput } from '@/domain/errors'
import type { NewPromise } from '@/domain/incident/incident-inputs'

interface Moments {
  nextUpdateBy: Date | null
  promises: NewPromise[]
  saidAt: Date | null
}

/** Refuses times that cannot be: each at its field. An open incident's statement promises the next one, that of one that is over none. */
export function refuseMoments(
  { nextUpdateBy, promises, saidAt }: Moments,
  { now, open, over, startedAt }: { now: Date; open: boolean; over: boolean; startedAt: Date },
): void {
  const at = saidAt ?? now
  if (saidAt !== null && saidAt > now)
    throw badInput('saidAt', 'date-in-future', 'What is entered afterwards was said before now.')
  if (at < startedAt) throw badInput('saidAt', 'before-beginning', 'Nothing was said of an incident before it began.')
  if (open && nextUpdateBy === null)
    throw badInput('nextUpdateBy', 'next-update-missing', 'A statement on an open incident promises the next one.')
  if (over && nextUpdateBy !== null)
    throw badInput('nextUpdateBy', 'next-update-of-over', 'Of what is over, no next statement is promised.')
  // Also of what is entered afterwards: a promise that nobody could keep any more would only be missed.
  if (nextUpdateBy !== null && nextUpdateBy <= now)
    throw badInput('nextUpdateBy', 'promise-in-past', 'The next statement comes after this one.')
  for (const [i, { dueAt }] of promises.entries())
    if (dueAt <= now) throw badInput(`promises.${i}.dueAt`, 'promise-in-past', 'A promise is due after it is made.')
}
