import type { Tx } from '@/domain/transaction'
import { linkedIncident, type TicketLink } from '@/domain/triage/linked-incident'
import { settleClocks } from '@/domain/triage/settle-clocks'
import type { RestoreRequest, Ticket } from '@/prisma/generated/client'

/**
 * The ticket of a request that was split off: it waits since the other one does, is of the same incident, escalated where that one
 * is, and watched by the same colleagues. What was promised of that one is promised of it, with what has counted so far. The
 * identity check by which it was filed goes with both. It is nobody's yet.
 */
export async function splitTicket(
  tx: Tx,
  whole: Ticket & { requestId: string },
  { id: requestId, reference, carrierId, subscriberId }: RestoreRequest,
  now: Date,
): Promise<Ticket> {
  const { id: from, waitsSince, priority, tags, escalatedAt } = whole
  const own = { requestId, reference, carrierId, subscriberId, ...(await linkOfPart(tx, whole, requestId)) }
  // A person has been at it: no rule acts on what they have just taken apart.
  const ticket = await tx.ticket.create({
    data: { ...own, waitsSince, priority, tags, escalatedAt, openedAt: now, touchedAt: now },
  })
  const rest = await linkOfPart(tx, whole, whole.requestId)
  await tx.ticket.update({ where: { id: from }, data: { ...rest, version: { increment: 1 } } })
  const watchers = await tx.ticketWatcher.findMany({ where: { ticketId: from } })
  await tx.ticketWatcher.createMany({
    data: watchers.map(one => ({ ...one, ticketId: ticket.id, mergeId: null })),
  })
  const clocks = await tx.ticketClock.findMany({ where: { ticketId: from } })
  await tx.ticketClock.createMany({ data: clocks.map(clock => ({ ...clock, ticketId: ticket.id })) })
  await settleClocks(tx, ticket.id, now)
  const check = await tx.identityCheck.findUnique({ where: { ticketId: from } })
  if (check !== null) await tx.identityCheck.create({ data: { ...check, ticketId: ticket.id } })
  return ticket
}

/**
 * The whole's incident stays, whoever had said it. Its wave is the one of what the part asks for, of which the whole may have had
 * several, and one that a person has named as long as the part still asks for it.
 */
async function linkOfPart(
  tx: Tx,
  { carrierId, incidentId, waveCategory }: Ticket,
  requestId: string,
): Promise<TicketLink> {
  if (incidentId === null) return { incidentId, waveCategory: null }
  const found = await linkedIncident(tx, carrierId, requestId)
  if (found.incidentId === incidentId) return { incidentId, waveCategory: found.waveCategory }
  const asks =
    waveCategory !== null && (await tx.requestItem.count({ where: { requestId, category: waveCategory } })) > 0
  return { incidentId, waveCategory: asks ? waveCategory : null }
}
