import type { Tx } from '@/domain/transaction'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { startClocks } from '@/domain/triage/settle-clocks'
import type { Ticket } from '@/prisma/generated/client'

/** Beside each request stands its ticket, from the request's own transaction on. */
export async function openTicket(
  tx: Tx,
  request: { id: string; reference: string; carrierId: string; subscriberId: string },
  now: Date,
): Promise<Ticket> {
  const { id: requestId, reference, carrierId, subscriberId } = request
  const link = await linkedIncident(tx, carrierId, requestId)
  const data = { requestId, reference, carrierId, subscriberId, waitsSince: now, ...link }
  const ticket = await tx.ticket.create({ data })
  await startClocks(tx, ticket, now)
  return ticket
}
