import { createHash } from 'node:crypto'
import { appendFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBatch } from '@/domain/recovery/find-batch'
import { photoListingDigest } from '@/domain/recovery/photo-listing'
import { database } from '@/gateways/database'
import { calendar, card, IntakeWorld, jpeg, operator } from '@/test/domain/recovery/intake-world'

let world: IntakeWorld
beforeAll(async () => {
  world = await IntakeWorld.open()
})
afterAll(() => world.close())

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

async function holding(
  batch: string,
  accountId: string,
  category: 'contacts' | 'calendar' | 'tasks' | 'notes' | 'photos',
) {
  return database().holding.findFirstOrThrow({
    where: { batch: { name: batch }, subscriber: { accountId }, category },
    include: { subscriber: { include: { carrier: true } } },
  })
}

describe('a valid batch', () => {
  const contacts = `${card('Ann', '+1 555 0101')}${card('Bo')}BEGIN:VCARD\r\n`

  it('becomes one holding per subscriber and category', async () => {
    const photos = {
      'ann/photos/b.jpg': jpeg,
      'ann/photos/a.jpg': jpeg.subarray(0, -2),
      'ann/photos/c.jpg': '',
      'ann/photos/é.jpg': 'no',
    }
    const batch = await world.take({
      name: 'first',
      files: {
        'expected.csv': 'subscriber,category,count\nann,contacts,300\nann,calendar,5\nbob,photos,12\nbob,tasks,0\n',
        'ann/contacts.vcf': contacts,
        'ann/calendar.ics': calendar('VEVENT', 'one', 'two'),
        'ann/tasks.ics': calendar('VTODO', 'one'),
        'ann/notes.ics': calendar('VJOURNAL', 'one', 'two', 'three'),
        ...photos,
      },
    })
    expect(batch).toMatchObject({
      status: 'accepted',
      incident: 'sidekick-2009',
      carrier: 'north',
      bagitVersion: '1.0',
      subscribers: 2,
      findings: [],
      exceptions: [],
      holdings: {
        contacts: { complete: 1, partial: 1, damaged: 1, expected: 300, subscribers: 1 },
        calendar: { complete: 2, partial: 0, damaged: 0, expected: 5 },
        tasks: { complete: 1, expected: 0, subscribers: 2 },
        notes: { complete: 3, expected: null },
        photos: { complete: 1, partial: 1, damaged: 2, expected: 12, subscribers: 2 },
      },
    })
    expect(batch.asOf).toEqual(new Date('2009-10-01T00:00:00Z'))
    expect(await holding('first', 'ann', 'contacts')).toMatchObject({
      objectKey: 'first/data/ann/contacts.vcf',
      digest: sha256(contacts),
      octets: BigInt(contacts.length),
      asOf: new Date('2009-10-01T00:00:00Z'),
    })
    const listed = Object.entries(photos).map(([key, content]) => ({ name: key.slice(11), digest: sha256(content) }))
    expect(await holding('first', 'ann', 'photos')).toMatchObject({
      objectKey: 'first/data/ann/photos/',
      digest: photoListingDigest(listed),
      missing: { 'cut-off': 1 },
    })
    expect(await holding('first', 'bob', 'photos')).toMatchObject({
      complete: 0,
      partial: 0,
      damaged: 0,
      expected: 12,
      objectKey: null,
      digest: null,
    })
  })

  it('leaves an event, a draft incident and the carriers it is about', async () => {
    const { id } = await findBatch(operator, { name: 'first' })
    const events = await database().event.findMany({ where: { subject: `batch:${id}` }, orderBy: { seq: 'asc' } })
    expect(events.map(event => event.kind)).toEqual(['batch.found', 'batch.accepted'])
    expect(JSON.parse(events[1]!.data)).toEqual({ holdings: 7, exceptions: 0 })
    const incident = await database().incident.findUniqueOrThrow({
      where: { slug: 'sidekick-2009' },
      include: { carriers: { include: { carrier: true } } },
    })
    expect(incident.status).toBe('draft')
    expect(incident.carriers.map(one => one.carrier.slug)).toEqual(['north'])
  })

  it('is the same when it is taken in again', async () => {
    const before = await world.rows('first')
    expect(await world.look()).toEqual([])
    expect(await world.intake('first')).toEqual({ status: 'accepted' })
    expect(await world.rows('first')).toEqual(before)
  })

  it('may have other manifests and older rules', async () => {
    const batch = await world.take({
      name: 'older',
      version: '0.96',
      algorithms: ['md5', 'sha1'],
      files: { 'ann/contacts.vcf': contacts },
    })
    expect(batch).toMatchObject({ status: 'accepted', bagitVersion: '0.96' })
    expect((await holding('older', 'ann', 'contacts')).digest).toBe(sha256(contacts))
  })

  it('takes account ids as the bytes of the folder, whatever they hold', async () => {
    const ids = ['100%', 'a%2Fb', 'Ann', 'ånn', 'a\u030ann', 'x y', "o'neil", '日本', 'a.b-c_d']
    await world.subscribers('north', ids)
    const batch = await world.take({
      name: 'odd-ids',
      files: Object.fromEntries(ids.map(id => [`${id}/contacts.vcf`, card(id, '+1 555 0102')])),
    })
    expect(batch).toMatchObject({ status: 'accepted', exceptions: [], subscribers: ids.length })
    for (const id of ids)
      expect((await holding('odd-ids', id, 'contacts')).digest).toBe(sha256(card(id, '+1 555 0102')))
  })
})

describe('what has no place', () => {
  it('goes to the exceptions, and the rest is taken in', async () => {
    const batch = await world.take({
      name: 'misfits',
      files: {
        'expected.csv': 'ann,contacts,1\nnobody,contacts,3\nann,music,3\nann,tasks\n"ann,notes,1\nann,photos,-1\n',
        'ann/contacts.vcf': card('A', '1'),
        'ann/Contacts.vcf': card('B', '1'),
        'ann/calendar.ics': calendar('VEVENT', 'x').replace(
          'END:VCALENDAR',
          'BEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nEND:VCALENDAR',
        ),
        'ann/photos/x/y.jpg': jpeg,
        'ann/photos/Thumbs.db': 'x',
        'nobody/contacts.vcf': card('C', '1'),
        'nobody/photos/1.jpg': jpeg,
        'nobody/photos/2.jpg': jpeg,
        'README.txt': 'x',
        'ann/photos2/z.jpg': jpeg,
      },
    })
    expect(batch.status).toBe('accepted')
    expect(batch.exceptions).toEqual([
      { path: 'data/README.txt', reason: 'unknown-file', detail: null },
      { path: 'data/ann/Contacts.vcf', reason: 'unknown-file', detail: null },
      { path: 'data/ann/calendar.ics', reason: 'other-component', detail: '1 VTODO' },
      { path: 'data/ann/photos/Thumbs.db', reason: 'unknown-file', detail: null },
      { path: 'data/ann/photos/x/y.jpg', reason: 'malformed-path', detail: null },
      { path: 'data/ann/photos2/z.jpg', reason: 'unknown-file', detail: null },
      { path: 'data/expected.csv:2', reason: 'unknown-subscriber', detail: null },
      { path: 'data/expected.csv:3', reason: 'expected-malformed', detail: 'no such category' },
      { path: 'data/expected.csv:4', reason: 'expected-malformed', detail: 'not subscriber,category,count' },
      { path: 'data/expected.csv:5', reason: 'expected-malformed', detail: 'quotes that do not match' },
      { path: 'data/expected.csv:6', reason: 'expected-malformed', detail: 'no such count' },
      { path: 'data/nobody/contacts.vcf', reason: 'unknown-subscriber', detail: null },
      { path: 'data/nobody/photos/', reason: 'unknown-subscriber', detail: null },
    ])
    expect(batch.holdings).toMatchObject({ contacts: { complete: 1 }, calendar: { complete: 1 } })
    expect(batch.holdings.photos).toBeUndefined()
  })

  it('is an id of two carriers, where the bag names none', async () => {
    const files = { 'ann/contacts.vcf': card('A', '1'), 'bob/contacts.vcf': card('B', '1') }
    const batch = await world.take({ name: 'carrierless', files, info: { 'Homeward-Carrier': null } })
    expect(batch).toMatchObject({ status: 'accepted', carrier: null, subscribers: 1 })
    expect(batch.exceptions).toEqual([
      { path: 'data/ann/contacts.vcf', reason: 'subscriber-of-two-carriers', detail: null },
    ])
    expect((await holding('carrierless', 'bob', 'contacts')).subscriber.carrier.slug).toBe('north')
  })

  it('is never given to a subscriber of another carrier', async () => {
    const files = { 'bob/contacts.vcf': card('B', '1') }
    const south = await world.take({ name: 'of-south', files, info: { 'Homeward-Carrier': 'south' } })
    expect(south.exceptions).toMatchObject([{ path: 'data/bob/contacts.vcf', reason: 'unknown-subscriber' }])
    const nowhere = await world.take({ name: 'of-nowhere', files, info: { 'Homeward-Carrier': 'west' } })
    expect(nowhere.subscribers).toBe(0)
    expect(nowhere.exceptions.map(exception => exception.reason)).toEqual(['unknown-carrier', 'unknown-subscriber'])
  })

  it.each([
    ['no-incident', { 'Homeward-Incident': null }],
    ['malformed-incident', { 'Homeward-Incident': '../etc' }],
    ['no-as-of', { 'Homeward-As-Of': null, 'Bagging-Date': '2009-10-03' }],
    ['malformed-as-of', { 'Homeward-As-Of': '2009-02-30T00:00:00Z', 'Bagging-Date': '2009-10-03' }],
  ])('is a label that says %s, and the batch is taken in', async (reason, info) => {
    const name = `label-${reason}`
    const batch = await world.take({ name, info, files: { 'bob/contacts.vcf': card('B', '1') } })
    expect(batch.status).toBe('accepted')
    expect(batch.exceptions).toMatchObject([{ path: 'bag-info.txt', reason }])
    if (reason.endsWith('as-of')) expect(batch.asOf).toEqual(new Date('2009-10-03T00:00:00Z'))
  })
})

describe('a batch that fails', () => {
  it('is quarantined, with what is wrong and all its holdings', async () => {
    const root = await world.bag({
      name: 'spoilt',
      files: { 'ann/contacts.vcf': card('A', '1'), 'bob/contacts.vcf': card('B', '1') },
    })
    await writeFile(path.join(root, 'data/ann/contacts.vcf'), card('Z', '1'))
    await world.look()
    expect(await world.intake('spoilt')).toEqual({ status: 'quarantined' })
    const batch = await findBatch(operator, { name: 'spoilt' })
    expect(batch.findings).toMatchObject([
      { severity: 'error', code: 'digest-mismatch', path: 'data/ann/contacts.vcf' },
    ])
    expect(batch.holdings.contacts).toMatchObject({ complete: 2 })
    // The digest of what is there: if people decide to use it, a run checks that it is still this.
    expect((await holding('spoilt', 'ann', 'contacts')).digest).toBe(sha256(card('Z', '1')))
  })

  it.each<[string, string, (root: string) => Promise<void>]>([
    ['has a file too many', 'unlisted-file', root => writeFile(path.join(root, 'data/extra'), 'x')],
    ['has another tag file', 'digest-mismatch', root => appendFile(path.join(root, 'bag-info.txt'), 'A: b\n')],
    [
      'has a file more than Payload-Oxum says',
      'payload-oxum-mismatch',
      root => writeFile(path.join(root, 'data/extra'), 'x'),
    ],
  ])('because it %s', async (why, code, spoil) => {
    const name = why.replaceAll(' ', '-')
    await spoil(await world.bag({ name, files: { 'bob/contacts.vcf': card('B', '1') } }))
    await world.look()
    expect(await world.intake(name)).toEqual({ status: 'quarantined' })
    expect((await findBatch(operator, { name })).findings.map(finding => finding.code)).toContain(code)
  })

  it('because a photo is missing that no Payload-Oxum promises: only when it stays away', async () => {
    const root = await world.bag({
      name: 'no-oxum',
      info: { 'Payload-Oxum': null },
      files: { 'ann/photos/1.jpg': jpeg, 'ann/photos/2.jpg': jpeg },
    })
    await rm(path.join(root, 'data/ann/photos/2.jpg'))
    await world.look()
    expect(await world.intake('no-oxum')).toMatchObject({ status: 'arriving', why: 'second-look' })
    expect(await world.intake('no-oxum')).toEqual({ status: 'quarantined' })
    expect((await holding('no-oxum', 'ann', 'photos')).complete).toBe(1)
  })
})
