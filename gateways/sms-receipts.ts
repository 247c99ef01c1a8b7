import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

export interface SmsReceipt {
  /** The provider's id of the message. */
  id: string
  status: 'delivered' | 'failed'
  reason: string | null
}

const signatureForm = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/
const toleranceMs = 300_000
const longestBody = 16_384
const form = z.object({
  id: z.string().min(1).max(200),
  status: z.enum(['delivered', 'failed']),
  reason: z.string().max(200).nullish(),
})

/**
 * What a provider's delivery receipt says; null for one that is not from the provider, older or newer than five minutes,
 * or that says anything else. `signature`: the header X-Signature, "t=<Unix seconds>,v1=<hex>", HMAC-SHA256 with `secret`
 * over "<t>.<body>".
 */
export function readReceipts(
  body: string,
  { signature, secret, now }: { signature: string | null; secret: string; now: Date },
): SmsReceipt | null {
  const [, seconds, given] = signatureForm.exec(signature ?? '') ?? []
  if (seconds === undefined || given === undefined || body.length > longestBody) return null
  const expected = createHmac('sha256', secret).update(`${seconds}.${body}`).digest()
  if (!timingSafeEqual(expected, Buffer.from(given, 'hex'))) return null
  if (Math.abs(now.getTime() - Number(seconds) * 1000) > toleranceMs) return null
  const read = form.safeParse(parsedJson(body))
  if (!read.success) return null
  const { id, status, reason } = read.data
  return { id, status, reason: reason ?? null }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
