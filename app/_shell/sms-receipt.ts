import { readReceipts, type SmsReceipt } from '@/gateways/sms-receipts'

/** What a provider says of a message, or null where it is not the provider's word. SMS_RECEIPT_SECRET is what it signs with. */
export async function readSmsReceipt(request: Request): Promise<SmsReceipt | null> {
  const secret = process.env.SMS_RECEIPT_SECRET?.trim()
  if (!secret) return null
  const body = await textOf(request)
  if (body === null) return null
  return readReceipts(body, { signature: request.headers.get('x-signature'), secret, now: new Date() })
}

// A receipt is an id and a word or two.
const mostBytes = 16_384

async function textOf(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
