import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeBagLease } from '@/domain/retention/bag-lease'
import { cutBag } from '@/domain/retention/cut-bag'
import { validateBag } from '@/formats/bagit/validate-bag'
import { folderBagEditor } from '@/gateways/backup-storage/bag-editor'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { closeDatabase, database } from '@/gateways/database'
import { tracesInFiles } from '@/test/domain/retention/traces'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { type BagToMake, makeBag } from '@/test/support/make-bag'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const folder = temporaryFolder('cut')
const storage = fileSystemStorage(folder)
const bags = folderBagEditor(folder)
let base: TestDatabase

beforeAll(async () => {
  base = await freshDatabase()
})
afterAll(async () => {
  await closeDatabase()
  await base.drop()
  removeFolder(folder)
})

const who = 'ann%odd, "quoted" é'
const line = `"${who.replaceAll('"', '""')}",contacts,2`
const lineOctets = Buffer.byteLength(line)
const files = {
  'expected.csv': `subscriber,category,count\n${line}\nbob,contacts,1\n`,
  [`${who}/contacts.vcf`]: 'ann',
  [`${who}/photos/a b%.jpg`]: 'ann picture',
  'bob/contacts.vcf': 'bob',
  'annette/contacts.vcf': 'annette',
}

async function bag(name: string, more: Partial<BagToMake> = {}) {
  await makeBag(folder, { name, files, ...more })
  const { id } = await database().recoveryBatch.create({ data: { name, status: 'accepted' } })
  return { id, name }
}

async function errorsOf(name: string): Promise<string[]> {
  const ledger = spillLedger()
  try {
    const { errors } = await validateBag(storage, name, ledger)
    return errors.map(({ code, path: where }) => `${code} ${where}`).sort()
  } finally {
    await ledger.close()
  }
}
const read = (name: string, file: string) => readFileSync(path.join(folder, name, file), 'latin1')
const cut = (batch: { id: string; name: string }, outside = { storage, bags }) => cutBag(outside, batch, [who])

describe('a bag that somebody is taken out of', () => {
  it('is valid before and after, under every digest it has, and the others stay as they are', async () => {
    const batch = await bag('several', { algorithms: ['sha256', 'sha512', 'md5'] })
    expect(await errorsOf('several')).toEqual([])
    expect(await cut(batch)).toEqual({ files: 2, octets: 14, lines: 1 })
    expect(await errorsOf('several')).toEqual([])
    expect(readdirSync(path.join(folder, 'several/data')).sort()).toEqual(['annette', 'bob', 'expected.csv'])
    expect(read('several', 'data/expected.csv')).toBe('subscriber,category,count\n\nbob,contacts,1\n')
    expect(read('several', 'manifest-md5.txt').split('\n')).toHaveLength(4)
    expect(tracesInFiles(path.join(folder, 'several'), [who, 'odd'])).toEqual([])
  })

  it('is left alone, byte for byte, the second time', async () => {
    const batch = await bag('twice')
    await cut(batch)
    const before = read('twice', 'manifest-sha256.txt') + read('twice', 'bag-info.txt')
    expect(await cut(batch)).toEqual({ files: 0, octets: 0, lines: 0 })
    expect(read('twice', 'manifest-sha256.txt') + read('twice', 'bag-info.txt')).toBe(before)
    expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([])
  })

  it('may be of older rules, without tag manifests, or with a list of what was to be fetched', async () => {
    const old = await bag('old', { version: '0.96', files: { ...files, 'ann/x.vcf': 'x' } })
    const plain = await bag('plain', { tagManifests: false })
    const fetched = await bag('fetched')
    const entry = `https://files.example/x 14 data/${who.replaceAll('%', '%25')}/late.jpg\n`
    writeFileSync(path.join(folder, 'fetched/fetch.txt'), entry)
    for (const batch of [old, plain]) {
      const before = await errorsOf(batch.name)
      await cutBag({ storage, bags }, batch, [batch === old ? 'ann' : who])
      expect(await errorsOf(batch.name)).toEqual(before)
    }
    await cut(fetched)
    expect(read('fetched', 'fetch.txt')).toBe('')
  })

  it('in another encoding is in UTF-8 from then on', async () => {
    const batch = await bag('wide', { tagManifests: false })
    const place = (file: string) => path.join(folder, 'wide', file)
    for (const file of ['manifest-sha256.txt', 'bag-info.txt']) {
      const text = readFileSync(place(file), 'utf8')
      writeFileSync(place(file), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))
    }
    writeFileSync(place('bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n')
    const before = await errorsOf('wide')
    expect(before).toEqual([])
    await cut(batch)
    expect(await errorsOf('wide')).toEqual([])
    expect(read('wide', 'bagit.txt')).toContain('UTF-8')
    expect(tracesInFiles(path.join(folder, 'wide'), [who, 'o\0d\0d'])).toEqual([])
  })

  it('that was wrong stays as wrong as it was: nothing is healed unseen', async () => {
    const batch = await bag('wrong', { info: { 'Payload-Oxum': '999.9' } })
    writeFileSync(path.join(folder, 'wrong/data/bob/contacts.vcf'), 'bob, altered')
    writeFileSync(path.join(folder, 'wrong/bag-info.txt'), 'Payload-Oxum: 999.9\nContact-Name: Bob\n')
    const before = await errorsOf('wrong')
    expect(before.length).toBeGreaterThan(2)
    await cut(batch)
    expect(await errorsOf('wrong')).toEqual(before)
    expect(read('wrong', 'bag-info.txt')).toContain(`Payload-Oxum: ${999 - 14 - lineOctets}.7`)
  })

  it('is brought to its end where it was cut off between two moves', async () => {
    const batch = await bag('killed')
    const edit = await bags.begin('killed')
    await edit.write('manifest-sha256.txt', pieces('new manifest'))
    await edit.write('bag-info.txt', pieces('new info'))
    const aside = path.join(folder, readdirSync(folder).find(name => name.startsWith('.hw-cut-'))!)
    const done = {
      bag: 'killed',
      files: [
        { from: '0', to: 'manifest-sha256.txt' },
        { from: '1', to: 'bag-info.txt' },
      ],
    }
    writeFileSync(path.join(aside, 'ready.json'), JSON.stringify({ ...done, folders: [`data/${who}`] }))
    renameSync(path.join(aside, '0'), path.join(folder, 'killed/manifest-sha256.txt'))
    await (await bags.begin(batch.name)).abandon()
    expect(read('killed', 'manifest-sha256.txt') + read('killed', 'bag-info.txt')).toBe('new manifestnew info')
    expect(readdirSync(path.join(folder, 'killed/data')).sort()).toEqual(['annette', 'bob', 'expected.csv'])
    expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([])
  })

  it('belongs to whoever changes it, and to nobody else meanwhile', async () => {
    const batch = await bag('leased')
    const lease = (await takeBagLease(batch.id))!
    expect(await cut(batch)).toBeNull()
    await lease.letGo()
    const both = await Promise.all([cut(batch), cut(batch)])
    expect(both.filter(one => one !== null && one.files === 2)).toHaveLength(1)
    expect(await errorsOf('leased')).toEqual([])
  })

  it('that is not there any more needs nothing', async () => {
    const batch = await bag('taken-away')
    renameSync(path.join(folder, 'taken-away'), path.join(folder, '.elsewhere'))
    expect(await cut(batch)).toEqual({ files: 0, octets: 0, lines: 0 })
    renameSync(path.join(folder, '.elsewhere'), path.join(folder, 'taken-away'))
  })

  it('is not followed out of the storage by a link', async () => {
    const outside = path.join(folder, 'elsewhere')
    mkdirSync(path.join(outside, who), { recursive: true })
    writeFileSync(path.join(outside, who, 'kept.txt'), 'kept')
    const batch = await bag('linked', { files: { 'bob/contacts.vcf': 'bob' } })
    symlinkSync(path.join(outside, who), path.join(folder, 'linked/data', who))
    await cut(batch)
    expect(readFileSync(path.join(outside, who, 'kept.txt'), 'utf8')).toBe('kept')
    await expect(bags.begin('../elsewhere')).rejects.toThrow(RangeError)
  })

  it('takes a bag of many in little memory', async () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`s${i}/contacts.vcf`, `${i}`]))
    const batch = await bag('many', { files: { ...many, ...files } })
    await cut(batch)
    const manifest = read('many', 'manifest-sha256.txt')
    expect(manifest.split('\n')).toHaveLength(3004)
    const digest = createHash('sha256').update(manifest, 'latin1').digest('hex')
    expect(read('many', 'tagmanifest-sha256.txt')).toContain(`${digest}  manifest-sha256.txt`)
  })
})

async function* pieces(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}
