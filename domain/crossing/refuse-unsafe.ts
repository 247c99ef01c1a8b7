import { wrongState } from '@/domain/errors'
import { refuseHeld } from '@/domain/identity/holds'
import type { Tx } from '@/domain/transaction'
import type { Crossing } from '@/prisma/generated/client'

/**
 * Refuses a step where either of the two is held in any way, where what was filed is not waiting any more, or where the
 * account is not the other person's of before the incident. Locks both persons, so that a freeze comes before or after it.
 */
export async function refuseUnsafe(tx: Tx, crossing: Crossing, now: Date): Promise<void> {
  await refuseEitherHeld(tx, crossing, now)
  const request = await tx.restoreRequest.findUnique({ where: { id: crossing.sourceRequestId } })
  if (request?.status !== 'filed' || request.subscriberId !== crossing.sourceId)
    throw wrongState('decision-moot', 'The request does not wait for a decision any more.')
  await refuseOtherPlace(tx, crossing)
}

/** A hold of the lightest kind on either of them is enough: for another's records no account is an old one. */
export async function refuseEitherHeld(
  tx: Tx,
  { sourceId, targetId }: Pick<Crossing, 'sourceId' | 'targetId'>,
  now: Date,
): Promise<void> {
  for (const subscriberId of [sourceId, targetId].sort()) await refuseHeld(tx, subscriberId, now)
}

export async function refuseOtherPlace(tx: Tx, { accountId, targetId }: Crossing): Promise<void> {
  const account = await tx.deviceAccount.findFirst({
    where: { id: accountId, subscriberId: targetId, coolingUntil: null, status: { not: 'removed' } },
  })
  if (!account) throw wrongState('crossing-no-account', 'The account is not there any more.')
}
