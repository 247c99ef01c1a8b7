import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Audience, audienceInput, lossCategories, requestStates } from '@/domain/notice/audience'
import { audienceSql } from '@/domain/notice/audience-sql'
import { countAudience, meansAnybody } from '@/domain/notice/count-audience'
import { listAudienceChoices } from '@/domain/notice/list-audience-choices'
import { categories } from '@/domain/record/category'
import { database } from '@/gateways/database'
import type { BatchStatus, Category, LossCategory, RequestStatus } from '@/prisma/generated/enums'
import { NoticeWorld } from '@/test/domain/notice/notice-world'

interface Held {
  category: Category
  batch: number
  expected: number | null
  complete: number
  partial: number
  damaged: number
}
interface Person {
  carrier: 'harbor' | 'boreal'
  region: string | null
  deviceModel: string | null
  language: 'en' | 'fr'
  phone: boolean
  holdings: Held[]
  /** The newest last. */
  requests: RequestStatus[]
}
const batches: { status: BatchStatus; asOf: number; incident: 'first' | 'second' | null }[] = [
  { status: 'accepted', asOf: 1, incident: 'first' },
  { status: 'released', asOf: 2, incident: 'second' },
  { status: 'quarantined', asOf: 3, incident: 'first' },
  { status: 'withheld', asOf: 4, incident: null },
  { status: 'accepted', asOf: 5, incident: 'first' },
]

const words = ['West', 'Est', 'x', "O'Brien"]
const models = ['Sidekick', 'LX', 'Slide']
const count = fc.integer({ min: 0, max: 3 })
const held: fc.Arbitrary<Held> = fc.record({
  category: fc.constantFrom(...categories),
  batch: fc.nat(batches.length - 1),
  expected: fc.option(fc.integer({ min: 0, max: 6 })),
  complete: count,
  partial: fc.constantFrom(0, 0, 1),
  damaged: fc.constantFrom(0, 0, 0, 1),
})
const person: fc.Arbitrary<Person> = fc.record({
  carrier: fc.constantFrom('harbor', 'harbor', 'harbor', 'boreal'),
  region: fc.option(fc.constantFrom(...words)),
  deviceModel: fc.option(fc.constantFrom(...models)),
  language: fc.constantFrom('en', 'fr'),
  phone: fc.boolean(),
  holdings: fc.uniqueArray(held, { maxLength: 6, selector: one => `${one.category} ${one.batch}` }),
  requests: fc.array(fc.constantFrom(...requestStates.filter(state => state !== 'none')), { maxLength: 2 }),
})
const some = <T>(values: readonly T[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: values.length }), { nil: undefined })
const conditions = fc.record({
  regions: some([...words, 'Nowhere']),
  deviceModels: some(models),
  categoriesLost: some(categories),
  lossCategories: some(lossCategories),
  requestStates: some(requestStates),
})
const audience: fc.Arbitrary<Audience> = conditions.map(
  given => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Audience,
)

// ---- what an audience means, told in plain words of our own

function newest(one: Person, incident: string | null): Held[] {
  return categories.flatMap(category => {
    const usable = one.holdings.filter(({ category: of, batch }) => {
      const { status, incident: about } = batches[batch]!
      return of === category && ['accepted', 'released'].includes(status) && (incident === null || about === incident)
    })
    return usable.sort((a, b) => batches[b.batch]!.asOf - batches[a.batch]!.asOf).slice(0, 1)
  })
}

function lossOf(one: Person): LossCategory {
  const all = newest(one, null)
  const readable = (h: Held) => h.complete + h.partial
  if (all.some(h => h.expected !== null && h.expected > 0 && readable(h) < h.expected / 2)) return 'significant'
  if (all.some(h => h.partial > 0 || h.damaged > 0 || (h.expected ?? 0) > readable(h))) return 'partly'
  return all.length === 0 || all.some(h => h.expected === null) ? 'unknown' : 'nothing'
}

function belongs(one: Person, asked: Audience, incident: string | null): boolean {
  const among = (list: readonly unknown[] | undefined, value: unknown) => list === undefined || list.includes(value)
  const lost = newest(one, incident)
    .filter(h => h.damaged > 0 || h.partial > 0 || (h.expected !== null && h.complete + h.partial < h.expected))
    .map(h => h.category)
  const chosen = asked.everyone === true || Object.keys(asked).length > 0
  return (
    chosen &&
    one.carrier === 'harbor' &&
    among(asked.regions, one.region) &&
    among(asked.deviceModels, one.deviceModel) &&
    among(asked.requestStates, one.requests.at(-1) ?? 'none') &&
    among(asked.lossCategories, lossOf(one)) &&
    (asked.categoriesLost === undefined || asked.categoriesLost.some(category => lost.includes(category)))
  )
}

// ---- the same in rows

let world: NoticeWorld
const incidents: Record<string, string> = {}
const batchIds: string[] = []
let people: (Person & { id: string })[] = []

beforeAll(async () => {
  world = await NoticeWorld.begin()
  for (const slug of ['first', 'second']) incidents[slug] = await world.incident(slug)
  for (const [at, { status, asOf, incident }] of batches.entries()) {
    const data = {
      name: `batch-${at}`,
      status,
      asOf: new Date(asOf * 1000),
      incidentId: incident && incidents[incident]!,
    }
    batchIds.push((await database().recoveryBatch.create({ data })).id)
  }
  people = fc.sample(person, { numRuns: 150, seed: 2009 }).map(one => ({ ...one, id: randomUUID() }))
  await write(people)
}, 120_000)
afterAll(() => world.end())

async function write(all: typeof people): Promise<void> {
  const db = database()
  await db.subscriber.createMany({
    data: all.map(({ id, carrier, region, deviceModel, language, phone }) => {
      const email = `${id}@people.example`
      const carrierId = world[carrier]
      return {
        id,
        carrierId,
        accountId: id,
        email,
        region,
        deviceModel,
        language,
        phone: phone ? Buffer.from('1') : null,
      }
    }),
  })
  await db.holding.createMany({
    data: all.flatMap(({ id: subscriberId, carrier, holdings }) =>
      holdings.map(({ batch, ...counts }) => {
        const asOf = new Date(batches[batch]!.asOf * 1000)
        return { ...counts, batchId: batchIds[batch]!, subscriberId, carrierId: world[carrier], asOf }
      }),
    ),
  })
  await db.deviceAccount.createMany({
    data: all.map(({ id, carrier }) => {
      return {
        id,
        carrierId: world[carrier],
        subscriberId: id,
        kind: 'vdir' as const,
        label: 'Tablet',
        url: '/x',
        host: 'x',
      }
    }),
  })
  await db.restoreRequest.createMany({
    data: all.flatMap(({ id, carrier, requests }) =>
      requests.map((status, at) => ({
        carrierId: world[carrier],
        subscriberId: id,
        accountId: id,
        reference: randomUUID(),
        filingKey: randomUUID(),
        rule: 'merge' as const,
        filedAt: new Date(at * 1000),
        status,
        declineReason: status === 'declined' ? 'other' : null,
        waitReason: status === 'waiting' || status === 'held' ? 'our-fault' : null,
      })),
    ),
  })
}

async function meant(asked: Audience, incident: string | null): Promise<string[]> {
  const incidentId = incident === null ? null : incidents[incident]!
  const rows = await database().$queryRaw<{ id: string }[]>`
    SELECT s.id FROM subscribers s WHERE ${audienceSql(asked, world.harbor, incidentId)} ORDER BY s.id`
  return rows.map(({ id }) => id)
}

describe('an audience', () => {
  it('means in rows whom it means in words', async () => {
    const asked = fc.tuple(audience, fc.constantFrom('first', 'second', null))
    let somebody = 0
    await fc.assert(
      fc.asyncProperty(asked, async ([given, incident]) => {
        const expected = people.filter(one => belongs(one, given, incident)).map(({ id }) => id)
        if (expected.length > 0) somebody++
        expect(await meant(given, incident)).toEqual(expected.sort())
      }),
      { numRuns: 150, seed: 10 },
    )
    expect(somebody).toBeGreaterThan(20)
  })

  it.each([
    ...categories.map((one): Audience => ({ categoriesLost: [one] })),
    ...lossCategories.map((one): Audience => ({ lossCategories: [one] })),
    ...requestStates.map((one): Audience => ({ requestStates: [one] })),
    { everyone: true } as Audience,
  ])('of %j is somebody, and the right people', async given => {
    const expected = people.filter(one => belongs(one, given, null)).map(({ id }) => id)
    expect(expected).not.toEqual([])
    expect(await meant(given, null)).toEqual(expected.sort())
  })

  it('of nothing chosen is nobody, and never means another carrier’s people', async () => {
    expect(await meant({}, null)).toEqual([])
    const others = new Set(people.filter(one => one.carrier === 'boreal').map(({ id }) => id))
    expect(others.size).toBeGreaterThan(0)
    expect((await meant({ everyone: true }, null)).some(id => others.has(id))).toBe(false)
  })

  it('refuses what is not known', () => {
    for (const odd of [
      { everyone: false },
      { everyone: true, regions: ['West'] },
      { regions: [] },
      { regions: [1] },
      { regions: [''] },
      { regions: ['x'.repeat(201)] },
      { regions: Array(201).fill('x') },
      { lossCategories: ['all'] },
      { requestStates: ['lost'] },
      { carrierId: randomUUID() },
      { $where: '1' },
      [],
      'everyone',
      null,
    ])
      expect(audienceInput.safeParse(odd).success, JSON.stringify(odd)).toBe(false)
  })

  it('takes a carrier’s words for nothing but words', async () => {
    for (const odd of ["'; DROP TABLE subscribers; --", '{"a"}', '\\', '%', '$1'])
      expect(await meant({ regions: [odd], deviceModels: [odd] }, null)).toEqual([])
  })
})

describe('its size', () => {
  const asked = (given: Audience) => ({ carrierId: world.harbor, incidentId: null, audience: given })

  it('is told by channel and language', async () => {
    const given: Audience = { regions: ['West', 'Est'] }
    const mine = people.filter(one => belongs(one, given, null))
    const of = (test: (one: Person) => boolean) => mine.filter(test).length
    expect(await countAudience(world.author, asked(given))).toEqual({
      people: mine.length,
      mail: mine.length,
      sms: of(one => one.phone),
      en: of(one => one.language === 'en'),
      fr: of(one => one.language === 'fr'),
    })
  })

  it('is not waited for', async () => {
    const slow = asked({ everyone: true })
    expect(await countAudience(world.author, slow, 10_000)).not.toBeNull()
    await expect(
      database().$transaction(async tx => {
        await tx.$executeRaw`LOCK TABLE subscribers IN ACCESS EXCLUSIVE MODE`
        return countAudience(world.author, slow, 100)
      }),
    ).resolves.toBeNull()
    expect(await meansAnybody(slow, 10_000)).toBe(true)
    expect(await meansAnybody(asked({ regions: ['Nowhere'] }), 10_000)).toBe(false)
  })

  it('is for the carrier’s own staff', async () => {
    for (const actor of [world.otherAuthor, world.otherApprover])
      await expect(countAudience(actor, asked({ everyone: true }))).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('what it can be chosen by', () => {
  it('is what occurs among the carrier’s own people', async () => {
    const { regions, deviceModels } = await listAudienceChoices(world.author, world.harbor)
    expect(regions).toEqual([...words].sort())
    expect(deviceModels).toEqual([...models].sort())
    await world.subscriber({ carrierId: world.boreal, region: 'Gaspésie', deviceModel: 'Nokia' })
    expect(await listAudienceChoices(world.author, world.harbor)).toEqual({ regions, deviceModels })
    await expect(listAudienceChoices(world.otherAuthor, world.harbor)).rejects.toMatchObject({ kind: 'not-found' })
  })
})
