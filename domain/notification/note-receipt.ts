import { Prisma, reader } from '@/domain/transaction'

/**
 * What a provider says became of a text message that it had taken over. Answers whether the message is one of ours; a
 * receipt that comes twice, or late, changes nothing that is settled otherwise.
 */
export async function noteReceipt(receipt: {
  id: string
  status: 'delivered' | 'failed'
  reason: string | null
}): Promise<boolean> {
  const reason = receipt.status === 'failed' ? code(receipt.reason) : null
  const changed = await reader().$executeRaw(Prisma.sql`
    UPDATE deliveries SET status = ${receipt.status}::delivery_status, reason = ${reason}, settled_at = now()
    WHERE provider_id = ${receipt.id} AND channel = 'sms' AND status = 'sent'`)
  if (changed > 0) return true
  return (await reader().delivery.count({ where: { providerId: receipt.id, channel: 'sms' } })) > 0
}

/** A provider's own words are no code of ours; what looks like one is kept. */
const code = (reason: string | null): string =>
  reason && /^[a-z][a-z0-9-]{0,60}$/.test(reason) ? reason : 'not-delivered'
