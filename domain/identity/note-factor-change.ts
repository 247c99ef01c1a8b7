import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { holdRequests, holdRequestsToNewAccounts } from '@/domain/identity/hold-requests'
import { type FactorKind, holdMs, takeForHold } from '@/domain/identity/holds'
import type { Tx } from '@/domain/transaction'

export interface NewFactorChange {
  carrierId: string
  subscriberId: string
  factor: FactorKind
  /** Null: whoever told of it does not know when; it counts from now, once. */
  changedAt: Date | null
  /** The mail address before it, which is told too; null for the other factors. */
  previous: string | null
}

/**
 * A step of the verb that changed, or learnt of, a factor: from here on everything of the subscriber's is held for ten days
 * (less by a first passkey), what is under way too, and every address on file is told. The same change of a SIM, learnt twice, is one:
 * then the answer is null.
 */
export async function noteFactorChange(
  tx: Tx,
  actor: Actor,
  { carrierId, subscriberId, factor, changedAt, previous }: NewFactorChange,
  now = new Date(),
): Promise<{ changeId: string | null }> {
  await takeForHold(tx, subscriberId)
  if (factor === 'sim') {
    const since = changedAt ?? new Date(now.getTime() - holdMs)
    if (await tx.factorChange.findFirst({ where: { subscriberId, kind: 'sim', changedAt: { gte: since } } }))
      return { changeId: null }
  }
  const change = await tx.factorChange.create({
    data: { carrierId, subscriberId, kind: factor, changedAt: changedAt ?? now, previous, notedAt: now },
  })
  const data = { subscriberId, factor, ...(previous === null ? {} : { changeId: change.id }) }
  await recordEvent(tx, actor, { subject: `subscriber:${subscriberId}`, kind: 'factor.changed', carrierId, data }, now)
  if (factor === 'first-passkey') await holdRequestsToNewAccounts(tx, actor, subscriberId)
  else await holdRequests(tx, actor, subscriberId, 'identity-changed')
  return { changeId: change.id }
}
