import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { newReference } from '@/domain/restore/new-reference'
import { reader, transaction } from '@/domain/transaction'
import { countFigures } from '@/domain/triage/figures/count-figures'
import { readDashboard } from '@/domain/triage/figures/read-dashboard'
import { readFigures } from '@/domain/triage/figures/read-figures'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const counter = { role: 'system', name: 'count-figures' } as const
const hour = 3_600_000
const day = 24 * hour

let world: DecisionWorld
let lead: Agent
let other: Agent

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ben: lead, cleo: other } = world)
  const ids = [await world.filed(), await world.filed(), await world.filed()].map(one => one.requestId)
  await approveRequest(lead, { requestId: ids[0]!, version: 1 })
  await declineRequest(lead, { requestId: ids[1]!, version: 1, reason: 'asked-twice', note: '' })
}, 120_000)
afterAll(() => world?.end())

describe('figures', () => {
  it('say that nothing was counted until it was', async () => {
    expect(await readFigures(lead)).toMatchObject({ countedUntil: null, waiting: 0 })
  })

  it('tell what arrived, was decided by whom and why, and what waits', async () => {
    const now = new Date()
    expect(await countFigures(counter, now)).toEqual(now)
    const figures = await readFigures(lead)
    expect(figures.countedUntil).toEqual(now)
    expect(figures.totals).toMatchObject({ arrived: { count: 3 }, approved: { count: 1 }, declined: { count: 1 } })
    expect(figures.days).toHaveLength(7)
    expect(figures.days.at(-1)).toMatchObject({ arrived: 3, approved: 1, declined: 1, restored: 0, waiting: 1 })
    expect(figures.waiting).toBe(1)
    expect(figures.ages).toMatchObject([{ of: '1h', count: 1 }])
    expect(figures.kinds).toMatchObject([{ of: 'restore', count: 3 }])
    expect(figures.categories).toMatchObject([{ of: 'contacts', count: 3 }])
    expect(figures.reasons).toMatchObject([{ of: 'asked-twice', count: 1 }])
    expect(figures.people).toMatchObject([{ of: lead.staffId, count: 2 }])
    expect(figures.people[0]!.name).not.toBeNull()
    expect(figures.carriers).toMatchObject([{ arrived: 3, waiting: 1 }])
  })

  it('are the same counted twice, and at the same moment', async () => {
    const read = async () => ({ ...(await readFigures(lead)), countedUntil: null })
    const before = await read()
    await Promise.all([countFigures(counter), countFigures(counter), countFigures(counter)])
    expect(await read()).toEqual(before)
  })

  it('are a carrier’s own for its staff, whatever carrier they ask for', async () => {
    expect(await readFigures(other)).toMatchObject({ totals: { arrived: { count: 0 } }, carriers: [{ arrived: 0 }] })
    const asked = await readFigures(other, { carrierId: lead.carrierId! })
    expect(asked).toMatchObject({ totals: { arrived: { count: 0 } }, people: [], carriers: [] })
    await expect(readFigures(world.ann)).rejects.toEqual(refused('not-allowed'))
    await expect(countFigures(lead)).rejects.toEqual(refused('not-allowed'))
  })

  it('show a carrier its own people’s losses and no name', async () => {
    const author = { ...lead, role: 'carrier_author' } as const
    const dashboard = await readDashboard(author)
    const own = await reader(everyone).subscriber.count({ where: { carrierId: author.carrierId! } })
    expect(dashboard.losses.reduce((sum, one) => sum + one.count, 0)).toBe(own)
    expect(dashboard).toMatchObject({ totals: { arrived: { count: 3 } }, waiting: 1 })
    expect(Object.keys(dashboard)).not.toContain('people')
    await expect(readDashboard(world.ann)).rejects.toEqual(refused('not-allowed'))
  })

  it('count a long history in parts, each hour once', async () => {
    const filed = await world.filed()
    const now = new Date()
    const of = { carrierId: lead.carrierId!, subscriberId: filed.ada.subscriberId, accountId: filed.accountId }
    const rows = Array.from({ length: 100 }, (_, at) => ({
      ...of,
      id: randomUUID(),
      reference: newReference(),
      rule: 'merge' as const,
      filingKey: randomUUID(),
      filedAt: new Date(now.getTime() - (at + 1) * day),
      finishedAt: new Date(now.getTime() - at * day - hour),
      status: 'done' as const,
    }))
    await transaction(everyone, async tx => {
      await tx.restoreRequest.createMany({ data: rows })
      const { carrierId, subscriberId } = of
      await tx.ticket.createMany({
        data: rows.map(({ id: requestId, reference, filedAt }) => ({
          ...{ requestId, reference, carrierId, subscriberId, openedAt: filedAt, waitsSince: filedAt },
          status: 'resolved' as const,
        })),
      })
      await tx.triageCounted.deleteMany({})
      await tx.triageHour.deleteMany({})
    })
    let until = new Date(0)
    for (let part = 0; until < now; part++) {
      expect(part).toBeLessThan(6)
      until = await countFigures(counter, now)
    }
    const sum = (figure: 'arrived' | 'restored') =>
      reader(everyone).triageHour.aggregate({ _sum: { count: true }, where: { figure, slice: 'all' } })
    expect((await sum('arrived'))._sum.count).toBe(104)
    expect((await sum('restored'))._sum.count).toBe(100)
    const figures = await readFigures(lead, { days: 30 }, now)
    // Days begin at midnight: in the first hour of a day none of the hundred ended today.
    const since = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - 29)
    const count = rows.filter(one => one.finishedAt.getTime() >= since).length
    expect([29, 30]).toContain(count)
    expect(figures.totals.restored).toEqual({ count, meanSeconds: 23 * 3_600 })
    expect(figures.took).toMatchObject([{ of: '24h', count }])
  })

  it('begin their days where the reader’s days begin, those of 23 and 25 hours among them', async () => {
    const zone = 'America/Toronto'
    const now = new Date('2026-11-02T17:00:00Z')
    await transaction(everyone, async tx => {
      await tx.triageHour.deleteMany({})
      const of = { carrierId: lead.carrierId!, figure: 'arrived', slice: 'all', of: '' } as const
      // From the first hour of 31 October to the last of 1 November, which has 25 of them.
      const hours = Array.from({ length: 49 }, (_, at) => new Date(Date.UTC(2026, 9, 31, 4 + at)))
      await tx.triageHour.createMany({ data: hours.map(one => ({ ...of, hour: one, count: 1 })) })
    })
    const { days } = await readFigures(lead, { days: 7, timeZone: zone }, now)
    expect(days.map(one => [one.day, one.arrived])).toEqual([
      ['2026-10-27', 0],
      ['2026-10-28', 0],
      ['2026-10-29', 0],
      ['2026-10-30', 0],
      ['2026-10-31', 24],
      ['2026-11-01', 25],
      ['2026-11-02', 0],
    ])
  })
})
