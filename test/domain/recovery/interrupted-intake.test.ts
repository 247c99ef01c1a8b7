import { appendFile, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { findBatch } from '@/domain/recovery/find-batch'
import { lookAgainAtBatch } from '@/domain/recovery/look-again-at-batch'
import { database } from '@/gateways/database'
import { card, IntakeWorld, jpeg, operator } from '@/test/domain/recovery/intake-world'

let world: IntakeWorld
beforeAll(async () => {
  world = await IntakeWorld.open()
  await world.subscribers('north', ids)
})
afterAll(() => world.close())

const ids = Array.from({ length: 700 }, (_, i) => `id-${String(i).padStart(4, '0')}`)

/** What an intake wrote, comparable between batches of one content. */
async function rows(name: string): Promise<string> {
  return JSON.stringify(await world.rows(name)).replaceAll(`${name}/data`, 'data')
}

class PowerCut extends Error {}

/** The same storage, until it has been asked for so many objects: then nothing comes any more. */
function cutAfter(storage: BackupStorage, reads: number): BackupStorage {
  let left = reads
  return {
    batchNames: () => storage.batchNames(),
    list: prefix => storage.list(prefix),
    stat: key => storage.stat(key),
    read(key, range) {
      if (left-- <= 0) throw new PowerCut('cut')
      return storage.read(key, range)
    },
  }
}

/** The same storage, counting reads of payload. */
function counting(storage: BackupStorage): BackupStorage & { reads: number } {
  const counted = {
    reads: 0,
    batchNames: () => storage.batchNames(),
    list: (prefix: string) => storage.list(prefix),
    stat: (key: string) => storage.stat(key),
    read(key: string, range?: { from: number; to: number }) {
      if (key.includes('/data/')) counted.reads++
      return storage.read(key, range)
    },
  }
  return counted
}

const files = (): Record<string, string | Buffer> => ({
  'expected.csv': ids.map(id => `${id},contacts,3`).join('\n'),
  ...Object.fromEntries(ids.map(id => [`${id}/contacts.vcf`, card(id, '+1 555 0103')])),
  ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`ann/photos/${i}.jpg`, jpeg])),
  'unknown/contacts.vcf': card('X', '1'),
})

describe('an intake that is cut off', () => {
  it('ends in the same rows, however often, and does not begin anew', async () => {
    await world.bag({ name: 'whole', files: files() })
    await world.bag({ name: 'cut', files: files() })
    await world.look()
    await world.intake('whole')
    for (const reads of [0, 3, 600, 50]) {
      await expect(world.intake('cut', { storage: cutAfter(world.storage, reads) })).rejects.toBeInstanceOf(PowerCut)
    }
    const storage = counting(world.storage)
    expect(await world.intake('cut', { storage })).toEqual({ status: 'accepted' })
    expect(storage.reads).toBeLessThan(400)
    expect(await rows('cut')).toBe(await rows('whole'))
  })

  it('remembers what was wrong before the cut', async () => {
    const root = await world.bag({ name: 'cut-spoilt', files: files() })
    await writeFile(
      path.join(root, 'data/ann/photos/0.jpg'),
      Buffer.concat([jpeg.subarray(0, -3), Buffer.from('00ffd9', 'hex')]),
    )
    await world.look()
    await expect(world.intake('cut-spoilt', { storage: cutAfter(world.storage, 640) })).rejects.toBeInstanceOf(PowerCut)
    const storage = counting(world.storage)
    expect(await world.intake('cut-spoilt', { storage })).toEqual({ status: 'quarantined' })
    expect(storage.reads).toBeLessThan(400)
    expect((await findBatch(operator, { name: 'cut-spoilt' })).findings).toMatchObject([
      { code: 'digest-mismatch', path: 'data/ann/photos/0.jpg' },
    ])
  })

  it('lets go when its worker stops, and says so', async () => {
    await world.bag({ name: 'let-go', files: files() })
    await world.look()
    const stop = new AbortController()
    const storage = counting(world.storage)
    const read = storage.read
    storage.read = (key, range) => {
      if (storage.reads > 560) stop.abort()
      return read(key, range)
    }
    expect(await world.intake('let-go', { storage, signal: stop.signal })).toMatchObject({
      status: 'arriving',
      why: null,
    })
    const batch = await findBatch(operator, { name: 'let-go' })
    expect(batch.checkedFiles).toBeGreaterThan(300)
    expect(await world.intake('let-go')).toEqual({ status: 'accepted' })
  })

  it('begins anew where the bag is another one now', async () => {
    const root = await world.bag({ name: 'replaced', files: files() })
    await world.look()
    await expect(world.intake('replaced', { storage: cutAfter(world.storage, 640) })).rejects.toBeInstanceOf(PowerCut)
    await rm(root, { recursive: true })
    await world.bag({ name: 'replaced', files: { 'bob/contacts.vcf': card('B', '1') } })
    expect(await world.intake('replaced')).toEqual({ status: 'accepted' })
    const batch = await findBatch(operator, { name: 'replaced' })
    expect(batch).toMatchObject({
      subscribers: 1,
      exceptions: [],
      holdings: { contacts: { complete: 1, expected: null } },
    })
  })

  it('may be done by two workers at once', async () => {
    await world.bag({ name: 'twice', files: files() })
    await world.look()
    const results = await Promise.all([world.intake('twice'), world.intake('twice')])
    if (!results.some(result => result.status === 'accepted')) await world.intake('twice')
    expect(await rows('twice')).toBe(await rows('whole'))
    const { id } = await findBatch(operator, { name: 'twice' })
    expect(await database().event.count({ where: { subject: `batch:${id}`, kind: 'batch.accepted' } })).toBe(1)
  })

  it('loses nothing of a small batch, however many workers take it at the same moment', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `small-${i}`)
    for (const name of names) await world.bag({ name, files: { 'bob/contacts.vcf': card('B', '1') } })
    await world.look()
    for (const name of names) {
      await Promise.all([world.intake(name), world.intake(name), world.intake(name), world.intake(name)])
      expect(await findBatch(operator, { name })).toMatchObject({ status: 'accepted', subscribers: 1 })
    }
  })

  it('says nothing of a batch that another worker has begun anew because it is another one now', async () => {
    const root = await world.bag({ name: 'overtaken', files: { 'bob/contacts.vcf': card('B', '1') } })
    await world.look()
    let overtaken = false
    const storage = counting(world.storage)
    const read = storage.read
    storage.read = async function* (key, range) {
      yield* read(key, range)
      if (overtaken || !key.endsWith('contacts.vcf')) return
      overtaken = true
      await rm(root, { recursive: true })
      await world.bag({ name: 'overtaken', files: { 'ann/contacts.vcf': card('A', '1') } })
      await expect(world.intake('overtaken', { storage: cutAfter(world.storage, 4) })).rejects.toBeInstanceOf(PowerCut)
    }
    expect(await world.intake('overtaken', { storage })).toMatchObject({ status: 'arriving' })
    expect(await world.intake('overtaken')).toEqual({ status: 'accepted' })
    const { holdings } = (await world.rows('overtaken')) as { holdings: object[] }
    expect(holdings).toMatchObject([{ subscriber: { accountId: 'ann' } }])
  })
})

describe('a batch that is still arriving', () => {
  it('waits for a manifest', async () => {
    await world.bag({
      name: 'unlisted',
      files: { 'bob/contacts.vcf': card('B', '1') },
      tags: { 'manifest-sha256.txt': null },
    })
    await world.look()
    for (let look = 0; look < 3; look++) {
      expect(await world.intake('unlisted')).toMatchObject({ status: 'arriving', why: 'no-manifest' })
    }
  })

  it('waits for what Payload-Oxum promises', async () => {
    const root = await world.bag({ name: 'short', files: { 'bob/contacts.vcf': card('B', '1'), 'bob/notes.ics': '' } })
    await rm(path.join(root, 'data/bob/notes.ics'))
    await world.look()
    expect(await world.intake('short')).toMatchObject({ status: 'arriving', why: 'short-of-oxum' })
    expect((await findBatch(operator, { name: 'short' })).findings.map(finding => finding.code)).toContain(
      'payload-oxum-mismatch',
    )
    await writeFile(path.join(root, 'data/bob/notes.ics'), '')
    expect(await world.intake('short')).toEqual({ status: 'accepted' })
    expect((await findBatch(operator, { name: 'short' })).findings).toEqual([])
  })

  it('waits while it grows', async () => {
    const root = await world.bag({
      name: 'growing',
      info: { 'Payload-Oxum': null },
      files: { 'bob/contacts.vcf': card('B', '1') },
    })
    const file = path.join(root, 'data/bob/contacts.vcf')
    await world.look()
    expect(await world.intake('growing')).toMatchObject({ status: 'arriving', why: 'second-look' })
    await appendFile(file, card('C', '2'))
    expect(await world.intake('growing')).toMatchObject({ status: 'arriving', why: 'growing' })
    await writeFile(file, card('B', '1'))
    await utimes(file, new Date(0), new Date(0))
    expect(await world.intake('growing')).toMatchObject({ status: 'arriving', why: 'growing' })
    expect(await world.intake('growing')).toEqual({ status: 'accepted' })
  })

  it('does not wait for a clock that was wrong', async () => {
    const root = await world.bag({
      name: 'tomorrow',
      info: { 'Payload-Oxum': null },
      files: { 'bob/contacts.vcf': card('B', '1') },
    })
    const tomorrow = new Date(Date.now() + 86_400_000)
    await utimes(path.join(root, 'data/bob/contacts.vcf'), tomorrow, tomorrow)
    await world.look()
    expect(await world.intake('tomorrow')).toMatchObject({ status: 'arriving', why: 'second-look' })
    expect(await world.intake('tomorrow')).toEqual({ status: 'accepted' })
  })

  it('is not condemned for what it lacks while somebody still writes to it', async () => {
    const root = await world.bag({ name: 'late', files: { 'bob/contacts.vcf': card('B', '1') } })
    const storage = counting(world.storage)
    const read = storage.read
    storage.read = async function* (key, range) {
      yield* read(key, range)
      if (key.endsWith('contacts.vcf')) await appendFile(path.join(root, 'bag-info.txt'), 'A: b\n')
    }
    await appendFile(path.join(root, 'bagit.txt'), '')
    await writeFile(path.join(root, 'data/bob/extra.txt'), 'x')
    await world.look()
    expect(await world.intake('late', { storage })).toMatchObject({ status: 'arriving', why: 'growing' })
    expect(await world.intake('late')).toEqual({ status: 'quarantined' })
  })
})

it('is looked at again when somebody repaired it, unless people have spoken', async () => {
  const root = await world.bag({ name: 'repaired', files: { 'bob/contacts.vcf': card('B', '1') } })
  await writeFile(path.join(root, 'data/extra'), 'x')
  await world.look()
  await world.intake('repaired')
  const { id } = await findBatch(operator, { name: 'repaired' })
  await rm(path.join(root, 'data/extra'))
  await lookAgainAtBatch(operator, id)
  expect(await database().task.count({ where: { onceKey: `batch:${id}`, status: 'waiting' } })).toBe(1)
  expect(await world.intake('repaired')).toEqual({ status: 'accepted' })
  expect(await findBatch(operator, { name: 'repaired' })).toMatchObject({ findings: [], exceptions: [] })
  await expect(lookAgainAtBatch(operator, id)).rejects.toMatchObject({ kind: 'wrong-state' })
})

it('fails and is tried again where the storage cannot be read just now', async () => {
  await world.bag({ name: 'offline', files: { 'bob/contacts.vcf': card('B', '1') } })
  await world.look()
  const storage = counting(world.storage)
  const read = storage.read
  storage.read = (key, range) => {
    if (key.includes('/data/')) throw Object.assign(new Error('read EIO'), { code: 'EIO' })
    return read(key, range)
  }
  await expect(world.intake('offline', { storage })).rejects.toThrow('EIO')
  expect(await world.intake('offline')).toEqual({ status: 'accepted' })
})
