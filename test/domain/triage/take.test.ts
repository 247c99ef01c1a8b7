import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { findRequest, listQueue } from '@/domain/restore/find-requests'
import { newReference } from '@/domain/restore/new-reference'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { takeForEmptyHands } from '@/domain/triage/next-ticket'
import { takeNext } from '@/domain/triage/take-next'
import { takeTicket } from '@/domain/triage/take-ticket'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const minute = 60_000

let world: DecisionWorld
let ann: Agent
let ben: Agent
let installation: Agent
let place: { carrierId: string; subscriberId: string; accountId: string }

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ann, ben } = world)
  const operator = { role: 'system', name: 'test' } as const
  const { id } = await addStaff(operator, {
    email: 'ina@staff.example',
    name: 'Ina',
    role: 'support_agent',
    carrierSlug: null,
  })
  installation = { role: 'support_agent', staffId: id, carrierId: null, provedAt: new Date() }
  const { ada, accountId } = await world.filed()
  place = { carrierId: ann.carrierId!, subscriberId: ada.subscriberId, accountId }
}, 120_000)
afterAll(() => world?.end())
beforeEach(() =>
  transaction(everyone, async tx => {
    await tx.ticket.updateMany({ data: { status: 'resolved', takenBy: null, takenUntil: null } })
  }),
)

/** Requests that wait, the first the longest, one a minute. */
async function waiting(count: number, of = place): Promise<string[]> {
  const from = Date.now() - (count + 1) * minute
  const rows = Array.from({ length: count }, (_, at) => ({
    ...of,
    id: randomUUID(),
    reference: newReference(),
    rule: 'merge' as const,
    filingKey: randomUUID(),
    filedAt: new Date(from + at * minute),
  }))
  await transaction(everyone, async tx => {
    await tx.restoreRequest.createMany({ data: rows })
    const { carrierId, subscriberId } = of
    await tx.ticket.createMany({
      data: rows.map(({ id, reference, filedAt }) => ({
        requestId: id,
        reference,
        carrierId,
        subscriberId,
        waitsSince: filedAt,
      })),
    })
  })
  return rows.map(({ id }) => id)
}

const ticketOf = (requestId: string) => reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })
const next = async (actor: Actor, now?: Date) => (await takeNext(actor, now))?.requestId ?? null

/** Two hundred people on ten connections of a busy machine may find none free for long: they press again, as nothing has begun. */
async function patiently(decide: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await decide()
    } catch (error) {
      if (!/Unable to start a transaction in the given time/.test(String(error))) throw error
    }
  }
}

describe('the next request', () => {
  it('is the one that waits the longest, and the one after it for a colleague', async () => {
    const [first, second, third] = await waiting(3)
    expect(await next(ann)).toBe(first)
    expect(await next(ben)).toBe(second)
    expect(await next(installation)).toBe(third)
    expect(await next(world.cleo)).toBeNull()
  })

  it('leaves the one that was passed over to others, and comes round to it again', async () => {
    const [first, second] = await waiting(2)
    expect(await next(ann)).toBe(first)
    expect(await next(ann)).toBe(second)
    expect(await next(ben)).toBe(first)
    expect(await next(ann)).toBeNull()
    expect(await ticketOf(second!)).toMatchObject({ takenBy: ann.staffId })
    await leaveTicket(ben, { requestId: first! })
    expect(await next(ann)).toBe(first)
  })

  it('is everybody’s again once whoever took it has walked away for 15 minutes', async () => {
    const [only] = await waiting(1)
    const now = new Date()
    await takeNext(ann, now)
    expect(await next(ben, new Date(now.getTime() + 14 * minute))).toBeNull()
    expect(await next(ben, new Date(now.getTime() + 15 * minute))).toBe(only)
  })

  it('is never one that waits for nobody here, nor what the same person approved already', async () => {
    const [approved, waits, pending] = await waiting(3)
    await transaction(everyone, async tx => {
      const { carrierId } = place
      await tx.requestApproval.create({ data: { requestId: approved!, carrierId, approvedBy: ann.staffId } })
      await tx.ticket.update({ where: { requestId: waits! }, data: { waitsSince: new Date(Date.now() + minute) } })
      await tx.ticket.update({ where: { requestId: pending! }, data: { status: 'pending' } })
    })
    expect(await next(ann)).toBeNull()
    expect(await next(ben)).toBe(approved)
  })

  it('has one owner each, however many ask at once, and none is lost', async () => {
    const { CAMPAIGN_CLAIMS: claims = '200', CAMPAIGN_AGENTS: people = '20' } = process.env
    const all = await waiting(Number(claims))
    const agents = await Promise.all(
      Array.from({ length: Number(people) }, async (_, at): Promise<Agent> => {
        const [email, name] = [`${randomUUID()}@staff.example`, `Agent ${at}`]
        const staff = { email, name, role: 'support_agent', carrierSlug: 'harbor' } as const
        const { id: staffId, carrierId } = await addStaff({ role: 'system', name: 'test' }, staff)
        return { role: 'support_agent', staffId, carrierId, provedAt: new Date() }
      }),
    )
    const owners = new Map<string, string>()
    await Promise.all(
      agents.map(async agent => {
        for (let taken = await next(agent); taken !== null; taken = await next(agent)) {
          expect([taken, owners.get(taken)]).toEqual([taken, undefined])
          owners.set(taken, agent.staffId)
          expect((await ticketOf(taken)).takenBy).toBe(agent.staffId)
          await patiently(() => declineRequest(agent, { requestId: taken, reason: 'asked-twice' }))
        }
      }),
    )
    expect(new Set(owners.keys())).toEqual(new Set(all))
    const rows = await reader(everyone).restoreRequest.findMany({ where: { id: { in: all } } })
    for (const { id, status, decidedBy } of rows) expect([status, decidedBy]).toEqual(['declined', owners.get(id)])
  }, 900_000)

  it('costs the same whatever stands before it that others work on', async () => {
    await waiting(1_500)
    await transaction(everyone, tx =>
      tx.ticket.updateMany({
        where: { status: 'open' },
        data: { takenBy: ben.staffId, takenUntil: new Date(Date.now() + 10 * minute) },
      }),
    )
    const [last] = await waiting(1)
    const asking = { staffId: ann.staffId, languages: ['en'], carrierId: ann.carrierId, now: new Date() } as const
    const { text, values } = takeForEmptyHands(asking)
    const plan = await transaction(ann, tx =>
      tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ${text}`,
        ...values,
      ),
    )
    const said = plan.map(row => row['QUERY PLAN']).join('\n')
    expect(said).toMatch(/Index Scan using tickets_next/)
    expect(said).not.toMatch(/Seq Scan on tickets|Rows Removed by Filter: \d{2}/)
    // The statement has taken it: that is what was explained.
    await leaveTicket(ann, { requestId: last! })
    expect(await next(ann)).toBe(last)
  })
})

describe('a request that a colleague works on', () => {
  it('is decided by them alone, and shows who they are', async () => {
    const { requestId } = await world.filed()
    await takeTicket(ann, { requestId })
    expect((await findRequest(ben, requestId)).taken).toMatchObject({ own: false, name: expect.any(String) })
    expect((await findRequest(ann, requestId)).taken).toMatchObject({ own: true })
    const { reference } = await world.request(requestId)
    const { requests } = await listQueue(ben, { search: reference })
    expect(requests.map(({ taken }) => taken?.own)).toEqual([false])
    await expect(approveRequest(ben, { requestId })).rejects.toEqual(refused('taken'))
    await expect(declineRequest(ben, { requestId, reason: 'asked-twice' })).rejects.toEqual(refused('taken'))
    await expect(takeTicket(installation, { requestId })).rejects.toEqual(refused('taken'))
    expect(await ticketOf(requestId)).toMatchObject({ status: 'open', takenBy: ann.staffId })
    await approveRequest(ann, { requestId })
    expect(await ticketOf(requestId)).toMatchObject({ status: 'pending', takenBy: null })
    expect((await findRequest(ben, requestId)).taken).toBeNull()
    await expect(takeTicket(ben, { requestId })).rejects.toEqual(refused('nothing-to-take'))
  })

  it('is taken over by a lead, kept for longer by its owner, and left', async () => {
    const { requestId } = await world.filed()
    const now = new Date()
    await takeTicket(ann, { requestId }, now)
    await takeTicket(ben, { requestId }, now)
    expect((await ticketOf(requestId)).takenBy).toBe(ben.staffId)
    await takeTicket(ben, { requestId }, new Date(now.getTime() + 5 * minute))
    expect((await ticketOf(requestId)).takenUntil).toEqual(new Date(now.getTime() + 20 * minute))
    await leaveTicket(ann, { requestId })
    expect((await ticketOf(requestId)).takenBy).toBe(ben.staffId)
    await leaveTicket(ben, { requestId })
    expect(await ticketOf(requestId)).toMatchObject({ takenBy: null, takenUntil: null })
  })

  it('is anybody’s to decide where nobody has taken it, or whoever has is gone', async () => {
    const { requestId } = await world.filed()
    await takeTicket(ann, { requestId }, new Date(Date.now() - 16 * minute))
    await approveRequest(ben, { requestId })
    expect((await world.request(requestId)).status).toBe('approved')
  })
})
