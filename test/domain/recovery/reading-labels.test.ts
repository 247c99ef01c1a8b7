import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBatchLabel } from '@/domain/recovery/batch-label'
import { allowsBatch, batchActions } from '@/domain/recovery/batch-status'
import { type ExpectedLine, readExpectedCounts } from '@/domain/recovery/expected-counts'
import { isPhotoName, photoListingDigest } from '@/domain/recovery/photo-listing'
import { placeOf } from '@/domain/recovery/subscriber-layout'
import { BagInfo } from '@/formats/bagit/bag-info'

const info = (elements: Record<string, string>) =>
  new BagInfo(Object.entries(elements).map(([label, value]) => ({ label, value })))

describe('Homeward-As-Of', () => {
  it.each([
    ['2009-10-01T00:00:00Z', '2009-10-01T00:00:00.000Z'],
    ['2009-10-01t02:00:00.5+02:00', '2009-10-01T00:00:00.500Z'],
    ['2009-10-01 00:00:00.123456789Z', '2009-10-01T00:00:00.123Z'],
    ['2008-02-29T23:59:59-05:00', '2008-03-01T04:59:59.000Z'],
  ])('%s', (text, instant) => {
    const label = readBatchLabel(info({ 'homeward-as-of': text, 'Homeward-Incident': 'X-1' }))
    expect(label.asOf?.toISOString()).toBe(instant)
    expect(label).toMatchObject({ incident: 'x-1', carrier: null, exceptions: [] })
  })
  it.each(['2009-10-01', '2009-02-29T00:00:00Z', '2009-13-01T00:00:00Z', '2009-10-01T25:00:00Z', 'yesterday'])(
    'is not %s',
    text => {
      const label = readBatchLabel(info({ 'Homeward-As-Of': text, 'Homeward-Incident': 'x' }))
      expect(label.asOf).toBeNull()
      expect(label.exceptions).toMatchObject([{ reason: 'malformed-as-of' }])
    },
  )
})

describe('expected.csv', () => {
  async function lines(bytes: Uint8Array): Promise<ExpectedLine[]> {
    const all: ExpectedLine[] = []
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
    }
    for await (const line of readExpectedCounts(chunks())) all.push(line)
    return all
  }

  it('is read line by line, so that one bad line costs itself only', async () => {
    const text =
      'Subscriber,Category,Count\r\nann,contacts,3\n\n"a,nn",notes,0\nå,tasks, 7 \n"open,photos,1\nbob,photos,2'
    const bytes = Buffer.concat([
      Buffer.from('\ufeff'.slice(1)),
      Buffer.from(text),
      Buffer.from([0x0a, 0xff, 0x0a]),
      Buffer.from('c,calendar,1\n'),
    ])
    expect(await lines(bytes)).toEqual([
      { line: 2, expected: { accountId: 'ann', category: 'contacts', count: 3 } },
      { line: 4, expected: { accountId: 'a,nn', category: 'notes', count: 0 } },
      { line: 5, expected: { accountId: 'å', category: 'tasks', count: 7 } },
      { line: 6, malformed: 'quotes that do not match' },
      { line: 7, expected: { accountId: 'bob', category: 'photos', count: 2 } },
      { line: 8, malformed: 'not UTF-8' },
      { line: 9, expected: { accountId: 'c', category: 'calendar', count: 1 } },
    ])
  })

  it('survives anything', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
        for (const line of await lines(bytes)) expect(line.line).toBeGreaterThan(0)
      }),
    ))
})

it.each([
  ['data/expected.csv', { kind: 'expected' }],
  ['data/ann/contacts.vcf', { kind: 'file', accountId: 'ann', category: 'contacts' }],
  ['data/ann/notes.ics', { kind: 'file', accountId: 'ann', category: 'notes' }],
  ['data/a%2Fb/tasks.ics', { kind: 'file', accountId: 'a%2Fb', category: 'tasks' }],
  ['data/ann/photos/1.jpg', { kind: 'photo', accountId: 'ann', name: '1.jpg' }],
  ['data/photos/photos/photos', { kind: 'photo', accountId: 'photos', name: 'photos' }],
  ['data/ann/photos/.DS_Store', { kind: 'exception', reason: 'unknown-file' }],
  ['data/ann/photos/a/b.jpg', { kind: 'exception', reason: 'malformed-path' }],
  ['data/ann/constructor', { kind: 'exception', reason: 'unknown-file' }],
  ['data/ann/sub/contacts.vcf', { kind: 'exception', reason: 'unknown-file' }],
  ['data/contacts.vcf', { kind: 'exception', reason: 'unknown-file' }],
])('%s means %j', (path, place) => {
  expect(placeOf(path)).toEqual(place)
})

it('lists photos in the order of their bytes', () => {
  const photos = ['b', 'a', '\u{1f600}', '\uffee'].map(name => ({ name, digest: name }))
  expect(photoListingDigest(photos)).toBe(photoListingDigest([...photos].reverse()))
  expect(photoListingDigest(photos)).not.toBe(photoListingDigest(photos.slice(1)))
  expect(['1.jpg', 'a/b', '', '\udce9', '.DS_Store', '._1.jpg'].map(isPhotoName)).toEqual([
    true,
    ...Array(5).fill(false),
  ])
})

it('lets nobody decide twice', () => {
  for (const action of ['accept', 'quarantine'] as const) {
    for (const { to } of Object.values(batchActions)) if (to !== 'arriving') expect(allowsBatch(action, to)).toBe(false)
  }
})
