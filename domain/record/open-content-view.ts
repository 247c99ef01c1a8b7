import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { holdsOn, takeForHold } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { refuseHeldLook, viewMinutes, viewReasons } from '@/domain/record/content-view'
import { usableBatchStatuses } from '@/domain/recovery/batch-status'
import { transaction } from '@/domain/transaction'

const openInput = z.object({
  holdingId: z.uuid('look-holding'),
  /** Of the same subscriber's; null: the look is about the person. */
  requestId: z.uuid().nullable(),
  reason: z.enum(viewReasons, 'look-reason'),
  /** In words, for the subscriber to read. */
  note: z.string('look-note').trim().min(10, 'look-note').max(1_000, 'look-note-long'),
})
export type OpenContentViewInput = z.input<typeof openInput>

/**
 * Lets the actor, and nobody else, look at the records of one holding for a quarter of an hour: says why, asks for a fresh proof,
 * and every address of the subscriber's is told. The same reason given twice is one look.
 */
export async function openContentView(
  actor: Actor,
  input: OpenContentViewInput,
  now = new Date(),
): Promise<{ viewId: string }> {
  const { holdingId, requestId, reason, note } = parseInput(openInput, input)
  return transaction(actor, async tx => {
    const holding = await tx.holding.findFirst({
      where: { id: holdingId, batch: { status: { in: [...usableBatchStatuses] } } },
    })
    authorize(actor, 'content.view', holding ?? { carrierId: null, subscriberId: null }, 'holding')
    if (!holding) throw notFound('holding')
    requireFreshProof(actor, now)
    const { carrierId, subscriberId, category } = holding
    const request = requestId && (await tx.restoreRequest.findFirst({ where: { id: requestId, subscriberId } }))
    if (requestId !== null && !request) throw notFound('request')
    // Behind the lock that a freeze takes too: one of this moment comes before the look or ends it.
    await takeForHold(tx, subscriberId)
    refuseHeldLook(await holdsOn(tx, subscriberId, now), actor.role)
    const viewerId = actorId(actor) ?? actor.role
    const same = { subscriberId, holdingId, requestId, viewerId, reason, note }
    const open = await tx.contentView.findFirst({ where: { ...same, expiresAt: { gt: now } } })
    if (open) return { viewId: open.id }
    const viewerCarrierId = 'carrierId' in actor ? actor.carrierId : null
    const until = new Date(now.getTime() + viewMinutes * 60_000)
    const viewer = { viewerRole: actor.role, viewerCarrierId, openedAt: now, expiresAt: until }
    const { id: viewId } = await tx.contentView.create({ data: { ...same, carrierId, category, ...viewer } })
    const data = { subscriberId, viewId, holdingId, requestId, category, reason }
    const subject = `subscriber:${subscriberId}` as const
    await recordEvent(tx, actor, { subject, kind: 'content.viewed', carrierId, data }, now)
    return { viewId }
  })
}
