import { badInput } from '@/domain/errors'
import type { NewPromise } from '@/domain/incident/incident-inputs'

interface Moments {
  nextUpdateBy: Date | null
  promises: NewPromise[]
  saidAt: Date | null
}

/** Refuses times that cannot be: each at its field. An open incident's statement promises the next one. */
export function refuseMoments(
  { nextUpdateBy, promises, saidAt }: Moments,
  { now, open, startedAt }: { now: Date; open: boolean; startedAt: Date },
): void {
  const at = saidAt ?? now
  if (saidAt !== null && saidAt > now)
    throw badInput('saidAt', 'date-in-future', 'What is entered afterwards was said before now.')
  if (at < startedAt) throw badInput('saidAt', 'before-beginning', 'Nothing was said of an incident before it began.')
  if (open && nextUpdateBy === null)
    throw badInput('nextUpdateBy', 'next-update-missing', 'A statement on an open incident promises the next one.')
  if (nextUpdateBy !== null && nextUpdateBy <= at)
    throw badInput('nextUpdateBy', 'promise-in-past', 'The next statement comes after this one.')
  for (const [i, { dueAt }] of promises.entries())
    if (dueAt <= at) throw badInput(`promises.${i}.dueAt`, 'promise-in-past', 'A promise is due after it is made.')
}
