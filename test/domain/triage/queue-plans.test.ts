import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedTickets } from '@/bench/seed-tickets'
import type { Actor } from '@/domain/actor'
import { Prisma, transaction } from '@/domain/transaction'
import type { QueueFilter } from '@/domain/triage/queue-filter'
import type { Place } from '@/domain/triage/queue-place'
import { countSql, mostLookedAt, pageSql, walkOf } from '@/domain/triage/walk-queue'
import { QueueWorld } from '@/test/domain/triage/queue-world'

const few = 600
const many = 6_000

let world: QueueWorld
beforeAll(async () => {
  world = await QueueWorld.begin(few)
  await world.owner.query('VACUUM ANALYZE')
}, 120_000)
afterAll(() => world?.end())

interface Plan {
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
}

/** Pages of the database that a statement looks at, as the application's role behind the wall. */
async function pagesOf(actor: Actor, statement: Prisma.Sql): Promise<number> {
  const explained = await transaction(actor, tx =>
    tx.$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
      Prisma.sql`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${statement}`,
    ),
  )
  const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = explained[0]!['QUERY PLAN'][0].Plan
  return hit + read
}

const lists: [string, QueueFilter][] = [
  ['everything', {}],
  ['open', { status: 'open' }],
  ['to decide', { state: ['filed', 'asked'] }],
  ['French', { language: 'fr' }],
  ['English contacts', { language: 'en', category: 'contacts' }],
]

/** The place behind nine tenths of a list. */
async function deep(key: string, statuses: readonly string[], carrierId: string | null): Promise<Place> {
  const whose = carrierId === null ? '' : `AND carrier_id = '${carrierId}'`
  const { rows } = await world.owner.query<{ waits_since: Date; ticket_id: string }>(
    `SELECT waits_since, ticket_id FROM queue_keys WHERE key = $1 AND status = ANY ($2) ${whose} ORDER BY waits_since, ticket_id`,
    [key, statuses],
  )
  const { waits_since: waitsSince, ticket_id: ticketId } = rows[Math.floor(rows.length * 0.9)]!
  return { waitsSince, ticketId }
}

async function measured(actor: Actor & { carrierId: string | null }) {
  const found = []
  for (const [name, filter] of lists) {
    const walk = await walkOf(actor, filter, new Date())
    const from = await deep(walk.keys[0]!, walk.statuses, actor.carrierId)
    const page = { descending: false, take: 50 }
    found.push({
      name,
      first: await pagesOf(actor, pageSql(walk, { ...page, from: null })),
      deep: await pagesOf(actor, pageSql(walk, { ...page, from })),
      back: await pagesOf(actor, pageSql(walk, { ...page, descending: true, from })),
      counted: await pagesOf(actor, countSql(walk, 100)),
    })
  }
  return found
}

describe('a page of the queue', () => {
  it('reads no more of the database deep in the list than at its beginning, nor with ten times the tickets', async () => {
    const { harbor, boreal, everywhere } = world.agents
    const before = [await measured(harbor), await measured(everywhere)]
    for (const { carrierId } of [harbor, boreal])
      await seedTickets(world.owner, {
        carrierId: carrierId!,
        tickets: many - few,
        entriesEach: 0,
        mark: carrierId!.slice(-4),
        staffIds: [],
        atOnce: true,
      })
    await world.owner.query('VACUUM ANALYZE')
    const after = [await measured(harbor), await measured(everywhere)]
    for (const [at, lists] of after.entries())
      for (const [index, { name, first, deep, back, counted }] of lists.entries()) {
        const small = before[at]![index]!
        // An index of ten times the size may be one step deeper in each of its ranges. Where several fields narrow a list, a
        // page looks at so many tickets at most, and the small backlog has not as many.
        const most = name === 'English contacts' ? mostLookedAt : small.first * 1.3 + 30
        expect([name, 'first', first, first <= most]).toEqual([name, 'first', first, true])
        expect([name, 'deep', first, deep, deep <= first * 1.2 + 20]).toEqual([name, 'deep', first, deep, true])
        expect([name, 'back', first, back, back <= first * 1.2 + 20]).toEqual([name, 'back', first, back, true])
        const counting = name === 'English contacts' ? 10 * mostLookedAt : small.counted * 1.3 + 30
        expect([name, 'counted', counted, counted <= counting]).toEqual([name, 'counted', counted, true])
      }
  }, 240_000)
})
