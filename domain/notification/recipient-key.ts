import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Secrets } from '@/domain/subscriber/secrets'
import type { Channel } from '@/prisma/generated/enums'

const context = (channel: Channel): string => `recipient:${channel}`

/** One address one text, however it is written: mail in lower case, a telephone in E.164, an endpoint as it is. */
const normalAddress = (channel: Channel, address: string): string =>
  channel === 'mail' ? address.trim().toLowerCase() : address

/** The keyed digest by which a recipient is known without being readable, 64 hex digits, under the current key. */
export const recipientKey = (secrets: Secrets, channel: Channel, address: string): string =>
  secrets.blindIndex(normalAddress(channel, address), context(channel))

/** What the digest may be in rows written under any key of the ring, the current key's first. */
export const recipientKeys = (secrets: Secrets, channel: Channel, address: string): string[] =>
  secrets.blindIndexes(normalAddress(channel, address), context(channel))

export const keyBytes = (hex: string): Buffer<ArrayBuffer> => Buffer.from(hex, 'hex')

/** A telephone's number in E.164, as it is dialled in a country (ISO 3166-1 alpha-2) where it names none; null for what is no number. */
export function phoneNumber(text: string, country: string): string | null {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  const number = text.length > 40 ? undefined : parsePhoneNumberFromString(text, home)
  return number?.isValid() ? number.number : null
}
