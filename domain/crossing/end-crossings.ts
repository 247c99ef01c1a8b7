import type { Actor } from '@/domain/actor'
import { moveCrossing } from '@/domain/crossing/move-crossing'
import type { Tx } from '@/domain/transaction'
import type { Crossing } from '@/prisma/generated/client'

/** Ends one that nobody may go on with: nobody agreed, or the question was taken back or refused by support. */
export async function endCrossing(tx: Tx, actor: Actor, crossing: Crossing, reason: string, now: Date): Promise<void> {
  if (crossing.status !== 'asked') return
  const data = { status: 'ended', endedAt: now, endReason: `decision-${reason}` } as const
  await moveCrossing(tx, actor, crossing, 'crossing.ended', data, now)
}

/**
 * Whatever holds one of the two ends what has not been approved yet, for good: after a fright it is asked anew, by two of
 * support and with both consents. What was approved is held with its request. Behind the lock that a hold takes.
 */
export async function endCrossingsOf(
  tx: Tx,
  actor: Actor,
  subscriberId: string,
  reason: string,
  now: Date,
): Promise<void> {
  // Read behind their locks: what another hold, a "no" or the clock ends at this moment must not stop this one.
  await tx.$queryRaw`
    SELECT 1 FROM crossings
    WHERE (source_id = ${subscriberId}::uuid OR target_id = ${subscriberId}::uuid) AND status IN ('asked', 'open', 'filed')
    ORDER BY id FOR UPDATE`
  const live = await tx.crossing.findMany({
    where: {
      AND: [
        { OR: [{ sourceId: subscriberId }, { targetId: subscriberId }] },
        { OR: [{ status: { in: ['asked', 'open'] } }, { status: 'filed', request: { status: 'filed' } }] },
      ],
    },
    orderBy: { id: 'asc' },
  })
  for (const crossing of live) {
    const data = { status: 'ended', endedAt: now, endReason: reason } as const
    await moveCrossing(tx, actor, crossing, 'crossing.ended', data, now)
  }
}
