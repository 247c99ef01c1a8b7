import { Refusal } from '@/domain/errors'

/** draft-ietf-httpapi-idempotency-key-header: a string of structured fields (RFC 9651), also without its quotes. */
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/
const bare = /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/

/** The key of a change, or null where none was given. Throws Refusal "bad-input" `bad-key`. */
export function idempotencyKey(headers: Headers): string | null {
  const given = headers.get('idempotency-key')?.trim()
  if (given === undefined) return null
  const [, inside] = quoted.exec(given) ?? []
  if (inside !== undefined) return inside.replaceAll(/\\(["\\])/g, '$1')
  if (bare.test(given)) return given
  throw new Refusal('bad-input', 'bad-key', 'An Idempotency-Key is a text of 1 to 255 characters of ASCII.')
}
