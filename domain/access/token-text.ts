import { createHash, randomBytes } from 'node:crypto'

const form = /^hw_[A-Za-z0-9_-]{43}$/

/** A new token as it is shown once: 32 random bytes after a mark by which programs that look for leaked secrets find it. */
export const newTokenText = (): string => `hw_${randomBytes(32).toString('base64url')}`

/** What is kept of it: SHA-256 of the text. A slow digest would protect nothing: nobody guesses 256 random bits. */
export const tokenHash = (text: string): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(text, 'ascii').digest())

/** The token of an Authorization header (RFC 6750 section 2.1); null where it is none of ours, however it is written. */
export function bearerToken(header: string | null): string | null {
  const [, text] = /^Bearer ([\x21-\x7e]+)$/i.exec(header ?? '') ?? []
  return text !== undefined && form.test(text) ? text : null
}
