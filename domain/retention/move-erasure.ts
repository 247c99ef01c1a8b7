import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { type EventKind, type Happened, recordEvent } from '@/domain/events'
import { allowsErasure, type ErasureAction, erasureActions } from '@/domain/retention/erasure-status'
import type { Prisma, Tx } from '@/domain/transaction'
import type { Erasure } from '@/prisma/generated/client'

/** The one way an erasure changes its state: by the table, guarded by the state it was read in, with one event. */
export async function moveErasure(
  tx: Tx,
  actor: Actor,
  erasure: Erasure,
  action: ErasureAction,
  {
    kind,
    data = {},
    row,
    now,
  }: {
    kind: EventKind
    data?: NonNullable<Happened['data']>
    row: Prisma.ErasureUpdateManyMutationInput
    now: Date
  },
): Promise<void> {
  const { id, carrierId, subscriberId, status } = erasure
  if (!allowsErasure(action, status))
    throw wrongState('erasure-over', `An erasure that is ${status} cannot be changed by "${action}".`)
  const { count } = await tx.erasure.updateMany({
    where: { id, status },
    data: { ...row, status: erasureActions[action].to },
  })
  if (count === 0) throw wrongState('erasure-over', 'Somebody else changed this erasure meanwhile.')
  const event = { subject: `subscriber:${subscriberId}`, kind, carrierId } as const
  await recordEvent(tx, actor, { ...event, data: { ...data, subscriberId, erasureId: id } }, now)
}
