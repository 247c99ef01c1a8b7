import { allowsBatch, type BatchAction } from '@/domain/recovery/batch-status'
import type { BatchStatus } from '@/prisma/generated/enums'

/** How many different people must say the same before it happens. To hold data back one is enough; to give it out, two. */
export const peopleNeeded = { 'use-anyway': 2, release: 2, 'never-use': 1, withhold: 1 } as const satisfies Partial<
  Record<BatchAction, number>
>
export type DecidedAction = keyof typeof peopleNeeded

/** What a "use it" or "do not use it" asks for in this state; null where there is nothing to decide. */
export function decidedAction(use: boolean, status: BatchStatus): DecidedAction | null {
  // An accepted batch is in use already: its release to subscribers wave by wave is another verb's.
  if (use && status === 'accepted') return null
  const actions: readonly DecidedAction[] = use ? ['use-anyway', 'release'] : ['never-use', 'withhold']
  return actions.find(action => allowsBatch(action, status)) ?? null
}

interface Word {
  staffId: string
  use: boolean
  decidedAt: Date
}

/** Hours for which a word that gives out waits for another person's: what was seen then may not be so any more. */
const wordHours = 72
export const wordUntil = ({ decidedAt }: Pick<Word, 'decidedAt'>): Date =>
  new Date(decidedAt.getTime() + wordHours * 3_600_000)

/**
 * The words that count: those given since the batch came into its state. Earlier ones were about another state. A word that
 * gives out and that nobody joined in 72 hours has run out; one that holds back has not.
 */
export function standingWords<W extends Word>(
  batch: { decidedAt: Date | null; decisions: readonly W[] },
  now = new Date(),
): W[] {
  return batch.decisions.filter(
    word => (batch.decidedAt === null || word.decidedAt >= batch.decidedAt) && (!word.use || wordUntil(word) > now),
  )
}
