import { readBounded } from '@/app/_shell/read-bounded'
import { readReceipts, type SmsReceipt } from '@/gateways/sms-receipts'

/** What a provider says of a message, or null where it is not the provider's word. SMS_RECEIPT_SECRET is what it signs with. */
export async function readSmsReceipt(request: Request): Promise<SmsReceipt | null> {
  const secret = process.env.SMS_RECEIPT_SECRET?.trim()
  if (!secret) return null
  const body = await readBounded(request, mostBytes)
  if (body === null) return null
  return readReceipts(body.toString('utf8'), { signature: request.headers.get('x-signature'), secret, now: new Date() })
}

// A receipt is an id and a word or two.
const mostBytes = 16_384
