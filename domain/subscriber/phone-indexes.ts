import { phoneNumber } from '@/domain/notification/recipient-key'
import type { Secrets } from '@/domain/subscriber/secrets'

/** What the index of a telephone number may be in rows (subscribers.phone_index), however it was written down or is typed. */
export function phoneIndexes(secrets: Secrets, typed: string, countries: readonly string[]): Buffer<ArrayBuffer>[] {
  const dialled = new Set(countries.flatMap(country => phoneNumber(typed, country) ?? []))
  const written = new Set([typed.replaceAll(/[^\d+]/g, ''), ...[...dialled].flatMap(writings)])
  return [...written].flatMap(one => secrets.blindIndexes(one, 'phone')).map(hex => Buffer.from(hex, 'hex'))
}

/** "+12065550110" as records have it: with and without the sign, the country's code, and a zero in its place. */
function writings(number: string): string[] {
  const digits = number.slice(1)
  const national = [1, 2, 3].map(length => digits.slice(length))
  return [number, digits, `00${digits}`, ...national, ...national.map(one => `0${one}`)]
}
