import type { Tx } from '@/domain/transaction'

/** Beside each request stands its ticket, from the request's own transaction on. */
export async function openTicket(
  tx: Tx,
  request: { id: string; reference: string; carrierId: string; subscriberId: string },
  now: Date,
): Promise<void> {
  const { id: requestId, reference, carrierId, subscriberId } = request
  await tx.ticket.create({ data: { requestId, reference, carrierId, subscriberId, waitsSince: now } })
}
