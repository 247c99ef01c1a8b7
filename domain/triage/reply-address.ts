import { timingSafeEqual } from 'node:crypto'
import type { Secrets } from '@/domain/subscriber/secrets'

const context = 'reply-address'
const form = /^reply\+([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{24})$/
const digestDigits = 24

/**
 * Where answers to a ticket's mail go: "reply+<the ticket and a keyed digest of it>@<domain>", 62 octets before the at sign
 * (RFC 5321 section 4.5.3.1.1 allows 64), which no relay can change by changing case. Nobody else can write one.
 */
export function replyAddress(secrets: Secrets, domain: string, ticketId: string): string {
  const named = ticketId.replaceAll('-', '')
  return `reply+${named}${secrets.blindIndex(named, context).slice(0, digestDigits)}@${domain}`
}

/** Which ticket an address is of; null for one that is not ours. It stays good under every key of the ring. */
export function readReplyAddress(secrets: Secrets, domain: string, address: string): string | null {
  const at = address.lastIndexOf('@')
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null
  const [, a, b, c, d, e, digest] = form.exec(address.slice(0, at).toLowerCase()) ?? []
  if (digest === undefined) return null
  const given = Buffer.from(digest)
  const isOurs = secrets
    .blindIndexes([a, b, c, d, e].join(''), context)
    .some(known => timingSafeEqual(Buffer.from(known.slice(0, digestDigits)), given))
  return isOurs ? [a, b, c, d, e].join('-') : null
}
