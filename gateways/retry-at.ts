import type { IncomingHttpHeaders } from 'node:http'
import { retryAfterMs } from '@/gateways/device-account/dav-retry'

const longestMs = 86_400_000

/** When a server that answered 429 or 503 wants to hear from us again, within a day; null where it does not say, or for any other status. */
export function retryAt(status: number, headers: IncomingHttpHeaders, now: number): Date | null {
  if (status !== 429 && status !== 503) return null
  const wait = retryAfterMs(headers, now)
  return wait === null ? null : new Date(now + Math.min(wait, longestMs))
}
