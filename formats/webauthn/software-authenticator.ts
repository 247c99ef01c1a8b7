import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { encodeCbor } from '@/formats/webauthn/cbor'

/** What software keys say they were made by: sixteen bytes, as authenticators write it and as text (RFC 9562). */
const softwareModel = Buffer.from('HomewardSoftware', 'ascii')
export const softwareAaguid = softwareModel
  .toString('hex')
  .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A key pair as whoever plays the device keeps it. */
export interface SoftwareKey {
  /** base64url. */
  credentialId: string
  /** PKCS #8, PEM. */
  privateKey: string
  /** base64url, as the site gave it. */
  userHandle: string
  rpId: string
}

interface Wish {
  /** The site's options, as JSON. */
  options: string
  /** Where the page that asks lies. */
  origin: string
}

/** Flags of authenticator data (WebAuthn Level 3, section 6.1): user present, user verified, attested data included. */
const present = 0x01
const wasVerified = 0x04
const attested = 0x40

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/**
 * Plays browser and device in software: makes an ES256 key as `navigator.credentials.create` would, and answers what it answers,
 * as JSON. The attestation is "none" (section 8.7). `model`: another maker's.
 */
export function createSoftwareKey({ options, origin, model = softwareModel }: Wish & { model?: Uint8Array }): {
  answer: string
  key: SoftwareKey
} {
  const { challenge, rp, user } = JSON.parse(options) as {
    challenge: string
    rp: { id: string }
    user: { id: string }
  }
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  // COSE_Key of ES256 (RFC 9053, section 7.1): kty EC2, alg, crv P-256, x, y.
  const point = (value: string) => Buffer.from(value, 'base64url')
  const cose = encodeCbor(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, point(x)],
      [-3, point(y)],
    ]),
  )
  const id = randomBytes(32)
  const length = Buffer.from([id.length >> 8, id.length & 0xff])
  const data = Buffer.concat([authenticatorData(rp.id, present | wasVerified | attested, 0), model, length, id, cose])
  const attestation = encodeCbor(
    new Map<string, string | Map<string, string> | Uint8Array>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', data],
    ]),
  )
  const key = {
    credentialId: id.toString('base64url'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    userHandle: user.id,
    rpId: rp.id,
  }
  const response = {
    clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
    attestationObject: attestation.toString('base64url'),
    transports: ['internal'],
  }
  return { answer: answerOf(key, response), key }
}

/** Signs as `navigator.credentials.get` would. `counter`: how often the device says it has signed; 0: it does not count. */
export function signWithSoftwareKey(
  key: SoftwareKey,
  { options, origin, counter = 0 }: Wish & { counter?: number },
): string {
  const { challenge, rpId } = JSON.parse(options) as { challenge: string; rpId: string }
  const data = authenticatorData(rpId, present | wasVerified, counter)
  const client = clientData('webauthn.get', challenge, origin)
  const signature = sign('sha256', Buffer.concat([data, sha256(client)]), createPrivateKey(key.privateKey))
  return answerOf(key, {
    clientDataJSON: client.toString('base64url'),
    authenticatorData: data.toString('base64url'),
    signature: signature.toString('base64url'),
    userHandle: key.userHandle,
  })
}

function authenticatorData(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count])
}

const clientData = (type: string, challenge: string, origin: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }), 'utf8')

const answerOf = ({ credentialId: id }: SoftwareKey, response: object): string =>
  JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
