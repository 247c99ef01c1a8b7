import { type Actor, actorId } from '@/domain/actor'
import { moveCrossing } from '@/domain/crossing/move-crossing'
import { wrongState } from '@/domain/errors'
import { type EventKind, type Happened, recordEvent } from '@/domain/events'
import { allows, type RequestAction, requestActions } from '@/domain/restore/request-status'
import type { Prisma, Tx } from '@/domain/transaction'
import { followRequest } from '@/domain/triage/follow-request'
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
  await followRequest(tx, id, to, reason, new Date(), actorId(actor))
  await recordEvent(tx, actor, { subject: `request:${id}`, kind, carrierId, data: { ...data, subscriberId } })
  if (action === 'approve' || action === 'decline') await endAsked(tx, actor, id)
  await tellSource(tx, actor, id, action, data.reason)
}

/** What was asked about a request and waits for an answer comes to nothing once the request itself is decided: nobody waits for it in vain. */
async function endAsked(tx: Tx, actor: Actor, sourceRequestId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM crossings WHERE source_request_id = ${sourceRequestId}::uuid FOR UPDATE`
  const waits = { sourceRequestId, status: { in: ['asked', 'open'] } } satisfies Prisma.CrossingWhereInput
  const crossing = await tx.crossing.findFirst({ where: waits })
  if (crossing === null) return
  const now = new Date()
  const over = { status: 'ended', endedAt: now, endReason: 'request-decided' } as const
  await moveCrossing(tx, actor, crossing, 'crossing.ended', over, now)
}

/** What was held before its run began begins now: it is told as any other is, though the request has gone on since. */
export async function tellStarted(tx: Tx, actor: Actor, request: Moved, runId: string): Promise<void> {
  const { id, carrierId, subscriberId } = request
  const data = { runId, subscriberId }
  await recordEvent(tx, actor, { subject: `request:${id}`, kind: 'request.started', carrierId, data })
  await tellSource(tx, actor, id, 'start', undefined)
}

const told: Partial<Record<RequestAction, string>> = {
  approve: 'approved',
  start: 'running',
  hold: 'held',
  resume: 'resumed',
  finish: 'done',
  'cut-short': 'done',
  undo: 'undoing',
  'finish-undo': 'undone',
}

/** Whose records go into another's account hears of it as well, on their own chain: how far it is, and no more. */
async function tellSource(
  tx: Tx,
  actor: Actor,
  requestId: string,
  action: RequestAction,
  reason: unknown,
): Promise<void> {
  const crossing = await tx.crossing.findUnique({ where: { requestId } })
  if (crossing === null) return
  const { id: crossingId, carrierId, sourceId, targetId } = crossing
  if (action === 'decline' && crossing.status === 'filed') {
    const now = new Date()
    const over = { status: 'ended', endedAt: now, endReason: 'declined' } as const
    await moveCrossing(tx, actor, crossing, 'crossing.ended', over, now)
  }
  const to = told[action]
  if (to === undefined) return
  // Why it waits may say what the other account is like; that one of the two is held, both are told.
  const isHeld = action === 'hold' && reason !== 'vanishing'
  for (const subscriberId of isHeld ? [sourceId, targetId] : [sourceId]) {
    const data = { crossingId, subscriberId, to }
    await recordEvent(tx, actor, { subject: `subscriber:${subscriberId}`, kind: 'crossing.moved', carrierId, data })
  }
}
