/**
 * Small secrets kept in rows: device passwords, recovery numbers. Every call names a context (for example
 * "device-account:<id>:password"), and what was sealed in one context opens in no other.
 */
export interface Secrets {
  /** Encrypts under the current key. Two calls with the same text give different bytes. */
  seal(plaintext: Uint8Array | string, context: string): Uint8Array<ArrayBuffer>
  /** Throws {@link SecretUnreadable}. */
  open(sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer>
  /** Like `open`, as text. Throws {@link SecretUnreadable}, also where the bytes are not UTF-8. */
  openText(sealed: Uint8Array, context: string): string
  /** True where the secret was sealed under a key that is no longer the current one. */
  needsResealing(sealed: Uint8Array): boolean
  /** What to store beside a value so that it can be looked up without being readable: 64 hex digits, current key. */
  blindIndex(value: string, context: string): string
  /** What the index of this value may be in rows written under any key of the ring, the current key's first. */
  blindIndexes(value: string, context: string): string[]
}

/** Altered, cut, of another context, or sealed under a key that the ring does not have. */
export class SecretUnreadable extends Error {
  constructor(detail: string) {
    super(`A sealed secret cannot be read: ${detail}.`)
    this.name = 'SecretUnreadable'
  }
}
