import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideBatch } from '@/domain/recovery/decide-batch'
import { findBatch } from '@/domain/recovery/find-batch'
import { lookAgainAtBatch } from '@/domain/recovery/look-again-at-batch'
import { settleExceptions } from '@/domain/recovery/settle-exceptions'
import { database } from '@/gateways/database'
import { calendar, card, IntakeWorld, jpeg, operator } from '@/test/domain/recovery/intake-world'

let world: IntakeWorld
beforeAll(async () => {
  world = await IntakeWorld.open()
})
afterAll(() => world.close())

const agent = { role: 'administrator', staffId: randomUUID(), carrierId: null, provedAt: new Date() } as const

/** What an intake wrote, comparable between batches of one content. */
const rows = async (name: string) =>
  JSON.parse(JSON.stringify(await world.rows(name)).replaceAll(`${name}/data`, 'data'))

const batchOf = (name: string) => findBatch(operator, { name })
const reasonsOf = async (name: string) => (await batchOf(name)).exceptions.map(({ path, reason }) => [path, reason])

async function settledIn(name: string): Promise<{ settled: number; folders: number; carrierId: string | null }[]> {
  const { id } = await batchOf(name)
  const events = await database().event.findMany({
    where: { subject: `batch:${id}`, kind: 'batch.settled' },
    orderBy: { seq: 'asc' },
  })
  return events.map(({ data, carrierId }) => ({ ...JSON.parse(data), carrierId }))
}

async function concerned(slug: string): Promise<string[]> {
  const rows = await database().incidentCarrier.findMany({
    where: { incident: { slug } },
    include: { carrier: true },
  })
  return rows.map(({ carrier }) => carrier.slug).sort()
}

/** Everything a batch may hold for one person, and what is nobody's. */
const everythingFor = (id: string): Record<string, string | Buffer> => ({
  'expected.csv': `${id},contacts,4\n${id},tasks,7\nann,notes,2\n${Array(8).fill('').join('\n')}${id},contacts,9\nnobody,tasks,1`,
  [`${id}/contacts.vcf`]: `${card('Ann', '+1 555 0101')}${card('Bo')}BEGIN:VCARD\r\n`,
  [`${id}/calendar.ics`]: calendar('VEVENT', 'x').replace(
    'END:VCALENDAR',
    'BEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nEND:VCALENDAR',
  ),
  [`${id}/photos/b.jpg`]: jpeg,
  [`${id}/photos/a.jpg`]: jpeg.subarray(0, -2),
  [`${id}/diary.txt`]: 'x',
  'ann/contacts.vcf': card('A', '1'),
  'nobody/contacts.vcf': card('N', '1'),
})

describe('a subscriber who is added after a batch was accepted', () => {
  it('gets what it has for them at the next intake, as if they had been known: the rest stays', async () => {
    await world.take({ name: 'late', files: everythingFor('carl') })
    expect(await world.intake('late')).toEqual({ status: 'accepted' })
    expect(await settledIn('late')).toEqual([])
    const before = await database().holding.findMany({ where: { batch: { name: 'late' } } })
    await world.subscribers('north', ['carl'])
    await world.take({ name: 'known', files: everythingFor('carl') })
    expect(await rows('late')).not.toEqual(await rows('known'))

    expect(await world.intake('late')).toEqual({ status: 'accepted' })
    expect(await rows('late')).toEqual(await rows('known'))
    expect((await batchOf('late')).exceptions).toEqual([
      { path: 'data/carl/calendar.ics', reason: 'other-component', detail: '1 VTODO' },
      { path: 'data/carl/diary.txt', reason: 'unknown-file', detail: null },
      { path: 'data/expected.csv:12', reason: 'unknown-subscriber', detail: null },
      { path: 'data/nobody/contacts.vcf', reason: 'unknown-subscriber', detail: null },
    ])
    const { carrierId } = await database().subscriber.findFirstOrThrow({ where: { accountId: 'carl' } })
    expect(await settledIn('late')).toEqual([{ settled: 6, folders: 3, carrierId }])
    // Rows that were there are the same rows: requests may name them.
    const after = await database().holding.findMany({ where: { id: { in: before.map(({ id }) => id) } } })
    expect(after).toEqual(before)

    await world.intake('late')
    expect(await settledIn('late')).toHaveLength(1)
  })

  it('gets it once, whoever does it and however many at the same moment', async () => {
    await world.take({ name: 'raced', files: everythingFor('dora') })
    await world.subscribers('north', ['dora'])
    await world.take({ name: 'raced-known', files: everythingFor('dora') })
    const { id: batchId } = await batchOf('raced')
    await Promise.all([
      settleExceptions(operator, { batchId }),
      world.intake('raced'),
      settleExceptions(operator),
      settleExceptions(operator, { batchId }),
    ])
    expect(await rows('raced')).toEqual(await rows('raced-known'))
    const events = await settledIn('raced')
    expect(events.reduce((sum, one) => sum + one.settled, 0)).toBe(6)
  })

  it('gets it from batches of every decision, which stays; one that is being looked at anew is left to intake', async () => {
    await world.bag({ name: 'withheld', files: { 'erin/contacts.vcf': card('E', '1') } })
    await world.bag({ name: 'doubtful', files: { 'erin/contacts.vcf': card('E', '1') } })
    await writeFile(path.join(world.folder, 'doubtful/data/extra'), 'x')
    await world.look()
    for (const name of ['withheld', 'doubtful']) await world.intake(name)
    const { id: batchId } = await batchOf('withheld')
    await decideBatch(agent, { batchId, use: false, reason: 'Of another carrier?' })
    const { decisions, decidedAt } = await batchOf('withheld')
    await lookAgainAtBatch(operator, (await batchOf('doubtful')).id)
    await world.subscribers('north', ['erin'])

    await settleExceptions(operator)
    expect(await batchOf('withheld')).toMatchObject({ status: 'withheld', decisions, decidedAt, exceptions: [] })
    expect(await batchOf('withheld')).toMatchObject({ holdings: { contacts: { complete: 1 } } })
    expect(await settledIn('doubtful')).toEqual([])
    expect(await world.intake('doubtful')).toEqual({ status: 'quarantined' })
    expect(await batchOf('doubtful')).toMatchObject({ subscribers: 1, holdings: { contacts: { complete: 1 } } })
  })

  it('gets it page by page where there are many', async () => {
    const ids = Array.from({ length: 1_201 }, (_, i) => `many-${String(i).padStart(4, '0')}`)
    const known = ids.filter((_, i) => i % 5 !== 0)
    await world.take({
      name: 'many',
      files: { 'expected.csv': ids.flatMap(id => [`${id},contacts,1`, `${id},contacts,2`]).join('\n') },
    })
    expect((await batchOf('many')).exceptionCount).toBe(2_402)
    await world.subscribers('north', known)
    await settleExceptions(operator)
    expect(await batchOf('many')).toMatchObject({
      subscribers: known.length,
      exceptionCount: 2_402 - 2 * known.length,
      holdings: { contacts: { expected: 2 * known.length, complete: 0 } },
    })
    const pages = await settledIn('many')
    expect(pages.length).toBeGreaterThan(3)
    expect(Math.max(...pages.map(({ settled }) => settled))).toBeLessThanOrEqual(500)
  })

  it('gets nothing that another carrier’s batch has for the same id', async () => {
    await world.take({
      name: 'of-south',
      files: { 'fay/contacts.vcf': card('F', '1') },
      info: { 'Homeward-Carrier': 'south' },
    })
    await world.subscribers('north', ['fay'])
    await settleExceptions(operator)
    expect(await reasonsOf('of-south')).toEqual([['data/fay/contacts.vcf', 'unknown-subscriber']])
  })
})

describe('a carrier that is added after a batch was accepted', () => {
  it('gets all of the batch that is its subscribers’', async () => {
    const info = { 'Homeward-Carrier': 'west', 'Homeward-Incident': 'western' }
    await world.take({ name: 'western', files: everythingFor('gus'), info })
    await world.subscribers('north', ['gus'])
    expect(await batchOf('western')).toMatchObject({ carrier: null, subscribers: 0 })
    expect(await settleExceptions(operator)).toBe(0)

    const west = await database().carrier.create({ data: { slug: 'west', name: 'West' } })
    await world.subscribers('west', ['gus', 'ann'])
    await world.take({ name: 'western-known', files: everythingFor('gus'), info })
    await settleExceptions(operator)
    expect(await rows('western')).toEqual(await rows('western-known'))
    expect((await reasonsOf('western')).map(([, reason]) => reason)).not.toContain('unknown-carrier')
    expect(await batchOf('western')).toMatchObject({ carrier: 'west', subscribers: 2 })
    expect(await concerned('western')).toEqual(['west'])
    const { id } = await batchOf('western')
    expect(await database().batchException.count({ where: { batchId: id, carrierId: { not: west.id } } })).toBe(0)
    for (const { carrierId } of await settledIn('western')) expect(carrierId).toBe(west.id)
  })

  it('that has nobody in it yet waits for them as any other', async () => {
    const info = { 'Homeward-Carrier': 'east' }
    await world.take({ name: 'eastern', files: { 'hal/contacts.vcf': card('H', '1') }, info })
    await database().carrier.create({ data: { slug: 'east', name: 'East' } })
    await settleExceptions(operator)
    expect(await reasonsOf('eastern')).toEqual([['data/hal/contacts.vcf', 'unknown-subscriber']])
    await world.subscribers('east', ['hal'])
    await settleExceptions(operator)
    expect(await batchOf('eastern')).toMatchObject({ carrier: 'east', subscribers: 1, exceptions: [] })
  })
})

describe('a batch that names no carrier', () => {
  const info = { 'Homeward-Carrier': null, 'Homeward-Incident': 'nameless' }

  it('gives an id to the one carrier that has it by now, and is then about that carrier too', async () => {
    await world.take({
      name: 'nameless',
      files: { 'ivy/contacts.vcf': card('I', '1'), 'bob/contacts.vcf': card('B', '1') },
      info,
    })
    expect(await concerned('nameless')).toEqual(['north'])
    await world.subscribers('south', ['ivy'])
    await settleExceptions(operator)
    expect(await batchOf('nameless')).toMatchObject({ subscribers: 2, exceptions: [] })
    expect(await concerned('nameless')).toEqual(['north', 'south'])
  })

  it('gives an id of two carriers to nobody, until one has it', async () => {
    await world.take({ name: 'twins', files: { 'jo/contacts.vcf': card('J', '1') }, info })
    await world.subscribers('north', ['jo'])
    await world.subscribers('south', ['jo'])
    await settleExceptions(operator)
    expect(await reasonsOf('twins')).toEqual([['data/jo/contacts.vcf', 'subscriber-of-two-carriers']])
    expect(await settleExceptions(operator)).toBe(0)
    await database().subscriber.deleteMany({ where: { accountId: 'jo', carrier: { slug: 'south' } } })
    expect(await settleExceptions(operator)).toBe(1)
    expect(await batchOf('twins')).toMatchObject({ subscribers: 1, exceptions: [] })
  })
})

it('takes ids of any length, though nobody can have one that is longer than an account id', async () => {
  const long = 'x'.repeat(5_000)
  await world.take({ name: 'long', files: { 'expected.csv': `${long},contacts,3\n` } })
  expect((await batchOf('long')).exceptions).toMatchObject([
    { path: 'data/expected.csv:1', reason: 'unknown-subscriber' },
  ])
  expect(await settleExceptions(operator)).toBe(0)
})

it('is intake’s: no person may do it', async () => {
  await expect(settleExceptions(agent)).rejects.toMatchObject({ kind: 'not-allowed' })
})
