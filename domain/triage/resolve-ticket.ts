import type { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { type Tx, transaction } from '@/domain/transaction'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import { reopenInput, resolveInput } from '@/domain/triage/ticket-inputs'
import { allowsTicket } from '@/domain/triage/ticket-status'
import {
  movedTo,
  refuseTakenTicket,
  refuseUnseen,
  restingStatus,
  type TicketToChange,
  ticketToChange,
} from '@/domain/triage/ticket-to-change'
import type { TicketStatus } from '@/prisma/generated/enums'

/**
 * Says that there is nothing left to do, and why. Of a restore it says that what the subscriber wrote needs no answer: the
 * ticket then stands where its request puts it. The subscriber is told by mail that it is resolved, and how it goes on.
 */
export async function resolveTicket(
  actor: Actor,
  input: z.input<typeof resolveInput>,
  now = new Date(),
): Promise<void> {
  const { ticketId, version, reason, said } = parseInput(resolveInput, input)
  await transaction(actor, async tx => {
    const ticket = await toMove(tx, actor, { ticketId, version }, now)
    if (!allowsTicket('resolve', ticket.status)) throw wrongState('ticket-resolved', 'The ticket is resolved already.')
    const to = ticket.request === null ? 'resolved' : restingStatus(ticket)
    if (to === 'open') throw wrongState('follows-request', 'The request itself waits for a decision.')
    const change = { status: to, resolvedReason: reason, askedSince: null }
    const tell = to === 'resolved' && !said
    await move(tx, actor, ticket, { ...change, kind: 'ticket.resolved', reason, tell }, now)
  })
}

/** Opens a resolved ticket again: it waits for one of us since now. A restore goes on with its request instead. */
export async function reopenTicket(actor: Actor, input: z.input<typeof reopenInput>, now = new Date()): Promise<void> {
  const { ticketId, version, reason } = parseInput(reopenInput, input)
  await transaction(actor, async tx => {
    const ticket = await toMove(tx, actor, { ticketId, version }, now)
    if (!allowsTicket('reopen', ticket.status)) throw wrongState('ticket-open', 'The ticket is open already.')
    if (ticket.request !== null) throw wrongState('follows-request', 'The ticket of a restore goes with its request.')
    const change = { status: 'open' as const, resolvedReason: null, askedSince: null }
    await move(tx, actor, ticket, { ...change, kind: 'ticket.reopened', reason, tell: false }, now)
  })
}

async function toMove(
  tx: Tx,
  actor: Actor,
  { ticketId, version }: { ticketId: string; version: number | undefined },
  now: Date,
): Promise<TicketToChange> {
  const ticket = await ticketToChange(tx, actor, 'ticket.change', ticketId)
  refuseUnseen(ticket, version)
  refuseTakenTicket(ticket, actor, now)
  return ticket
}

interface Move {
  status: TicketStatus
  resolvedReason: string | null
  askedSince: null
  kind: 'ticket.resolved' | 'ticket.reopened'
  reason: string
  tell: boolean
}

async function move(tx: Tx, actor: Actor, ticket: TicketToChange, { kind, reason, tell, ...to }: Move, now: Date) {
  const { id, carrierId, subscriberId } = ticket
  const data = { ...movedTo(ticket.status, to.status, now), ...to, version: { increment: 1 } }
  await tx.ticket.update({ where: { id }, data })
  await settleClocks(tx, id, now)
  const told = { subscriberId, reason, ...(tell ? { tell } : {}) }
  await recordEvent(tx, actor, { subject: `ticket:${id}`, kind, carrierId, data: told }, now)
  const what = kind === 'ticket.resolved' ? 'resolved' : 'reopened'
  await tellWatchers(tx, ticket, { what, by: actorId(actor), change: `${what}-${ticket.version + 1}` })
}
