import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { type EventKind, type Happened, recordEvent } from '@/domain/events'
import { allows, type RequestAction, requestActions } from '@/domain/restore/request-status'
import type { Prisma, Tx } from '@/domain/transaction'
import type { RestoreRequest } from '@/prisma/generated/client'

type Moved = Pick<RestoreRequest, 'id' | 'carrierId' | 'subscriberId' | 'status' | 'version'>

/** The one way a request changes its state: by the table, guarded by the state it was read in, with one event. */
export async function moveRequest(
  tx: Tx,
  actor: Actor,
  request: Moved,
  action: RequestAction,
  kind: EventKind,
  data: NonNullable<Happened['data']> = {},
  more: Prisma.RestoreRequestUpdateManyMutationInput = {},
): Promise<void> {
  if (!allows(action, request.status)) {
    throw wrongState(`cannot-${action}`, `A request that is ${request.status} cannot be changed by "${action}".`)
  }
  const { to } = requestActions[action]
  const reason = typeof data.reason === 'string' && (action === 'wait' || action === 'hold') ? data.reason : null
  const { count } = await tx.restoreRequest.updateMany({
    where: { id: request.id, status: request.status },
    data: { ...more, status: to, waitReason: reason, version: { increment: 1 } },
  })
  if (count === 0) throw wrongState('changed-meanwhile', 'Somebody else changed the request meanwhile.')
  const { id, carrierId, subscriberId } = request
  await recordEvent(tx, actor, { subject: `request:${id}`, kind, carrierId, data: { ...data, subscriberId } })
}
