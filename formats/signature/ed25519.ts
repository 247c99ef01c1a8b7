import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** RFC 8410 section 7: what stands before a private key's 32 bytes. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')
const keyOctets = 32
const signatureOctets = 64

export interface Ed25519Signer {
  /** The 32 bytes of RFC 8032, as base64url without padding. */
  publicKey: string
  /** Over exactly these bytes; 64 bytes as base64url without padding. */
  sign(bytes: Uint8Array): string
}

/** Signs with the key that grows out of 32 secret bytes (RFC 8032 section 5.1.5): the same bytes always give the same key. */
export function ed25519Signer(seed: Uint8Array): Ed25519Signer {
  if (seed.length !== keyOctets) throw new RangeError('The seed of a signing key is 32 bytes.')
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return { publicKey: x!, sign: bytes => sign(null, bytes, key).toString('base64url') }
}

/** Whether the signature is that key's over these bytes; false also where key or signature is none at all. */
export function isSigned(
  bytes: Uint8Array,
  { publicKey, signature }: { publicKey: string; signature: string },
): boolean {
  const given = decoded(signature, signatureOctets)
  const key = publicKeyOf(publicKey)
  return given !== null && key !== null && verify(null, bytes, key, given)
}

export const isPublicKey = (text: string): boolean => publicKeyOf(text) !== null

function publicKeyOf(text: string): KeyObject | null {
  if (decoded(text, keyOctets) === null) return null
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' })
  } catch {
    return null
  }
}

/** One text for the same bytes: what could be written otherwise could be altered unseen. */
function decoded(text: string, octets: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === octets && bytes.toString('base64url') === text ? bytes : null
}
