import type { Tx } from '@/domain/transaction'
import { startClocks } from '@/domain/triage/settle-clocks'
import type { Ticket } from '@/prisma/generated/client'

/** Beside each request stands its ticket, from the request's own transaction on. */
export async function openTicket(
  tx: Tx,
  request: { id: string; reference: string; carrierId: string; subscriberId: string },
  now: Date,
): Promise<Ticket> {
  const { id: requestId, reference, carrierId, subscriberId } = request
  const ticket = await tx.ticket.create({ data: { requestId, reference, carrierId, subscriberId, waitsSince: now } })
  await startClocks(tx, ticket, now)
  return ticket
}
