import type { Tx } from '@/domain/transaction'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import { ticketStatusOf } from '@/domain/triage/ticket-status'
import { notHeld } from '@/domain/triage/ticket-to-change'
import type { RequestStatus, TicketStatus } from '@/prisma/generated/enums'

const nobodys = { takenBy: null, takenUntil: null, ...notHeld }

/**
 * A ticket follows its request into the state it has just taken, and whoever worked on it has done so. One that waits for us
 * already goes on waiting since then, whoever has it; so does one in which the subscriber wrote what nobody has answered.
 */
export async function followRequest(
  tx: Tx,
  requestId: string,
  to: RequestStatus,
  reason: string | null,
  now: Date,
  by: string | null,
): Promise<void> {
  const status = ticketStatusOf(to, reason)
  const before = await tx.ticket.findUnique({ where: { requestId }, select: { status: true } })
  if (status === 'open')
    await tx.ticket.updateMany({
      where: { requestId, status: { not: 'open' } },
      data: { status, waitsSince: now },
    })
  else await tx.ticket.updateMany({ where: { requestId, askedSince: null }, data: { status, ...nobodys } })
  await settleRequest(tx, requestId, now)
  await tellOfIt(tx, requestId, before?.status ?? status, { now, by })
}

async function tellOfIt(
  tx: Tx,
  requestId: string,
  before: TicketStatus,
  { now, by }: { now: Date; by: string | null },
): Promise<void> {
  const ticket = await tx.ticket.findUnique({ where: { requestId } })
  if (ticket === null || (ticket.status === 'resolved') === (before === 'resolved')) return
  const what = ticket.status === 'resolved' ? 'resolved' : 'reopened'
  await tellWatchers(tx, ticket, { what, by, change: `${what}-${now.toISOString()}` })
}

/** It waits for one of us again from a moment on, and is nobody's till then. */
export async function waitUntil(tx: Tx, requestId: string, waitsSince: Date, now: Date): Promise<void> {
  await tx.ticket.updateMany({ where: { requestId }, data: { waitsSince, ...nobodys } })
  await settleRequest(tx, requestId, now)
}

async function settleRequest(tx: Tx, requestId: string, now: Date): Promise<void> {
  const ticket = await tx.ticket.findUnique({ where: { requestId }, select: { id: true } })
  if (ticket !== null) await settleClocks(tx, ticket.id, now)
}
