import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { noteAdviceShown } from '@/domain/incident/find-advice'
import { findOwnAdvice } from '@/domain/incident/find-own-advice'
import { readOwnIncident } from '@/domain/incident/read-own-incident'
import type { Outcome } from '@/domain/restore/outcome'
import { database } from '@/gateways/database'
import type { BatchStatus, Category, RequestStatus } from '@/prisma/generated/enums'
import { NoticeWorld } from '@/test/domain/notice/notice-world'

type SubscriberActor = Extract<Actor, { subscriberId: string }>

let world: NoticeWorld
let maya: SubscriberActor
let noah: SubscriberActor
let incidentId: string

beforeAll(async () => {
  world = await NoticeWorld.begin()
})
afterAll(() => world.end())

beforeEach(async () => {
  maya = await subscriber({ deviceModel: 'Kick 3' })
  noah = await subscriber({ carrierId: world.boreal })
  await database().incident.updateMany({ data: { status: 'resolved' } })
  incidentId = await world.incident(randomUUID())
})

async function subscriber(more: { carrierId?: string; deviceModel?: string }): Promise<SubscriberActor> {
  const subscriberId = await world.subscriber(more)
  return { role: 'subscriber', subscriberId, carrierId: more.carrierId ?? world.harbor, provedAt: new Date() }
}

interface Held {
  category?: Category
  status?: BatchStatus
  asOf?: string
  of?: string | null
  counts?: { complete?: number; partial?: number; damaged?: number; expected?: number | null }
}

async function holding(actor: SubscriberActor, held: Held = {}): Promise<string> {
  const { category = 'contacts', status = 'accepted', asOf = '2009-10-01', of = incidentId, counts = {} } = held
  const batch = await database().recoveryBatch.create({ data: { name: randomUUID(), status, incidentId: of } })
  const { carrierId, subscriberId } = actor
  const row = { carrierId, subscriberId, batchId: batch.id, category, asOf: new Date(asOf) }
  return (
    await database().holding.create({
      data: { ...row, complete: 0, partial: 0, damaged: 0, expected: null, ...counts },
    })
  ).id
}

interface Asked {
  status: RequestStatus
  /** Outcomes by their place in the holding; each put record lies at an item of its place. */
  outcomes?: Outcome[]
  settled?: number
  planned?: number
  undoing?: boolean
}

async function request(actor: SubscriberActor, holdingId: string, asked: Asked): Promise<string> {
  const { carrierId, subscriberId } = actor
  const { status, outcomes = [], settled = 0, planned = 0, undoing = false } = asked
  const counts: Record<string, number> = {}
  for (const one of outcomes) counts[one] = (counts[one] ?? 0) + 1
  const account = await database().deviceAccount.create({
    data: { carrierId, subscriberId, kind: 'vdir', label: 'Phone', url: '/x', host: 'x' },
  })
  const { category } = await database().holding.findUniqueOrThrow({ where: { id: holdingId } })
  const { id } = await database().restoreRequest.create({
    data: {
      ...{ carrierId, subscriberId, accountId: account.id, reference: randomUUID(), status, rule: 'merge' },
      filingKey: randomUUID(),
      items: { create: { carrierId, category, holdingId } },
    },
  })
  const run = { carrierId, requestId: id, accountId: account.id }
  await database().run.create({
    data: {
      ...{ ...run, kind: 'restore', status: status === 'done' || undoing ? 'done' : 'running' },
      categories: { create: { carrierId, category, counts, settled, planned } },
      ...(outcomes.length === 0
        ? {}
        : {
            chunks: {
              create: {
                ...{ carrierId, category, fromOrdinal: 0, toOrdinal: outcomes.length - 1 },
                outcomes: outcomes.map((outcome, n) => ({ n, outcome, href: `/${category}/${n}` })),
              },
            },
          }),
    },
  })
  if (undoing) await database().run.create({ data: { ...run, kind: 'undo' } })
  return id
}

const all = (count: number): Outcome[] => Array.from({ length: count }, () => 'created')

const contactsOf = async (actor: SubscriberActor) => {
  const { categories } = await readOwnIncident(actor, incidentId, 'en')
  return categories.find(({ category }) => category === 'contacts')!
}

describe('an incident, for one subscriber', () => {
  it('is not found where it is a draft, of another carrier, not there, or no id at all', async () => {
    const refused = { kind: 'not-found' }
    await expect(readOwnIncident(noah, incidentId, 'en')).rejects.toMatchObject(refused)
    await expect(readOwnIncident(maya, randomUUID(), 'en')).rejects.toMatchObject(refused)
    await expect(readOwnIncident(maya, 'x', 'en')).rejects.toMatchObject(refused)
    await database().incident.update({ where: { id: incidentId }, data: { status: 'draft' } })
    await expect(readOwnIncident(maya, incidentId, 'en')).rejects.toMatchObject(refused)
    for (const other of [world.author, system('test')])
      await expect(readOwnIncident(other, incidentId, 'en')).rejects.toMatchObject({ kind: 'not-allowed' })
  })

  it('says what was said, in one language, as HTML that is safe', async () => {
    const component = await database().component.create({ data: { position: 1, nameEn: 'Sync', nameFr: 'Synchro' } })
    await database().incidentUpdate.create({
      data: {
        ...{ incidentId, number: 1, status: 'identified', publishedAt: new Date() },
        ...{ bodyEn: '**Lost** <script>', bodyFr: '**Perdu**' },
        components: [{ id: component.id, from: 'operational', to: 'major_outage' }],
      },
    })
    const { updates, components, lookedBack } = await readOwnIncident(maya, incidentId, 'en')
    expect(updates.map(({ html }) => html)).toEqual(['<p><strong>Lost</strong> &lt;script&gt;</p>'])
    expect(components).toEqual([{ id: component.id, name: { en: 'Sync', fr: 'Synchro' } }])
    expect(lookedBack).toBe(false)
    expect((await readOwnIncident(maya, incidentId, 'fr')).updates[0]?.html).toBe('<p><strong>Perdu</strong></p>')
  })

  it('has every category, of nothing known to begin with', async () => {
    const { categories, open } = await readOwnIncident(maya, incidentId, 'en')
    expect(categories.map(({ category }) => category)).toEqual(['contacts', 'calendar', 'tasks', 'notes', 'photos'])
    expect(categories[0]).toMatchObject({ standing: 'none', notFound: null, status: 'not_scheduled', back: null })
    expect(open).toEqual([])
  })

  it('counts the newest usable holding of its own batches, and of nobody else', async () => {
    await holding(maya, { counts: { complete: 90 }, asOf: '2009-09-01' })
    const id = await holding(maya, { counts: { complete: 6, partial: 2, damaged: 1, expected: 12 } })
    await holding(maya, { counts: { complete: 70 }, asOf: '2009-10-02', of: null })
    await holding(maya, { counts: { complete: 80 }, asOf: '2009-10-03', status: 'quarantined' })
    await holding(await subscriber({}), { counts: { complete: 50 }, asOf: '2009-10-04' })
    expect(await contactsOf(maya)).toMatchObject({
      ...{ standing: 'ready', holdingId: id, complete: 6, partial: 2, damaged: 1, expected: 12, notFound: 3 },
    })
  })

  it('tells what is being checked from what was looked for in vain', async () => {
    await holding(maya, { counts: { complete: 5 }, status: 'quarantined' })
    expect((await contactsOf(maya)).standing).toBe('checking')
    await holding(maya, { counts: { expected: 5 } })
    expect((await contactsOf(maya)).standing).toBe('checking')
    await database().recoveryBatch.updateMany({ where: { status: 'quarantined' }, data: { status: 'accepted' } })
    expect((await contactsOf(maya)).standing).toBe('ready')
    await holding(noah)
    await database().holding.updateMany({ where: { subscriberId: maya.subscriberId }, data: { complete: 0 } })
    expect((await contactsOf(maya)).standing).toBe('nothing')
  })

  it('counts once each record that finished restores put back, and nothing that was undone', async () => {
    const id = await holding(maya, { counts: { complete: 9, expected: 9 } })
    await request(maya, id, {
      status: 'done',
      outcomes: ['created', 'merged', 'keptBoth', 'alreadyPresent', 'skipped', 'failed', 'skipped', 'skipped'],
    })
    expect((await contactsOf(maya)).back?.records).toBe(4)
    // What was left out the first time, and one that was there since.
    const last = await request(maya, id, {
      status: 'done',
      outcomes: ['alreadyPresent', 'skipped', 'skipped', 'skipped', 'created', 'created'],
    })
    await request(maya, id, { status: 'undone', outcomes: all(9) })
    await request(maya, id, { status: 'running', outcomes: all(9), undoing: true })
    const { back, underWay } = await contactsOf(maya)
    expect(back).toMatchObject({ records: 6, request: { id: last, status: 'done' } })
    expect(underWay).toBeNull()
    expect((await readOwnIncident(maya, incidentId, 'en')).open).toEqual([])
  })

  it('says how far a restore under way has come, and not that anything is back', async () => {
    const id = await holding(maya, { counts: { complete: 9 } })
    const running = await request(maya, id, { status: 'running', outcomes: all(4), settled: 4, planned: 9 })
    const { back, underWay } = await contactsOf(maya)
    expect(back).toBeNull()
    expect(underWay).toMatchObject({ settled: 4, planned: 9, request: { id: running, status: 'running' } })
    const { open, categories } = await readOwnIncident(maya, incidentId, 'en')
    expect(open.map(one => one.id)).toEqual([running])
    expect(categories.filter(one => one.underWay !== null).map(one => one.category)).toEqual(['contacts'])
  })

  it('leaves out requests for what another incident lost', async () => {
    const elsewhere = await holding(maya, { of: null, counts: { complete: 3 } })
    await request(maya, elsewhere, { status: 'done', outcomes: all(3) })
    await request(maya, elsewhere, { status: 'running' })
    const { open, categories } = await readOwnIncident(maya, incidentId, 'en')
    expect([open, categories[0]?.back, categories[0]?.underWay]).toEqual([[], null, null])
  })
})

describe('advice', () => {
  const publish = (
    version: number,
    scope: { carrierId?: string; deviceModel?: string } = {},
    doNotEn = ['reset'],
    of = incidentId,
  ) =>
    database().adviceVersion.create({
      data: {
        ...{ incidentId: of, version, ...scope, doEn: [], doFr: [] },
        ...{ doNotEn, doNotFr: doNotEn, publishedAt: new Date(1_255_000_000_000 + version) },
      },
    })

  it('is the narrowest that holds for the person; what held before for them stays readable', async () => {
    const first = await publish(1)
    const second = await publish(2)
    await publish(1, { carrierId: world.boreal })
    await publish(1, { deviceModel: 'Kick 2' })
    const own = await publish(3, { deviceModel: 'Kick 3' })
    const { advice, earlierAdvice } = await readOwnIncident(maya, incidentId, 'en')
    expect(advice?.id).toBe(own.id)
    expect(earlierAdvice.map(({ id }) => id)).toEqual([second.id, first.id])
    expect((await findOwnAdvice(maya)).map(({ id }) => id)).toEqual([own.id])
  })

  it('is pinned while the incident is open and concerns their carrier, and remembers who was shown it', async () => {
    const { id: adviceId } = await publish(1)
    const title = { en: 'Outage', fr: 'Panne' }
    const pinned = { id: adviceId, shown: false, incident: { id: incidentId, title } }
    expect(await findOwnAdvice(maya)).toMatchObject([pinned])
    await noteAdviceShown(maya, { adviceId, place: 'mail' })
    expect(await findOwnAdvice(maya)).toMatchObject([pinned])
    await noteAdviceShown(maya, { adviceId, place: 'page' })
    expect(await findOwnAdvice(maya)).toMatchObject([{ ...pinned, shown: true }])
    expect(await findOwnAdvice(await subscriber({}))).toMatchObject([pinned])
    expect(await findOwnAdvice(noah)).toEqual([])
    for (const status of ['draft', 'resolved', 'postmortem'] as const) {
      await database().incident.update({ where: { id: incidentId }, data: { status } })
      expect(await findOwnAdvice(maya)).toEqual([])
    }
  })

  it('is one for each open incident, and none that has ended', async () => {
    const other = await world.incident(randomUUID())
    await publish(1)
    const second = await publish(1, {}, ['reset'], other)
    await publish(2, {}, [])
    expect((await findOwnAdvice(maya)).map(({ id }) => id)).toEqual([second.id])
    await publish(3, {}, ['again'])
    expect(await findOwnAdvice(maya)).toHaveLength(2)
    await expect(findOwnAdvice(world.author)).rejects.toMatchObject({ kind: 'not-allowed' })
  })
})
