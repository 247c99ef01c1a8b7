import { setTimeout as pause } from 'node:timers/promises'
import { Prisma, reader } from '@/domain/transaction'

interface Receipt {
  id: string
  status: 'delivered' | 'failed'
  reason: string | null
}

/** Between tries: a provider may say "delivered" before its id is written down here, which takes a moment. */
const waitsMs = [100, 400, 1_000]

/**
 * What a provider says became of a text message that it had taken over. Answers whether the message is one of ours; a
 * receipt that comes twice, or late, changes nothing that is settled otherwise.
 */
export async function noteReceipt(receipt: Receipt): Promise<boolean> {
  for (const waitMs of waitsMs) {
    if (await noteOnce(receipt)) return true
    await pause(waitMs)
  }
  return noteOnce(receipt)
}

async function noteOnce(receipt: Receipt): Promise<boolean> {
  const reason = receipt.status === 'failed' ? code(receipt.reason) : null
  const changed = await reader('every-carrier').$executeRaw(Prisma.sql`
    UPDATE deliveries SET status = ${receipt.status}::delivery_status, reason = ${reason}, settled_at = now()
    WHERE provider_id = ${receipt.id} AND channel = 'sms' AND status = 'sent'`)
  if (changed > 0) return true
  // Written down as sent between the two statements it is changed by the next try.
  const settled = { providerId: receipt.id, channel: 'sms', status: { not: 'sent' } } as const
  return (await reader('every-carrier').delivery.count({ where: settled })) > 0
}

/** A provider's own words are no code of ours; what looks like one is kept. */
const code = (reason: string | null): string =>
  reason && /^[a-z][a-z0-9-]{0,60}$/.test(reason) ? reason : 'not-delivered'
