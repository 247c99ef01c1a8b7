import { refuseEitherHeld, refuseOtherPlace } from '@/domain/crossing/refuse-unsafe'
import { wrongState } from '@/domain/errors'
import { refuseHeld } from '@/domain/identity/holds'
import type { Tx } from '@/domain/transaction'

interface Going {
  id: string
  subscriberId: string
  account: { coolingUntil: Date | null }
  crossing: { opensAt: Date | null } | null
}

/** From when data may go there, once two people have approved it; null where the account was known and is its owner's alone. */
export const coolingOf = ({ account, crossing }: Pick<Going, 'account' | 'crossing'>): Date | null =>
  crossing === null ? account.coolingUntil : crossing.opensAt

/** {@link refuseHeld} for a request: of a crossing, both persons must be free, and it must not have ended meanwhile. */
export async function refuseHeldRequest(tx: Tx, request: Going, now: Date): Promise<void> {
  if (request.crossing === null) return refuseHeld(tx, request.subscriberId, now, request.account)
  const between = await tx.crossing.findUniqueOrThrow({ where: { requestId: request.id } })
  await refuseEitherHeld(tx, between, now)
  // Read behind their locks: what a hold or a "no" of this moment ended is over.
  const crossing = await tx.crossing.findUniqueOrThrow({ where: { requestId: request.id } })
  if (crossing.status !== 'filed') throw wrongState('crossing-over', 'One of the two said no, or was held meanwhile.')
  await refuseOtherPlace(tx, crossing)
}
