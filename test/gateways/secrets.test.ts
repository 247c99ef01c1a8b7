import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SecretUnreadable } from '@/domain/subscriber/secrets'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const first = newKey('k1')
const second = newKey('k2')
const secrets = openSecrets(parseKeyring(first))

describe('the keyring', () => {
  it('takes the first key as current', () => {
    const ring = parseKeyring(`${second}, ${first}`)
    expect(ring.current).toBe('k2')
    expect(ring.ids).toEqual(['k2', 'k1'])
  })

  it('takes base64url and unpadded keys', () => {
    const bytes = randomBytes(32)
    const purpose = 'a purpose'
    const plain = parseKeyring(`k:${bytes.toString('base64')}`).derive('k', purpose)
    expect(parseKeyring(`k:${bytes.toString('base64url')}`).derive('k', purpose)).toEqual(plain)
  })

  it('derives another key for each purpose and salt, and none for an unknown id', () => {
    const ring = parseKeyring(first)
    expect(ring.derive('k1', 'one')).not.toEqual(ring.derive('k1', 'two'))
    expect(ring.derive('k1', 'one', randomBytes(8))).not.toEqual(ring.derive('k1', 'one'))
    expect(ring.derive('k2', 'one')).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['a short key', `k1:${randomBytes(16).toString('base64')}`],
    ['no id', randomBytes(32).toString('base64')],
    ['a default key', `k1:${Buffer.alloc(32, 'change-me').fill(7).toString('base64')}`],
    ['an id taken twice', `${first},${first}`],
    ['a trailing comma', `${first},`],
  ])('refuses %s without repeating it', (_, text) => {
    const refusal = () => parseKeyring(text)
    expect(refusal).toThrow(RangeError)
    const part = text.split(':').at(-1)
    if (part) expect(refusal).not.toThrow(part)
  })
})

describe('secrets', () => {
  it('gives back any bytes and any text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), (bytes, context) => {
        expect(secrets.open(secrets.seal(bytes, context), context)).toEqual(new Uint8Array(bytes))
      }),
    )
    expect(secrets.openText(secrets.seal('mot de passe été', 'c'), 'c')).toBe('mot de passe été')
  })

  it('never gives the same bytes twice and hides the text', () => {
    const once = secrets.seal('hunter2hunter2', 'c')
    expect(Buffer.from(once).equals(secrets.seal('hunter2hunter2', 'c'))).toBe(false)
    expect(Buffer.from(once).includes('hunter2')).toBe(false)
  })

  it('opens in no other context', () => {
    expect(() => secrets.open(secrets.seal('x', 'account:1'), 'account:2')).toThrow(SecretUnreadable)
  })

  it('notices every flipped bit and every cut', () => {
    const sealed = secrets.seal('secret', 'c')
    for (let at = 0; at < sealed.length; at++) {
      const flipped = sealed.slice()
      flipped[at]! ^= 1
      expect(() => secrets.open(flipped, 'c')).toThrow(SecretUnreadable)
      expect(() => secrets.open(sealed.subarray(0, at), 'c')).toThrow(SecretUnreadable)
    }
  })

  it('opens under an older key of the ring and says that it should be sealed again', () => {
    const sealed = secrets.seal('x', 'c')
    const rotated = openSecrets(parseKeyring(`${second},${first}`))
    expect(rotated.openText(sealed, 'c')).toBe('x')
    expect(rotated.needsResealing(sealed)).toBe(true)
    expect(rotated.needsResealing(rotated.seal('x', 'c'))).toBe(false)
    expect(() => openSecrets(parseKeyring(second)).open(sealed, 'c')).toThrow(/HOMEWARD_KEY/)
  })

  it('says that another key under the same id is wrong', () => {
    const sealed = secrets.seal('x', 'c')
    expect(() => openSecrets(parseKeyring(newKey('k1'))).open(sealed, 'c')).toThrow(SecretUnreadable)
  })

  it('refuses bytes that are not text', () => {
    expect(() => secrets.openText(secrets.seal(Uint8Array.of(0xff), 'c'), 'c')).toThrow(SecretUnreadable)
  })

  it('indexes a phone number so that it is found again, by an older key too', () => {
    const stored = secrets.blindIndex('+12065550123', 'phone')
    expect(stored).toMatch(/^[0-9a-f]{64}$/)
    expect(secrets.blindIndex('+12065550123', 'phone')).toBe(stored)
    expect(secrets.blindIndex('+12065550124', 'phone')).not.toBe(stored)
    expect(secrets.blindIndex('+12065550123', 'other')).not.toBe(stored)
    const rotated = openSecrets(parseKeyring(`${second},${first}`))
    expect(rotated.blindIndex('+12065550123', 'phone')).not.toBe(stored)
    expect(rotated.blindIndexes('+12065550123', 'phone')).toContain(stored)
  })
})
