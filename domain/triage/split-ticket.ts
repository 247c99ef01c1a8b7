import type { Tx } from '@/domain/transaction'
import { settleClocks } from '@/domain/triage/settle-clocks'
import type { RestoreRequest, Ticket } from '@/prisma/generated/client'

/**
 * The ticket of a request that was split off: it waits since the other one does, and what was promised of that one is promised of
 * it, with what has counted so far. The identity check by which it was filed goes with both. It is nobody's yet.
 */
export async function splitTicket(
  tx: Tx,
  { id: from, waitsSince, priority, tags }: Ticket,
  { id: requestId, reference, carrierId, subscriberId }: RestoreRequest,
  now: Date,
): Promise<Ticket> {
  const own = { requestId, reference, carrierId, subscriberId }
  // A person has been at it: no rule acts on what they have just taken apart.
  const ticket = await tx.ticket.create({
    data: { ...own, waitsSince, priority, tags, openedAt: now, touchedAt: now },
  })
  await tx.ticket.update({ where: { id: from }, data: { version: { increment: 1 } } })
  const clocks = await tx.ticketClock.findMany({ where: { ticketId: from } })
  await tx.ticketClock.createMany({ data: clocks.map(clock => ({ ...clock, ticketId: ticket.id })) })
  await settleClocks(tx, ticket.id, now)
  const check = await tx.identityCheck.findUnique({ where: { ticketId: from } })
  if (check !== null) await tx.identityCheck.create({ data: { ...check, ticketId: ticket.id } })
  return ticket
}
