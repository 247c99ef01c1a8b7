import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize, may } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { mergeInput } from '@/domain/triage/joined-inputs'
import { keptBefore } from '@/domain/triage/merge-before'
import { noteAct } from '@/domain/triage/note-act'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { takerOf } from '@/domain/triage/taker'
import { ticketStatusOf } from '@/domain/triage/ticket-status'
import {
  loadToChange,
  refuseMerged,
  refuseTakenTicket,
  refuseUnseen,
  type TicketToChange,
} from '@/domain/triage/ticket-to-change'

/**
 * Lets a ticket go on in another one of the same subscriber. Nothing is moved but who watches it: it keeps its entries, ends, and
 * leads to the other, which shows them among its own and waits for us where it did. Refuses one that is escalated, and a
 * restore's whose request is not over.
 */
export async function mergeTicket(
  actor: Actor,
  input: z.input<typeof mergeInput>,
  now = new Date(),
): Promise<{ intoId: string }> {
  const { ticketId, intoId, version } = parseInput(mergeInput, input)
  await transaction(actor, async tx => {
    // In one order, so that one merged into the other and the other into the one take turns.
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE id IN (${ticketId}::uuid, ${intoId}::uuid) ORDER BY id FOR UPDATE`
    const ticket = await loadToChange(tx, ticketId)
    authorize(actor, 'ticket.merge', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
    if (!ticket) throw notFound('ticket')
    const into = await loadToChange(tx, intoId)
    refuseMerged(ticket)
    if (!into || !may(actor, 'ticket.merge', into)) throw badInput('intoId', 'into-unknown', 'There is no such ticket.')
    refusePair(ticket, into)
    refuseUnseen(ticket, version)
    refuseTakenTicket(ticket, actor, now)
    await join(tx, actor, ticket, into, now)
  })
  return { intoId }
}

function refusePair(ticket: TicketToChange, into: TicketToChange): void {
  if (ticket.id === into.id) throw badInput('intoId', 'into-itself', 'A ticket is not merged with itself.')
  if (ticket.carrierId !== into.carrierId) throw badInput('intoId', 'into-other-carrier', 'It is another carrier’s.')
  if (ticket.subscriberId !== into.subscriberId)
    throw badInput('intoId', 'into-other-subscriber', 'It is another subscriber’s.')
  if (into.mergedInto !== null) throw wrongState('into-merged', 'That ticket was merged into another one itself.')
  // The decision is made on the request's own page, which leaves the queue with its ticket.
  if (ticket.request !== null && ticketStatusOf(ticket.request.status, ticket.request.waitReason) !== 'resolved')
    throw wrongState('request-goes-on', 'The request of that ticket is not over.')
  if (ticket.escalatedAt !== null) throw wrongState('merge-escalated', 'It was escalated, and that is not settled.')
}

async function join(tx: Tx, actor: Actor, ticket: TicketToChange, into: TicketToChange, now: Date): Promise<void> {
  const { id: ticketId, carrierId, subscriberId } = ticket
  const { id: intoId } = into
  const watchers = await tx.ticketWatcher.findMany({ where: { ticketId }, orderBy: { staffId: 'asc' } })
  const staffIds = watchers.map(({ staffId }) => staffId)
  const intoVersion = into.version + 1
  const { id: mergeId } = await tx.ticketMerge.create({
    data: {
      ...{ carrierId, subscriberId, ticketId, intoId, mergedBy: takerOf(actor), mergedAt: now, watchers: staffIds },
      ...{ intoVersion, before: keptBefore(ticket, into) },
    },
  })
  await tx.ticketWatcher.deleteMany({ where: { ticketId } })
  await tx.ticketWatcher.createMany({
    data: staffIds.map(staffId => ({ ticketId: intoId, staffId, carrierId, since: now, mergeId })),
    skipDuplicates: true,
  })
  const ended = { status: 'resolved', resolvedReason: 'merged', endedAs: null, askedSince: null } as const
  const nobodys = { takenBy: null, takenUntil: null, heldUntil: null, heldReason: null }
  await tx.ticket.update({
    where: { id: ticketId },
    data: { ...ended, ...nobodys, mergedInto: intoId, version: { increment: 1 } },
  })
  await tx.ticket.update({ where: { id: intoId }, data: { ...asked(ticket, into), version: intoVersion } })
  await noteAct(tx, actor, ticket, { act: 'merged', text: into.reference }, now)
  await noteAct(tx, actor, into, { act: 'took-in', text: ticket.reference }, now)
  await settleClocks(tx, ticketId, now)
  await settleClocks(tx, intoId, now)
  const data = { subscriberId, ticketId, intoId, mergeId }
  await recordEvent(tx, actor, { subject: `ticket:${ticketId}`, kind: 'ticket.merged', carrierId, data }, now)
  await recordEvent(tx, actor, { subject: `ticket:${intoId}`, kind: 'ticket.took-in', carrierId, data }, now)
}

/** What nobody has answered in the one waits for an answer in the other, since it was written. */
function asked(ticket: TicketToChange, into: TicketToChange) {
  if (ticket.askedSince === null) return {}
  const earlier = (a: Date, b: Date) => (a < b ? a : b)
  const isOpen = into.status === 'open'
  return {
    status: 'open',
    resolvedReason: null,
    endedAs: null,
    ...{ heldUntil: null, heldReason: null },
    askedSince: into.askedSince === null ? ticket.askedSince : earlier(ticket.askedSince, into.askedSince),
    waitsSince: isOpen ? earlier(ticket.waitsSince, into.waitsSince) : ticket.waitsSince,
  } as const
}
