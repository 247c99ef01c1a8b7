import type { Prisma, Tx } from '@/domain/transaction'
import { doubtedReasons } from '@/domain/triage/after/rating'

/** Whether a subscriber is asked how it was: not where somebody else may have asked in their name, nor while they are being erased. */
export async function mayBeAsked(tx: Tx, subscriberId: string): Promise<boolean> {
  const doubted = {
    subscriberId,
    status: 'declined' as const,
    declineReason: { in: [...doubtedReasons] },
  } satisfies Prisma.RestoreRequestWhereInput
  if ((await tx.restoreRequest.count({ where: doubted })) > 0) return false
  return (await tx.erasure.count({ where: { subscriberId, status: { in: ['asked', 'approved', 'running'] } } })) === 0
}
