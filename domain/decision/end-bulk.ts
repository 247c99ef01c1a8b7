import { type Actor, actorId } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import type { Tx } from '@/domain/transaction'
import type { BulkApproval } from '@/prisma/generated/client'

/** Why an approval of many ended before its end. */
export const stopReasons = ['by-hand', 'not-approved', 'no-right'] as const
export type StopReason = (typeof stopReasons)[number]

/** Ends one that runs, once, with what became of it; a step of the caller's transaction. Answers whether it was this one. */
export async function endBulk(
  tx: Tx,
  actor: Actor,
  { id, carrierId }: Pick<BulkApproval, 'id' | 'carrierId'>,
  stopReason: StopReason | null,
  now: Date,
): Promise<boolean> {
  const stoppedBy = stopReason === null ? null : actorId(actor)
  const ended = await tx.bulkApproval.updateManyAndReturn({
    where: { id, status: 'running' },
    data: { status: stopReason === null ? 'done' : 'stopped', stopReason, stoppedBy, endedAt: now },
  })
  const [row] = ended
  if (!row) return false
  const { approved, halfApproved, refused } = row
  const kind = stopReason === null ? 'bulk.finished' : 'bulk.stopped'
  const data = { approved, halfApproved, refused, reason: stopReason }
  await recordEvent(tx, actor, { subject: `bulk:${id}`, kind, carrierId, data }, now)
  return true
}
