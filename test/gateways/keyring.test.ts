import { randomBytes } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keyText, openKeyring, parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const [first, second] = [newKey('k1'), newKey('k2')]

let folder: string
let file: string
const troubles: Error[] = []
beforeEach(() => {
  folder = temporaryFolder('keyring')
  file = path.join(folder, 'key')
  troubles.length = 0
})
afterEach(() => {
  vi.useRealTimers()
  removeFolder(folder)
})

/** As key files are written: whole, then put in place. */
function put(content: string): void {
  writeFileSync(`${file}.new`, content)
  renameSync(`${file}.new`, file)
}
const open = () => openKeyring(first, file, error => troubles.push(error))

it('knows a key that is added while it is used, without a restart', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  put(`${first}\n`)
  const ring = open()
  const secrets = openSecrets(ring)
  const old = secrets.seal('1234', 'c')
  put(`${second},${first}\n`)
  // What another process sealed a moment ago is read at once.
  const fresh = openSecrets(parseKeyring(`${second},${first}`)).seal('5678', 'c')
  expect(secrets.openText(fresh, 'c')).toBe('5678')
  vi.advanceTimersByTime(1_000)
  expect([ring.current, ring.ids]).toEqual(['k2', ['k2', 'k1']])
  expect(secrets.openText(old, 'c')).toBe('1234')
  expect(secrets.needsResealing(old)).toBe(true)
  expect(secrets.needsResealing(secrets.seal('x', 'c'))).toBe(false)
  expect(secrets.blindIndexes('v', 'c')).toHaveLength(2)
})

it.each([
  ['is broken', 'k1:short'],
  ['gives a known id to another key', newKey('k1')],
  ['is empty', ''],
])('goes on with what it has where the file %s, and says so', (_, content) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  put(first)
  const ring = open()
  const before = ring.derive('k1', 'p')
  put(content)
  vi.advanceTimersByTime(1_000)
  expect(ring.current).toBe('k1')
  expect(ring.derive('k1', 'p')).toEqual(before)
  expect(troubles).toHaveLength(1)
  expect(troubles[0]!.message).not.toContain(content.slice(5) || 'nothing')
})

it('does not start on a file that is not there or cannot be read', () => {
  expect(open).toThrow()
  put('nonsense')
  expect(open).toThrow(/Key 1/)
})

it('is the ring of the setting where there is no file', () => {
  expect(openKeyring(first, null, error => troubles.push(error)).ids).toEqual(['k1'])
})

it('is found in what an installation keeps beside other secrets', () => {
  expect(keyText(JSON.stringify({ nextauthSecret: 'x', homewardKey: first }))).toBe(first)
  expect(keyText(` ${first}\n`)).toBe(first)
  expect(keyText('{}')).toBe('')
})
