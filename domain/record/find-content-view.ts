import { type Actor, actorId } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { holdsOn } from '@/domain/identity/holds'
import { scope } from '@/domain/policy'
import { refuseHeldLook } from '@/domain/record/content-view'
import { type HoldingView, holdingView } from '@/domain/record/find-holding'
import { usableBatchStatuses } from '@/domain/recovery/batch-status'
import { reader } from '@/domain/transaction'

/** A look that is open now, at what. */
export interface OpenContentView {
  id: string
  requestId: string | null
  expiresAt: Date
  subscriber: { id: string; name: string | null; accountId: string }
  holding: HoldingView
}

/**
 * The actor's own look while it lasts. Throws a Refusal "not-found" for another's, for one that is over and where the batch was
 * withheld since; "wrong-state" where the subscriber was held since.
 */
export async function findContentView(actor: Actor, viewId: string, now = new Date()): Promise<OpenContentView> {
  const view = await reader(actor).contentView.findFirst({
    where: { id: viewId, ...scope(actor, 'content.view'), viewerId: actorId(actor) ?? '', expiresAt: { gt: now } },
    include: { subscriber: { select: { id: true, name: true, accountId: true } } },
  })
  if (!view) throw notFound('look')
  const { id, holdingId, subscriberId, requestId, expiresAt, subscriber } = view
  const holding = await reader(actor).holding.findFirst({
    where: { id: holdingId, subscriberId, batch: { status: { in: [...usableBatchStatuses] } } },
  })
  if (!holding) throw notFound('holding')
  refuseHeldLook(await holdsOn(reader(actor), subscriberId, now), actor.role)
  return { id, requestId, expiresAt, subscriber, holding: holdingView(holding) }
}
