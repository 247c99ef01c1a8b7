import { hkdfSync } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isRandomLooking } from '@/gateways/random-looking'

/**
 * The keys of HOMEWARD_KEY. New things are sealed under `current`; old ones are opened under the key they name. A ring from
 * a file changes while it is used: whoever seals reads `current` once.
 */
export interface Keyring {
  readonly current: string
  readonly ids: readonly string[]
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
    // Of 32 random octets, once in 10^13 times all are what a keyboard writes.
    const isTyped = key.every(octet => octet >= 0x20 && octet < 0x7f)
    if (new Set(key).size < 8 || isTyped || !isRandomLooking(key))
      throw new RangeError(`Key ${place + 1} is not random.`)
    if ([...keys.values()].some(other => other.equals(key)))
      throw new RangeError(`Key ${place + 1} stands there twice, under another id.`)
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

/** The ring's text in a file that holds nothing else, or in what an installation keeps in DATA_DIR/secrets.json. */
export function keyText(content: string): string {
  if (!content.trimStart().startsWith('{')) return content.trim()
  const { homewardKey } = JSON.parse(content) as { homewardKey?: unknown }
  return typeof homewardKey === 'string' ? homewardKey : ''
}

const lookAgainMs = 1_000

/**
 * The ring that stands in `file`, else `text`. The file is looked at once a second, and at once for a key that is not known
 * yet, so that a key is added without a restart: whatever a process meets, it was sealed under a key the file had before.
 * A file that cannot be read meanwhile, or gives a known id to another key, changes nothing and is reported.
 */
export function openKeyring(text: string, file: string | null, onTrouble: (error: Error) => void): Keyring {
  if (file === null) return parseKeyring(text)
  let seen = stamp(file)
  let ring = parseKeyring(keyText(readFileSync(file, 'utf8')))
  let lookedAt = Date.now()

  const look = (): void => {
    lookedAt = Date.now()
    try {
      const now = stamp(file)
      if (now === seen) return
      seen = now
      const next = parseKeyring(keyText(readFileSync(file, 'utf8')))
      const taken = ring.ids.find(id => next.ids.includes(id) && !sameKey(ring, next, id))
      if (taken !== undefined) throw new RangeError(`The key ${taken} is another one than it was.`)
      ring = next
    } catch (error) {
      onTrouble(error instanceof Error ? error : new Error('The keys cannot be read.'))
    }
  }
  const looked = (): Keyring => {
    if (Date.now() - lookedAt >= lookAgainMs) look()
    return ring
  }
  return {
    get current() {
      return looked().current
    },
    get ids() {
      return looked().ids
    },
    derive(id, purpose, salt) {
      if (!ring.ids.includes(id)) look()
      return ring.derive(id, purpose, salt)
    },
  }
}

const stamp = (file: string): string => {
  const { ino, size, mtimeMs } = statSync(file)
  return `${ino} ${size} ${mtimeMs}`
}

const sameKey = (one: Keyring, other: Keyring, id: string): boolean =>
  one.derive(id, 'homeward same key 1')!.equals(other.derive(id, 'homeward same key 1')!)
