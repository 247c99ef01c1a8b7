import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { countIncident, countIncidents, readCounts } from '@/domain/incident/count-incident'
import { readOwnIncident } from '@/domain/incident/read-own-incident'
import { categories } from '@/domain/record/category'
import type { Settled, UndoSettled } from '@/domain/restore/outcome'
import { database } from '@/gateways/database'
import type { BatchStatus, Category, RequestStatus } from '@/prisma/generated/enums'
import { NoticeWorld } from '@/test/domain/notice/notice-world'

const publisher = system('publish-status')

let world: NoticeWorld
let incidentId: string
let otherId: string
beforeAll(async () => {
  world = await NoticeWorld.begin()
  incidentId = await world.incident('lost')
  otherId = await world.incident('other')
})
afterAll(() => world.end())

/** The same numbers in every run of the test. */
let seed = 20_091_010
function upTo(most: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * (most + 1))
}
const pick = <T>(list: readonly T[]): T => list[upTo(list.length - 1)]!

/** What is told of one holding, and which records are in it: by names that say which record it is, wherever it lies. */
interface Held {
  id: string
  subscriberId: string
  category: Category
  incidentId: string
  usable: boolean
  asOf: number
  uids: string[]
  counts: { complete: number; partial: number; damaged: number; expected: number | null }
}

interface Done {
  subscriberId: string
  category: Category
  accountId: string
  status: RequestStatus
  /** Records, and the very item that each was put as or found as. */
  put: { uid: string; holding: Held; href: string; item: object }[]
}

const held: Held[] = []
const done: Done[] = []
/** The items that lie in each account's category: the outside world that a count has to agree with. */
const lying = new Map<string, Map<string, object>>()
const lyingIn = (accountId: string, category: Category): Map<string, object> => {
  const key = `${accountId} ${category}`
  const known = lying.get(key) ?? new Map<string, object>()
  lying.set(key, known)
  return known
}

let clock = Date.parse('2009-10-12T00:00:00Z')
function next(): Date {
  clock += 1_000
  return new Date(clock)
}

async function holding(subscriberId: string, category: Category, of: string, uids: string[], asOf: number) {
  const status: BatchStatus = upTo(9) === 0 ? 'quarantined' : pick(['accepted', 'released'])
  const batch = await database().recoveryBatch.create({ data: { name: randomUUID(), status, incidentId: of } })
  const damaged = Math.min(upTo(2), uids.length)
  const partial = Math.min(upTo(3), uids.length - damaged)
  const expected = upTo(3) === 0 ? null : uids.length + upTo(20)
  const counts = { complete: uids.length - damaged - partial, partial, damaged, expected }
  const at = { carrierId: world.harbor, batchId: batch.id, subscriberId, category, asOf: new Date(asOf) }
  const { id } = await database().holding.create({ data: { ...at, ...counts } })
  const usable = status !== 'quarantined'
  const one: Held = { id, subscriberId, category, incidentId: of, usable, asOf, uids, counts }
  held.push(one)
  return one
}

const account = async (subscriberId: string) =>
  (
    await database().deviceAccount.create({
      data: { carrierId: world.harbor, subscriberId, kind: 'vdir', label: 'Phone', url: '/x', host: 'x' },
    })
  ).id

async function chunks(runId: string, category: Category, outcomes: (Settled | UndoSettled)[]): Promise<void> {
  const size = 1 + upTo(6)
  for (let from = 0; from < outcomes.length; from += size) {
    const part = outcomes.slice(from, from + size)
    const [fromOrdinal, toOrdinal] = [part[0]!.n, part.at(-1)!.n]
    const where = { runId, category, fromOrdinal, carrierId: world.harbor, toOrdinal, committedAt: next() }
    await database().outcomeChunk.create({ data: { ...where, outcomes: part as object[] } })
  }
}

/**
 * A restore of holdings into an account, as a run does it: what lies there already is found, the rest put. Answers what
 * undoes it, where it is finished.
 */
async function restore(accountId: string, asked: Held[], finished: boolean): Promise<(() => Promise<void>) | null> {
  const { subscriberId, category } = asked[0]!
  const there = lyingIn(accountId, category)
  const run = { carrierId: world.harbor, accountId }
  const { id: requestId } = await database().restoreRequest.create({
    data: {
      ...{ ...run, subscriberId, reference: randomUUID(), rule: 'merge', filingKey: randomUUID() },
      status: finished ? 'done' : 'running',
      items: {
        create: asked.map(({ id }, position) => ({ carrierId: world.harbor, category, holdingId: id, position })),
      },
    },
  })
  const mine: Done = { subscriberId, category, accountId, status: finished ? 'done' : 'running', put: [] }
  const outcomes = asked
    .flatMap(one => one.uids.map((uid, ordinal) => ({ one, uid, ordinal })))
    .map(({ one, uid, ordinal }, n): Settled => {
      const href = `/${category}/${uid}`
      const rest = { n, etag: null, verified: true }
      if (ordinal < one.counts.damaged) return { ...rest, outcome: 'skipped', reason: 'damaged', href: null }
      if (upTo(3) === 0) return { ...rest, outcome: 'skipped', reason: 'left-out', href: null }
      if (upTo(9) === 0) return { ...rest, outcome: 'failed', reason: 'server-error', href }
      const found = there.get(href)
      const item = found ?? {}
      mine.put.push({ uid, holding: one, href, item })
      if (found) return { ...rest, outcome: 'alreadyPresent', reason: 'restored-before', href }
      there.set(href, item)
      return { ...rest, outcome: pick(['created', 'merged', 'keptBoth'] as const), reason: null, href }
    })
  const counts: Record<string, number> = {}
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  const { id: runId } = await database().run.create({
    data: {
      ...{ ...run, requestId, kind: 'restore', status: finished ? 'done' : 'running' },
      categories: { create: { carrierId: world.harbor, category, counts, settled: outcomes.length } },
    },
  })
  await chunks(runId, category, outcomes)
  done.push(mine)
  return finished ? () => undo(requestId, mine, outcomes) : null
}

/** Takes away what that restore put there; what the person has changed since is spared. */
async function undo(requestId: string, mine: Done, restored: Settled[]): Promise<void> {
  const { category, accountId } = mine
  const there = lyingIn(accountId, category)
  const outcomes = restored.map(({ n, outcome, href }): UndoSettled => {
    const touched = ['created', 'merged', 'keptBoth'].includes(outcome) && href !== null
    if (!touched) return { n, outcome: 'untouched', reason: null, href: null }
    if (upTo(4) === 0) return { n, outcome: 'spared', reason: 'changed', href }
    const was = there.delete(href)
    return { n, outcome: was ? pick(['removed', 'putBack'] as const) : 'gone', reason: null, href }
  })
  const run = { carrierId: world.harbor, accountId, requestId, kind: 'undo', status: 'done' } as const
  const { id: runId } = await database().run.create({
    data: { ...run, categories: { create: { carrierId: world.harbor, category } } },
  })
  await chunks(runId, category, outcomes)
  await database().restoreRequest.update({ where: { id: requestId }, data: { status: 'undone' } })
  mine.status = 'undone'
}

/** Records of an incident that restores which stand have put or found, and that lie there: each once. */
function backOf(subscriberId: string, category: Category, of: string): number {
  const uids = done
    .filter(one => one.subscriberId === subscriberId && one.category === category && one.status === 'done')
    .flatMap(({ accountId, put }) =>
      put.filter(
        ({ href, item, holding: one }) => one.incidentId === of && lyingIn(accountId, category).get(href) === item,
      ),
    )
  return new Set(uids.map(({ uid }) => uid)).size
}

function newestOf(subscriberId: string, category: Category, of: string): Held | undefined {
  return held
    .filter(one => one.subscriberId === subscriberId && one.category === category)
    .filter(one => one.incidentId === of && one.usable)
    .sort((a, b) => b.asOf - a.asOf)[0]
}

describe('an incident’s figures', () => {
  const people: string[] = []

  beforeAll(async () => {
    for (let i = 0; i < 40; i++) {
      const subscriberId = await world.subscriber()
      people.push(subscriberId)
      for (const category of categories) {
        if (upTo(2) === 0) continue
        const uids = Array.from({ length: upTo(12) }, () => randomUUID())
        const older = await holding(subscriberId, category, pick([incidentId, incidentId, otherId]), uids, 1_000)
        const several = upTo(2) === 0
        const more = [...uids.slice(upTo(4)), ...Array.from({ length: upTo(5) }, () => randomUUID())]
        const newer = several ? await holding(subscriberId, category, incidentId, more, 2_000) : null
        // Into two accounts only of one holding: which record lies in both is then told by its place in it.
        const accounts = [await account(subscriberId), ...(newer ? [] : [await account(subscriberId)])]
        const undoings: (() => Promise<void>)[] = []
        for (let asked = upTo(4); asked > 0; asked--) {
          const which = newer ? pick([[older], [newer], [newer, older]]) : [older]
          const undoIt = await restore(pick(accounts), which, upTo(6) > 0)
          if (undoIt !== null) undoings.push(undoIt)
          // The last, or one before it, of which later ones have found what it put there.
          if (undoings.length > 0 && upTo(2) === 0) await undoings.splice(upTo(undoings.length - 1), 1)[0]?.()
        }
      }
    }
  }, 120_000)

  it.each(['incident', 'other'])('agree with what lies in people’s accounts and holdings: %s', async which => {
    const of = which === 'incident' ? incidentId : otherId
    const counts = await countIncident(publisher, of, new Date('2009-10-13T00:00:00Z'))
    for (const category of categories) {
      const newest = people.flatMap(id => newestOf(id, category, of) ?? [])
      const back = people.map(id => backOf(id, category, of))
      const sum = (of: (one: Held) => number) => newest.reduce((total, one) => total + of(one), 0)
      expect([category, counts.categories[category]]).toEqual([
        category,
        {
          people: newest.length,
          expected: sum(one => one.counts.expected ?? 0),
          expectedUnknown: newest.filter(one => one.counts.expected === null).length,
          complete: sum(one => one.counts.complete),
          partial: sum(one => one.counts.partial),
          damaged: sum(one => one.counts.damaged),
          restored: back.reduce((total, one) => total + one, 0),
          restoredPeople: back.filter(one => one > 0).length,
        },
      ])
    }
    expect(counts.affected).toBe(people.filter(id => categories.some(one => newestOf(id, one, of))).length)
    expect(counts.restoredPeople).toBe(people.filter(id => categories.some(one => backOf(id, one, of) > 0)).length)
    const row = await database().incidentCounts.findUniqueOrThrow({ where: { incidentId: of } })
    expect([readCounts(row.counts), row.countedAt]).toEqual([counts, new Date('2009-10-13T00:00:00Z')])
  })

  it('are to each subscriber what they are to everybody', async () => {
    expect(done.some(one => one.status === 'undone') && done.some(one => one.status === 'running')).toBe(true)
    for (const subscriberId of people) {
      const actor: Actor = { role: 'subscriber', subscriberId, carrierId: world.harbor, provedAt: new Date() }
      const own = await readOwnIncident(actor, incidentId, 'en')
      expect(own.categories.map(one => one.back?.records ?? 0)).toEqual(
        categories.map(category => backOf(subscriberId, category, incidentId)),
      )
    }
  })

  it('of very many records are still counted', async () => {
    const of = await world.incident('huge')
    for (let i = 0; i < 2; i++) {
      const one = await holding(await world.subscriber(), 'photos', of, [], 1_000)
      await database().recoveryBatch.updateMany({ where: { incidentId: of }, data: { status: 'accepted' } })
      await database().holding.update({
        where: { id: one.id },
        data: { complete: 2_000_000_000, expected: 2_000_000_000 },
      })
    }
    const { photos } = (await countIncident(publisher, of)).categories
    expect([photos.complete, photos.expected]).toEqual([4_000_000_000, 4_000_000_000])
  })

  it('say when they were counted, and change where something did', async () => {
    await database().incidentCounts.deleteMany({})
    expect(await countIncidents(publisher, new Date('2009-10-14T00:00:00Z'))).toBe(true)
    expect(await countIncidents(publisher, new Date('2009-10-15T00:00:00Z'))).toBe(false)
    const rows = await database().incidentCounts.findMany()
    expect(rows.every(({ countedAt }) => countedAt.toISOString() === '2009-10-15T00:00:00.000Z')).toBe(true)
  })
})
