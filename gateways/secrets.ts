import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { type Secrets, SecretUnreadable } from '@/domain/subscriber/secrets'
import type { Keyring } from '@/gateways/keyring'

const version = 1
const nonceLength = 12
const tagLength = 16

/** Bound into every tag: moving a secret to another row, or changing the key id in front of it, breaks it. */
const additionalData = (prefix: Uint8Array, context: string) => Buffer.concat([prefix, Buffer.from(context, 'utf8')])

/**
 * Secrets under the keyring of HOMEWARD_KEY (AES-256-GCM, NIST SP 800-38D, random 96-bit nonces).
 * Layout: version (1) | length of the key id (1) | key id | nonce (12) | ciphertext | tag (16).
 */
export function openSecrets(keyring: Keyring): Secrets {
  const derived = (purpose: string) => {
    const known = new Map<string, Buffer>()
    return (id: string) => {
      const key = known.get(id) ?? keyring.derive(id, purpose)
      if (key) known.set(id, key)
      return key
    }
  }
  const sealingKey = derived('homeward secrets 1')
  const indexKey = derived('homeward blind index 1')

  const indexUnder = (id: string, value: string, context: string) =>
    createHmac('sha256', indexKey(id)!).update(context, 'utf8').update('\0').update(value, 'utf8').digest('hex')

  const open: Secrets['open'] = (sealed, context) => {
    const { id, prefix } = prefixOf(sealed)
    const key = sealingKey(id)
    if (!key) throw new SecretUnreadable('it was sealed under a key that is not in HOMEWARD_KEY')
    const nonce = sealed.subarray(prefix.length, prefix.length + nonceLength)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
    decipher.setAAD(additionalData(prefix, context))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
    const ciphertext = sealed.subarray(prefix.length + nonceLength, sealed.length - tagLength)
    try {
      return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]))
    } catch {
      throw new SecretUnreadable('it was altered or belongs elsewhere')
    }
  }

  return {
    seal(plaintext, context) {
      const current = keyring.current
      const id = Buffer.from(current, 'ascii')
      const prefix = Buffer.concat([Buffer.from([version, id.length]), id])
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', sealingKey(current)!, nonce, { authTagLength: tagLength })
      cipher.setAAD(additionalData(prefix, context))
      const plain = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext
      const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
      return new Uint8Array(Buffer.concat([prefix, nonce, ciphertext, cipher.getAuthTag()]))
    },
    open,
    openText(sealed, context) {
      const bytes = open(sealed, context)
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
      } catch {
        throw new SecretUnreadable('it is not text')
      }
    },
    needsResealing: sealed => prefixOf(sealed).id !== keyring.current,
    blindIndex: (value, context) => indexUnder(keyring.current, value, context),
    blindIndexes: (value, context) => keyring.ids.map(id => indexUnder(id, value, context)),
  }
}

function prefixOf(sealed: Uint8Array): { id: string; prefix: Uint8Array } {
  const idLength = sealed[1] ?? 0
  if (sealed[0] !== version || idLength === 0 || sealed.length < 2 + idLength + nonceLength + tagLength)
    throw new SecretUnreadable('it is cut or not a sealed secret')
  const prefix = sealed.subarray(0, 2 + idLength)
  return { id: Buffer.from(prefix.subarray(2)).toString('latin1'), prefix }
}
