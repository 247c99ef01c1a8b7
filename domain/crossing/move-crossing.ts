import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { type EventKind, recordEvent } from '@/domain/events'
import type { Prisma, Tx } from '@/domain/transaction'
import type { Crossing } from '@/prisma/generated/client'

/**
 * The one way a crossing changes: guarded by the state it was read in. What happened stands on the chain of each of the two
 * persons, so that either's evidence tells of it and every address of both is told.
 */
export async function moveCrossing(
  tx: Tx,
  actor: Actor,
  crossing: Crossing,
  kind: EventKind,
  data: Prisma.CrossingUncheckedUpdateManyInput,
  now: Date,
): Promise<void> {
  const { id, status } = crossing
  const { count } = await tx.crossing.updateMany({ where: { id, status }, data })
  if (count === 0) throw wrongState('crossing-over', 'It has been decided, ended or has run out.')
  await tellBoth(tx, actor, crossing, kind, typeof data.endReason === 'string' ? data.endReason : null, now)
}

/** The same happening on both chains, each with its own person and side. Ids and codes only. */
export async function tellBoth(
  tx: Tx,
  actor: Actor,
  { id: crossingId, carrierId, sourceId, targetId, expiresAt, requestId }: Crossing,
  kind: EventKind,
  reason: string | null,
  now: Date,
): Promise<void> {
  const until = expiresAt?.toISOString() ?? null
  for (const [side, subscriberId] of [
    ['source', sourceId],
    ['target', targetId],
  ] as const) {
    const subject = `subscriber:${subscriberId}` as const
    const data = { crossingId, side, subscriberId, requestId, reason, until }
    await recordEvent(tx, actor, { subject, kind, carrierId, data }, now)
  }
}
