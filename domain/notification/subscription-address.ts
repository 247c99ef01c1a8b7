import { badInput } from '@/domain/errors'
import { phoneNumber } from '@/domain/notification/recipient-key'
import { parseMailAddress } from '@/formats/mail-address'
import type { Channel } from '@/prisma/generated/enums'

const longestEndpoint = 2_000

/**
 * An address as it is kept: one plain mail address, a telephone in E.164, a webhook's https address, or a browser's
 * push subscription as JSON. Throws Refusal "bad-input" at the field `address`.
 */
export function readAddress(channel: Channel, text: string, country: string): string {
  const address = readers[channel](text.trim(), country)
  if (address !== null) return address
  throw badInput('address', `address-${channel}`, `That is no address for ${channel}.`)
}

/** The part of an address that says whose it is: a browser's keys may change, its endpoint is one browser's. */
export const keyText = (channel: Channel, address: string): string =>
  channel === 'push' ? (JSON.parse(address) as { endpoint: string }).endpoint : address

const readers: Record<Channel, (text: string, country: string) => string | null> = {
  mail: parseMailAddress,
  sms: phoneNumber,
  webhook: webAddress,
  push: pushAddress,
}

function webAddress(text: string): string | null {
  if (text.length > longestEndpoint || /[\u0000-\u0020\u007f]/.test(text) || !URL.canParse(text)) return null
  const { protocol, username, password, href } = new URL(text)
  // Plain http only where the guard of private addresses lets it through at all: on one's own machine.
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : null
}

const base64url = /^[A-Za-z0-9_-]{1,200}=*$/
/** RFC 8291 section 3.2: the authentication secret is 16 octets, the key an uncompressed point on P-256. */
const authBytes = 16
const pointBytes = 65
const uncompressed = 4

const isBytes = (text: string, length: number): boolean =>
  base64url.test(text) && Buffer.from(text, 'base64url').length === length

const isPublicKey = (text: string): boolean =>
  isBytes(text, pointBytes) && Buffer.from(text, 'base64url')[0] === uncompressed

function pushAddress(text: string): string | null {
  const read = parsed(text) as { endpoint?: unknown; keys?: { p256dh?: unknown; auth?: unknown } } | null
  const { endpoint, keys } = read ?? {}
  const { p256dh, auth } = keys ?? {}
  if (typeof endpoint !== 'string' || typeof p256dh !== 'string' || typeof auth !== 'string') return null
  if (!isPublicKey(p256dh) || !isBytes(auth, authBytes)) return null
  const address = webAddress(endpoint)
  return address === null || !address.startsWith('https:')
    ? null
    : JSON.stringify({ endpoint: address, keys: { p256dh, auth } })
}

function parsed(text: string): unknown {
  try {
    return text.length > 2 * longestEndpoint ? null : JSON.parse(text)
  } catch {
    return null
  }
}
