import type { Actor } from '@/domain/actor'
import { consentMs } from '@/domain/crossing/crossing-status'
import { moveCrossing } from '@/domain/crossing/move-crossing'
import { refuseUnsafe } from '@/domain/crossing/refuse-unsafe'
import { wrongState } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'
import type { Crossing } from '@/prisma/generated/client'

/** Two of support have agreed: from now on both persons are asked, for seven days. */
export async function openCrossing(tx: Tx, actor: Actor, crossing: Crossing, now: Date): Promise<void> {
  if (crossing.status !== 'asked') throw wrongState('decision-moot', 'This has ended already.')
  await refuseUnsafe(tx, crossing, now)
  const expiresAt = new Date(now.getTime() + consentMs)
  await moveCrossing(tx, actor, { ...crossing, expiresAt }, 'crossing.opened', { status: 'open', expiresAt }, now)
}
