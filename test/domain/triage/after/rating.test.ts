import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { declineRequest } from '@/domain/restore/decline-request'
import { reader, transaction } from '@/domain/transaction'
import { rateTicket } from '@/domain/triage/after/rate-ticket'
import { longestComment } from '@/domain/triage/after/rating'
import { readRating } from '@/domain/triage/after/read-rating'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { countFigures } from '@/domain/triage/figures/count-figures'
import { readDashboard } from '@/domain/triage/figures/read-dashboard'
import { openQuestion } from '@/domain/triage/open-question'
import { reopenTicket } from '@/domain/triage/resolve-ticket'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const counter = system('count-figures')
const day = 24 * 3_600_000
type Asker = Extract<Actor, { subscriberId: string }>

let world: DecisionWorld
let ann: Agent

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ann } = world)
}, 120_000)
afterAll(() => world?.end())

const asker = async (): Promise<Asker> => (await world.guard.person()).actor
async function ticketOf(actor: Asker): Promise<string> {
  const { subscriberId } = actor
  const asked = { kind: 'other', subject: 'Notes', text: 'Where are they?', language: 'en' } as const
  return (await openQuestion(actor, { ...asked, subscriberId, openingKey: randomUUID() })).id
}
const answer = (ticketId: string, after: 'resolve' | 'keep') =>
  answerTicket(ann, { ticketId, text: 'On Friday.', after, entryKey: randomUUID() })
async function over(actor: Asker): Promise<string> {
  const id = await ticketOf(actor)
  await answer(id, 'resolve')
  return id
}
const rate = (actor: Actor, ticketId: string, score: 1 | 2 | 3 | 4 | 5, comment = '', now?: Date) =>
  rateTicket(actor, { ticketId, score, comment, language: 'en' }, now)
const rows = (ticketId: string) => reader(everyone).ticketRating.findMany({ where: { ticketId } })

describe('how it was', () => {
  it('is asked once a ticket is resolved, and given once however often it is sent', async () => {
    const actor = await asker()
    const id = await ticketOf(actor)
    expect(await readRating(actor, id)).toEqual({ rating: null, mayRate: false })
    await expect(rate(actor, id, 5)).rejects.toThrow(refused('rating-not-asked'))
    await answer(id, 'resolve')
    expect(await readRating(actor, id)).toEqual({ rating: null, mayRate: true })
    await Promise.all([rate(actor, id, 4, 'Good.'), rate(actor, id, 4, 'Good.'), rate(actor, id, 4, 'Good.')])
    expect(await rows(id)).toMatchObject([{ score: 4, comment: 'Good.', changedAt: null }])
    const happened = await world.events(`ticket:${id}`)
    expect(happened.filter(kind => kind === 'ticket.rated')).toHaveLength(1)
    expect(await readRating(ann, id)).toMatchObject({ rating: { score: 4, comment: 'Good.' }, mayRate: false })
    expect((await reader(everyone).ticket.findUniqueOrThrow({ where: { id } })).touchedAt).not.toBeNull()
  })

  it('may be changed for a week and no longer, also when the ticket was opened again', async () => {
    const actor = await asker()
    const id = await over(actor)
    const given = new Date()
    await rate(actor, id, 2, 'Slow.', given)
    await reopenTicket(ann, { ticketId: id, reason: 'not-solved' })
    const [almost, after] = [new Date(given.getTime() + 7 * day - 1_000), new Date(given.getTime() + 7 * day + 1_000)]
    await rate(actor, id, 3, '', almost)
    expect(await rows(id)).toMatchObject([{ score: 3, comment: null, givenAt: given, changedAt: almost }])
    await expect(rate(actor, id, 1, '', after)).rejects.toThrow(refused('rating-closed'))
    await rate(actor, id, 3, '', after)
    expect((await readRating(actor, id, after)).mayRate).toBe(false)
    await answer(id, 'resolve')
    expect((await readRating(actor, id, after)).mayRate).toBe(false)
  })

  it('is their own to say, within bounds', async () => {
    const actor = await asker()
    const id = await over(actor)
    await expect(rate(await asker(), id, 1)).rejects.toThrow(refused('not-found'))
    await expect(rate(ann, id, 1)).rejects.toThrow(refused('not-allowed'))
    for (const score of [0, 6, 2.5])
      await expect(rateTicket(actor, { ticketId: id, score: score as 1, language: 'en' })).rejects.toMatchObject({
        kind: 'bad-input',
        field: 'score',
      })
    await expect(rate(actor, id, 1, 'x'.repeat(longestComment + 1))).rejects.toMatchObject({ field: 'comment' })
    await rate(actor, id, 1, `\u0000 ${'x'.repeat(longestComment)} `)
    expect((await rows(id))[0]!.comment).toHaveLength(longestComment)
  })

  it.each(['not-verified', 'wrong-account'] as const)('is not asked of who was declined as %s', async reason => {
    const { ada, requestId } = await world.filed()
    const id = await over(ada.actor)
    expect((await readRating(ada.actor, id)).mayRate).toBe(true)
    await declineRequest(ann, { requestId, reason })
    expect((await readRating(ada.actor, id)).mayRate).toBe(false)
    await expect(rate(ada.actor, id, 5)).rejects.toThrow(refused('rating-not-asked'))
    await expect(rate(ada.actor, await ticketOfRequest(requestId), 5)).rejects.toThrow(refused('rating-not-asked'))
  })

  it('is asked of who was declined for another reason, and not while their data is being erased', async () => {
    const { ada, requestId } = await world.filed()
    await declineRequest(ann, { requestId, reason: 'asked-twice' })
    const ticketId = await ticketOfRequest(requestId)
    const { subscriberId, carrierId } = ada
    const erasure = { subscriberId, carrierId, source: 'own', askedBy: subscriberId }
    const { id } = await transaction(everyone, tx => tx.erasure.create({ data: erasure }))
    await expect(rate(ada.actor, ticketId, 5)).rejects.toThrow(refused('rating-not-asked'))
    await transaction(everyone, tx => tx.erasure.update({ where: { id }, data: { status: 'withdrawn' } }))
    await rate(ada.actor, ticketId, 5)
    expect(await rows(ticketId)).toHaveLength(1)
  })

  it('is asked at the end of the mail that resolves, and in no other', async () => {
    const actor = await asker()
    const id = await ticketOf(actor)
    const mails = async () => {
      const count = world.guard.sent.length
      await world.guard.deliver(actor.subscriberId)
      return world.guard.sent.slice(count).map(({ text }) => text.includes('#rating'))
    }
    await answer(id, 'keep')
    expect(await mails()).toEqual([false])
    await answer(id, 'resolve')
    expect(await mails()).toEqual([true])
    await rate(actor, id, 5)
    await answer(id, 'keep')
    expect(await mails()).toEqual([false])
  })
})

const ticketOfRequest = async (requestId: string) =>
  (await reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })).id

describe('how people found it, by the hour', () => {
  it('is counted by score and carrier, follows a change, and names nobody', async () => {
    await transaction(everyone, tx => tx.ticketRating.deleteMany({}))
    const actor = await asker()
    const [first, second] = [await over(actor), await over(actor)]
    await rate(actor, first, 1, 'A secret of mine.')
    await rate(actor, second, 5)
    await countFigures(counter)
    const read = async (carrierId = ann.carrierId!) =>
      (await readDashboard({ ...ann, role: 'carrier_author', carrierId })).ratings.map(({ of, count }) => [of, count])
    expect(await read()).toEqual([
      ['5', 1],
      ['1', 1],
    ])
    await countFigures(counter)
    const later = new Date(Date.now() + 6 * day)
    await rate(actor, first, 4, '', later)
    await countFigures(counter, later)
    expect(await read()).toEqual([
      ['5', 1],
      ['4', 1],
    ])
    expect(await read(world.cleo.carrierId!)).toEqual([])
    const counted = await reader(everyone).triageHour.findMany({ where: { figure: 'rated' } })
    expect(JSON.stringify(counted, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      new RegExp(`secret|${actor.subscriberId}`),
    )
    expect(counted.filter(({ slice }) => slice === 'all').reduce((sum, one) => sum + one.count, 0)).toBe(2)
  })
})
