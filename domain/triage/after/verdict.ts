import type { RequestStatus } from '@/prisma/generated/enums'

/** Days after its end at which the subscriber of a finished restore is asked by mail, where nothing else is set. */
export const askAfterDays = 3
/** Days for which they are still asked then: of what ended long before somebody turned this on, nobody hears. */
export const askedWithinDays = 14

/** What has come of a request, as far as it says whether there is something to look at. */
export interface Ended {
  status: RequestStatus
  /** What an undo has left in the account: spared, or not taken back. */
  left: number
  /** Another person's records went there. */
  crossed: boolean
}

/** Whether there is something in the account that its owner can say looks right, or not: done, or undone in part. */
export const canBeAnswered = ({ status, left, crossed }: Ended): boolean =>
  !crossed && (status === 'done' || (status === 'undone' && left > 0))

/** Records that an undo has left where they were, by the counts of its categories. */
export const leftByUndo = (categories: readonly { counts: unknown }[]): number =>
  categories.reduce((sum, { counts }) => {
    const { spared = 0, failed = 0 } = counts as Record<string, number>
    return sum + spared + failed
  }, 0)
