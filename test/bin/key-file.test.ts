import { randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addKey } from '@/bin/key-file'
import { installationSecrets } from '@/bin/secrets-file'
import { keyText, parseKeyring } from '@/gateways/keyring'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const day = new Date('2026-11-23T10:00:00Z')
let folder: string
beforeEach(() => {
  folder = temporaryFolder('key-file')
})
afterEach(() => removeFolder(folder))

it('puts a random key in front, keeps the others, the mode and everything beside', async () => {
  const before = installationSecrets(folder)
  const file = path.join(folder, 'secrets.json')
  expect(await addKey(file, day)).toBe('k20261123')
  const after = installationSecrets(folder)
  expect(after).toEqual({ ...before, homewardKey: expect.stringMatching(/^k20261123:[^,]{44},k1:/) })
  expect(after.homewardKey.endsWith(before.homewardKey)).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['secrets.json'])
})

it('keeps every key of those that are added at the same moment', async () => {
  const file = path.join(folder, 'key')
  writeFileSync(file, `k1:${randomBytes(32).toString('base64')}\n`)
  chmodSync(file, 0o640)
  const ids = await Promise.all([addKey(file, day), addKey(file, day), addKey(file, day)])
  expect(new Set(ids).size).toBe(3)
  expect([...parseKeyring(keyText(readFileSync(file, 'utf8'))).ids].sort()).toEqual(['k1', ...ids].sort())
  expect(statSync(file).mode & 0o777).toBe(0o640)
})
