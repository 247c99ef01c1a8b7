import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { archiveFiles } from '@/domain/record/archive'
import { listRecords } from '@/domain/record/list-records'
import { openOriginal } from '@/domain/record/open-original'
import { readOverview } from '@/domain/record/read-overview'
import { openPhoto, readRecord } from '@/domain/record/read-record'
import { reader } from '@/domain/transaction'
import { database } from '@/gateways/database'
import type { BatchStatus } from '@/prisma/generated/enums'
import { longKnown } from '@/test/support/long-known'
import { RestoreWorld } from '@/test/support/restore-world'

const card = (name: string, lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...lines, 'END:VCARD', ''].join('\r\n')
const event = (uid: string, title: string, start: string): string =>
  ['BEGIN:VEVENT', `UID:${uid}`, `SUMMARY:${title}`, `DTSTART:${start}`, 'END:VEVENT', ''].join('\r\n')
const calendar = (...events: string[]): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join('')}END:VCALENDAR\r\n`

const damagedBytes = 'BEGIN:VCARD\r\n\u0001\u0002\u0003\r\nEND:VCARD\r\n'
const contacts = [
  card('Élise Roy', ['TEL;TYPE=CELL:+1 418 555-0101', 'EMAIL:elise@people.example']),
  card('Owen Blake', []),
  damagedBytes,
  card('Rosa Quinn', ['TEL;TYPE=HOME,WORK:+1 206 555 0142', 'ORG:Quinn & Co;Boats', 'NOTE:Keys\\nunder the mat']),
].join('')
// The smallest GIF there is, which nobody can mistake for text.
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

let world: RestoreWorld
let anna: Actor
let ben: Actor

async function actorOf(accountId: string): Promise<Actor> {
  const subscriberId = await world.subscriber(accountId)
  const { carrierId } = await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
  return { role: 'subscriber', subscriberId, carrierId, provedAt: new Date(), keySince: longKnown() }
}

async function holdingOf(actor: Actor, category: string): Promise<string> {
  const one = (await readOverview(actor)).find(overview => overview.category === category)
  if (!one?.newest) throw new Error(`Nothing of ${category}.`)
  return one.newest.id
}

beforeAll(async () => {
  world = await RestoreWorld.begin()
  anna = await actorOf('A1')
  ben = await actorOf('B1')
  await world.batch('one', {
    'A1/contacts.vcf': contacts,
    'A1/calendar.ics': calendar(event('1', 'Dentist', '20091020T090000Z'), event('2', 'Boat trip', '20091021')),
    'A1/photos/b.gif': gif,
    'A1/photos/a.jpg': '',
    'B1/contacts.vcf': card('Only Ben', ['TEL:+1 206 555 0100']),
    'expected.csv': 'subscriber,category,count\r\nA1,contacts,7\r\n',
  })
  await world.batch(
    'two',
    { 'A1/calendar.ics': calendar(event('1', 'Dentist', '20091020T090000Z')) },
    '2009-10-05T00:00:00Z',
  )
})
afterAll(() => world.end())

const storage = () => world.open.services.storage
const list = (holdingId: string, given: Partial<Parameters<typeof listRecords>[2]> = {}, actor = anna) =>
  listRecords(actor, storage(), { holdingId, page: 1, search: '', state: null, ...given })

describe('the overview', () => {
  it('has every category, what is not found, and the earlier holding that is fuller', async () => {
    const overview = await readOverview(anna)
    expect(overview.map(({ category, standing }) => `${category} ${standing}`)).toEqual([
      'contacts ready',
      'calendar ready',
      'tasks none',
      'notes none',
      'photos ready',
    ])
    const [contactsNow, calendarNow] = overview
    expect(contactsNow?.newest).toMatchObject({ complete: 2, partial: 1, damaged: 1, found: 4, expected: 7 })
    expect(contactsNow?.notFound).toBe(3)
    expect(calendarNow?.newest?.found).toBe(1)
    expect(calendarNow?.fuller?.found).toBe(2)
    expect(calendarNow?.notFound).toBeNull()
  })
})

describe('a holding’s records', () => {
  it('are listed in the file’s order, damaged ones where they stood', async () => {
    const { records, matching } = await list(await holdingOf(anna, 'contacts'))
    expect(matching).toBe(4)
    expect(records.map(({ ordinal, title, state }) => [ordinal, title, state])).toEqual([
      [0, 'Élise Roy', 'complete'],
      [1, 'Owen Blake', 'partial'],
      [2, null, 'damaged'],
      [3, 'Rosa Quinn', 'complete'],
    ])
    expect(records[1]?.missing).toEqual(['phone', 'email'])
    expect(records[2]?.fields).toEqual([])
    expect(records[3]?.fields).toEqual([
      { name: 'phone', kinds: ['home', 'work'], value: '+1 206 555 0142' },
      { name: 'organization', kinds: [], value: 'Quinn & Co, Boats' },
      { name: 'note', kinds: [], value: 'Keys\nunder the mat' },
    ])
  })

  it.each([
    ['elise', ['Élise Roy']],
    ['ROY é', ['Élise Roy']],
    ['5550142', ['Rosa Quinn']],
    ['under mat', ['Rosa Quinn']],
    ['nobody', []],
  ])('are found by %j', async (search, titles) => {
    const { records, matching } = await list(await holdingOf(anna, 'contacts'), { search })
    expect(records.map(({ title }) => title)).toEqual(titles)
    expect(matching).toBe(titles.length)
  })

  it('are narrowed to what is wrong with them', async () => {
    const holding = await holdingOf(anna, 'contacts')
    expect((await list(holding, { state: 'damaged' })).records.map(({ ordinal }) => ordinal)).toEqual([2])
    expect((await list(holding, { state: 'partial' })).records.map(({ ordinal }) => ordinal)).toEqual([1])
    expect(await list(holding, { page: 9 })).toMatchObject({ records: [], matching: 4, pages: 1 })
  })

  it('are photos by name, an empty one as damaged', async () => {
    const { records } = await list(await holdingOf(anna, 'photos'))
    expect(records.map(({ title, state }) => [title, state])).toEqual([
      ['a.jpg', 'damaged'],
      ['b.gif', 'complete'],
    ])
  })

  it('are nobody else’s', async () => {
    const holdingId = await holdingOf(anna, 'contacts')
    const refused = { kind: 'not-found' }
    await expect(list(holdingId, {}, ben)).rejects.toMatchObject(refused)
    const place = { holdingId, ordinal: 0 }
    await expect(readRecord(ben, storage(), place)).rejects.toMatchObject(refused)
    await expect(openOriginal(ben, storage(), place)).rejects.toMatchObject(refused)
    await expect(openPhoto(ben, storage(), place)).rejects.toMatchObject(refused)
    await expect(readRecord(anna, storage(), { holdingId, ordinal: 4 })).rejects.toMatchObject(refused)
  })
})

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

describe('originals', () => {
  it('come byte for byte', async () => {
    const { name, bytes } = await openOriginal(anna, storage(), {
      holdingId: await holdingOf(anna, 'contacts'),
      ordinal: 2,
    })
    expect(name).toBe('contacts-3.vcf')
    expect(await textOf(bytes())).toBe(damagedBytes)
  })

  it('are packed: readable ones together, damaged ones apart, an earlier fuller backup by its day', async () => {
    const files = new Map<string, string>()
    const rows = []
    for await (const file of archiveFiles(anna, storage())) {
      files.set(file.path, await textOf(file.bytes()))
      rows.push(...file.rows)
    }
    expect([...files.keys()]).toEqual([
      'contacts.vcf',
      'damaged/contacts-3.vcf',
      'calendar.ics',
      'earlier-2009-10-01/calendar.ics',
      'damaged/photos/a.jpg',
      'photos/b.gif',
    ])
    expect(files.get('contacts.vcf')).toBe(contacts.replace(damagedBytes, ''))
    expect(files.get('damaged/contacts-3.vcf')).toBe(damagedBytes)
    expect(rows.filter(row => row.category === 'contacts').map(({ place, state }) => [place, state])).toEqual([
      [1, 'complete'],
      [2, 'partial'],
      [4, 'complete'],
      [3, 'damaged'],
    ])
  })

  it('break off before a batch that is withheld while they are packed', async () => {
    const become = (status: BatchStatus) =>
      database().recoveryBatch.update({ where: { name: 'two' }, data: { status } })
    const packed: string[] = []
    const pack = async () => {
      for await (const file of archiveFiles(anna, storage())) {
        packed.push(file.path)
        await become('withheld')
      }
    }
    await expect(pack()).rejects.toMatchObject({ kind: 'not-found' })
    await become('released')
    expect(packed).toEqual(['contacts.vcf', 'damaged/contacts-3.vcf'])
  })

  it('ask for a fresh proof', async () => {
    const stale = { ...anna, provedAt: new Date(Date.now() - 6 * 60_000) } as Actor
    const first = archiveFiles(stale, storage())[Symbol.asyncIterator]().next()
    await expect(first).rejects.toMatchObject({ kind: 'needs-proof' })
  })
})
