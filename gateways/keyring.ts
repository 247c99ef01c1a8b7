import { hkdfSync } from 'node:crypto'

/** The keys of HOMEWARD_KEY. New things are sealed under `current`; old ones are opened under the key they name. */
export interface Keyring {
  current: string
  ids: string[]
  /**
   * A 32-byte key for one purpose (HKDF-SHA-256, RFC 5869), so that no two parts ever use the same key.
   * Null where the ring has no key of that id.
   */
  derive(id: string, purpose: string, salt?: Uint8Array): Buffer | null
}

const entryForm = /^([A-Za-z0-9][A-Za-z0-9_-]{0,31}):([A-Za-z0-9+/_-]{43}=?)$/

/**
 * Reads "id:base64,id2:base64": 32-byte keys (base64 or base64url), the first one current.
 * Throws RangeError with a message that names the entry's place and never its value.
 */
export function parseKeyring(text: string): Keyring {
  const keys = new Map<string, Buffer>()
  const entries = text.split(',').map(entry => entry.trim())
  for (const [place, entry] of entries.entries()) {
    const match = entryForm.exec(entry)
    if (!match) throw new RangeError(`Key ${place + 1} is not of the form id:base64 with 32 bytes of key.`)
    const [, id = '', encoded = ''] = match
    const key = Buffer.from(encoded, 'base64')
    if (key.length !== 32) throw new RangeError(`Key ${place + 1} is not 32 bytes long.`)
    if (new Set(key).size < 8) throw new RangeError(`Key ${place + 1} is not random.`)
    if (keys.has(id)) throw new RangeError(`Key ${place + 1} has an id that is already taken.`)
    keys.set(id, key)
  }
  const ids = [...keys.keys()]
  const noSalt = new Uint8Array(0)
  return {
    current: ids[0]!,
    ids,
    derive(id, purpose, salt = noSalt) {
      const key = keys.get(id)
      return key ? Buffer.from(hkdfSync('sha256', key, salt, purpose, 32)) : null
    },
  }
}
