import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import type { Tx } from '@/domain/transaction'

/**
 * That something is missing after a restore, said in a ticket: in the transaction that opens it, whatever was said before. A
 * second such ticket changes nothing: the first one stands.
 */
export async function noteMissing(
  tx: Tx,
  actor: Actor,
  { id: ticketId, carrierId, subscriberId }: { id: string; carrierId: string; subscriberId: string },
  requestId: string,
  now: Date,
): Promise<void> {
  const noted = await tx.$executeRaw`
    INSERT INTO restore_answers (request_id, carrier_id, subscriber_id, verdict, answered_at, ticket_id)
    VALUES (${requestId}::uuid, ${carrierId}::uuid, ${subscriberId}::uuid, 'missing', ${now}, ${ticketId}::uuid)
    ON CONFLICT (request_id) DO UPDATE SET verdict = 'missing', answered_at = ${now}, ticket_id = ${ticketId}::uuid
      WHERE restore_answers.verdict IS DISTINCT FROM 'missing'`
  if (noted === 0) return
  const happened = { subject: `request:${requestId}`, kind: 'request.missing-said', carrierId } as const
  await recordEvent(tx, actor, { ...happened, data: { subscriberId, ticketId } }, now)
}
