import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { chooseLanguage } from '@/domain/subscriber/choose-language'
import { reader, transaction } from '@/domain/transaction'
import { chooseLanguages } from '@/domain/triage/choose-languages'
import { takeForEmptyHands } from '@/domain/triage/next-ticket'
import { takeNext } from '@/domain/triage/take-next'
import { languageLeadMs } from '@/domain/triage/work-languages'
import { TriageWorld } from '@/test/domain/triage/triage-world'

const hour = 3_600_000
let world: TriageWorld
let carriers: string[]

beforeAll(async () => {
  world = await TriageWorld.begin()
  carriers = [await world.carrier(), await world.carrier(), await world.carrier(), await world.carrier()]
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => world.empty())

const ago = (ms: number) => new Date(Date.now() - ms)
const next = async (actor: Actor) => (await takeNext(actor))?.ticketId ?? null

/** A sequence of numbers that is the same for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Gives out until nothing is left, and answers at which claim each ticket came. */
async function giveOut(agents: Actor[], claims: number, pick: (below: number) => number): Promise<Map<string, number>> {
  const at = new Map<string, number>()
  for (let claim = 1; claim <= claims; claim++) {
    const ticketId = await next(agents[pick(agents.length)]!)
    if (ticketId === null) break
    at.set(ticketId, claim)
    await world.settle(ticketId)
  }
  return at
}

describe('carriers', () => {
  it.each([1, 2, 3])(
    'take turns, so that few wait no longer because another’s are many (seed %i)',
    async seed => {
      const pick = seeded(seed)
      const [large, other, small] = carriers as [string, string, string]
      await world.waiting(large, 400, { since: ago(10 * hour) })
      await world.waiting(other, 40 + pick(40), { since: ago(5 * hour) })
      const few = await world.waiting(small, 10, { since: ago(hour) })
      const agents = await Promise.all([world.agent(), world.agent('fr'), world.agent()])
      const claimed = await giveOut(agents, 120, pick)
      // Each carrier has the first turn once among as many numbers as there are carriers, in an order of their own.
      few.forEach((id, at) => {
        expect(claimed.get(id), `of the small carrier, number ${at + 1}`).toBeLessThanOrEqual(
          (at + 1) * carriers.length + carriers.length - 1,
        )
      })
      // Nor do the few keep the many waiting.
      const big = await reader('every-carrier').ticket.count({
        where: { carrierId: large, status: 'resolved', waitsSince: { gt: ago(10 * hour + 1_000) } },
      })
      expect(big).toBeGreaterThan(25)
    },
    120_000,
  )

  it('are all served to the end, the oldest of each first', async () => {
    const all = await Promise.all(carriers.map((id, at) => world.waiting(id, 3 + 7 * at, { since: ago(hour) })))
    const claimed = await giveOut([await world.agent()], 1_000, () => 0)
    for (const ids of all) {
      const places = ids.map(id => claimed.get(id)!)
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }
    expect(claimed.size).toBe(all.flat().length)
  }, 60_000)

  it('lose no turn to those who work for one of them alone', async () => {
    const [large, small] = carriers as [string, string]
    await world.waiting(large, 60, { since: ago(10 * hour) })
    const few = await world.waiting(small, 4, { since: ago(hour) })
    const slug = (await reader('every-carrier').carrier.findUniqueOrThrow({ where: { id: large } })).slug
    const own = await world.agent('en', slug)
    const everybodys = await world.agent()
    const claimed = new Map<string, number>()
    for (let claim = 1; claim <= 20; claim++) {
      const theirs = await next(own)
      expect((await reader('every-carrier').ticket.findUniqueOrThrow({ where: { id: theirs! } })).carrierId).toBe(large)
      await world.settle(theirs!)
      const ticketId = await next(everybodys)
      claimed.set(ticketId!, claim)
      await world.settle(ticketId!)
    }
    few.forEach((id, at) => {
      expect(claimed.get(id)).toBeLessThanOrEqual((at + 2) * carriers.length - 1)
    })
  }, 60_000)
})

describe('languages', () => {
  it('keep a ticket for those who work in it, but not for ever', async () => {
    const [carrier] = carriers as [string]
    const [french] = await world.waiting(carrier, 1, { language: 'fr', since: ago(languageLeadMs - 60_000) })
    const reads = await world.agent('fr')
    const readsNot = await world.agent('en')
    expect(await next(readsNot)).toBeNull()
    expect((await takeNext(readsNot, new Date(Date.now() + 60_000)))?.ticketId).toBe(french)
    await world.settle(french!)
    const [again] = await world.waiting(carrier, 1, { language: 'fr', since: ago(1_000) })
    expect(await next(reads)).toBe(again)
  })

  it('come first where they are one’s own, and wait no longer than the lead behind them', async () => {
    const [carrier] = carriers as [string]
    const english = await world.waiting(carrier, 3, { since: ago(hour) })
    const [late] = await world.waiting(carrier, 1, { language: 'fr', since: ago(hour + languageLeadMs - 500) })
    const agent = await world.agent('en')
    const order: (string | null)[] = []
    for (let claim = 0; claim < 4; claim++) {
      const ticketId = await next(agent)
      order.push(ticketId)
      await world.settle(ticketId!)
    }
    expect(order).toEqual([english[0], late, english[1], english[2]])
  })

  it('are chosen by oneself or by an administrator, and by nobody else', async () => {
    const [carrier] = carriers as [string]
    const agent = await world.agent('en')
    const [french] = await world.waiting(carrier, 1, { language: 'fr', since: ago(1_000) })
    expect(await next(agent)).toBeNull()
    const another = await world.agent('en')
    await expect(chooseLanguages(another, { staffId: agent.staffId, languages: ['fr'] })).rejects.toMatchObject({
      kind: 'not-found',
    })
    await expect(chooseLanguages(agent, { staffId: agent.staffId, languages: [] })).rejects.toMatchObject({
      kind: 'bad-input',
    })
    await chooseLanguages(agent, { staffId: agent.staffId, languages: ['fr', 'en', 'fr'] })
    expect(await next(agent)).toBe(french)
    const administrator = { ...another, role: 'administrator' } as const
    await chooseLanguages(administrator, { staffId: agent.staffId, languages: ['en'] })
    const events = await reader('every-carrier').event.findMany({
      where: { kind: 'staff.languages-chosen', subject: `staff:${agent.staffId}` },
      orderBy: { seq: 'asc' },
    })
    expect(events.map(({ data }) => JSON.parse(data))).toEqual([{ languages: ['en', 'fr'] }, { languages: ['en'] }])
  })

  it('of a ticket are its subscriber’s, now and later', async () => {
    const [carrier] = carriers as [string]
    const [id] = await world.waiting(carrier, 1, { language: 'fr' })
    const ticket = () => reader('every-carrier').ticket.findUniqueOrThrow({ where: { id: id! } })
    const { subscriberId, language } = await ticket()
    expect(language).toBe('fr')
    const self = { role: 'subscriber', subscriberId, carrierId: carrier, provedAt: new Date() } as const
    await chooseLanguage(self, { subscriberId, language: 'en' })
    expect((await ticket()).language).toBe('en')
    await chooseLanguage(self, { subscriberId, language: 'fr' })
  })
})

describe('passing over', () => {
  it('goes to the one behind, of whichever carrier, and comes round', async () => {
    const [one, two] = carriers as [string, string]
    const [a, c] = await world.waiting(one, 2, { since: ago(hour) })
    const [b] = await world.waiting(two, 1, { since: ago(hour - 500) })
    const agent = await world.agent()
    const first = await next(agent)
    const seen = [first, await next(agent), await next(agent)]
    const order = [a, b, c]
    const begun = order.indexOf(first!)
    expect(seen.slice(0, 3 - begun)).toEqual(order.slice(begun))
    expect(await reader('every-carrier').ticket.count({ where: { takenBy: agent.staffId } })).toBe(1)
  })
})

describe('the statement', () => {
  it('reads a handful of rows by one index, however many wait', async () => {
    const [large, other, small] = carriers as [string, string, string]
    for (const [carrierId, count] of [
      [large, 30_000],
      [other, 20_000],
      [small, 3],
    ] as const)
      for (const language of ['en', 'fr'] as const) {
        const subscriberId = await world.subscriber(carrierId, language)
        await transaction(
          'every-carrier',
          tx => tx.$executeRaw`
          INSERT INTO tickets (id, carrier_id, subscriber_id, kind, subject, reference, waits_since)
          SELECT gen_random_uuid(), ${carrierId}::uuid, ${subscriberId}::uuid, 'other', 'A question', 'HW-' || gen_random_uuid(), now() - n * interval '1 second'
          FROM generate_series(1, ${count}) n`,
        )
      }
    const { staffId } = await world.agent()
    const owner = new pg.Client({ connectionString: world.ownerUrl })
    await owner.connect()
    await owner.query('ANALYZE tickets')
    await owner.end()
    for (const carrierId of [null, large]) {
      const asking = { staffId, languages: ['en'], carrierId, now: new Date() } as const
      const plan = await transaction('every-carrier', async tx => {
        const statement = takeForEmptyHands(asking)
        const explain = statement.sql.replace('UPDATE', 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) UPDATE')
        return tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(numbered(explain), ...statement.values)
      })
      const said = plan.map(row => row['QUERY PLAN']).join('\n')
      expect(said).toMatch(/Index (Only )?Scan using tickets_next_of_carrier_idx/)
      expect(said).not.toMatch(/Seq Scan on tickets|Rows Removed by Filter: \d{2}/)
      const read = [...said.matchAll(/tickets_next\S* .*rows=([\d.]+) loops=(\d+)/g)].map(
        ([, rows, loops]) => Number(rows) * Number(loops),
      )
      expect(read.length).toBeGreaterThan(1)
      expect(Math.max(...read), said).toBeLessThanOrEqual(2 * carriers.length)
    }
  }, 120_000)
})

const numbered = (sql: string): string => {
  let at = 0
  return sql.replaceAll('?', () => `$${++at}`)
}
