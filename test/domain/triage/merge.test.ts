import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declineRequest } from '@/domain/restore/decline-request'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { changeTicket } from '@/domain/triage/change-ticket'
import { escalateTicket } from '@/domain/triage/escalate-ticket'
import { findTicket } from '@/domain/triage/find-ticket'
import { listTickets } from '@/domain/triage/find-tickets'
import { markBreaches } from '@/domain/triage/mark-breaches'
import { mergeTicket } from '@/domain/triage/merge-ticket'
import { noteTicket } from '@/domain/triage/note-ticket'
import { readEntries } from '@/domain/triage/read-entries'
import { removeEntry } from '@/domain/triage/remove-entry'
import { reopenTicket, resolveTicket } from '@/domain/triage/resolve-ticket'
import { takeTicket } from '@/domain/triage/take-ticket'
import { unmergeTicket } from '@/domain/triage/unmerge-ticket'
import { watchTicket } from '@/domain/triage/watch-ticket'
import { type Agent, refused } from '@/test/domain/decision/decision-world'
import { JoinedWorld } from '@/test/domain/triage/joined-world'

const everyone = 'every-carrier'
const key = () => randomUUID()
let world: JoinedWorld
let ann: Agent
let ben: Agent

beforeAll(async () => {
  world = await JoinedWorld.begin()
  ;({ ann, ben } = world)
}, 120_000)
afterAll(() => world?.end())

const said = async (ticketId: string, by: Parameters<typeof readEntries>[0] = ann) =>
  (await readEntries(by, { ticketId })).entries
const answer = (ticketId: string, after: 'keep' | 'wait' | 'resolve' = 'keep') =>
  answerTicket(ann, { ticketId, text: 'They come on Friday.', after, entryKey: key() })
const pair = async () => [await world.ask('First.'), await world.ask('Second.')] as const

describe('a merged ticket', () => {
  it('keeps its entries, leaves the queue and leads to the other, which shows them as its own', async () => {
    const [a, b] = await pair()
    await answer(b, 'wait')
    const asked = (await world.row(a)).askedSince
    await mergeTicket(ann, { ticketId: a, intoId: b, version: 1 })
    const [from, into] = [await world.row(a), await world.row(b)]
    expect(from).toMatchObject({ status: 'resolved', resolvedReason: 'merged', mergedInto: b, askedSince: null })
    // What nobody had answered in the one waits in the other.
    expect(into).toMatchObject({ status: 'open', askedSince: asked, mergedInto: null })
    const shown = await said(b)
    expect(shown.map(({ text, from, act }) => [text, from?.ticketId ?? null, act?.code ?? null])).toEqual([
      ['First.', a, null],
      ['Second.', null, null],
      ['They come on Friday.', null, null],
      [into.reference, a, 'merged'],
      [from.reference, null, 'took-in'],
    ])
    expect((await said(b, world.ada)).map(({ text, from }) => [text, from?.reference ?? null])).toEqual([
      ['First.', from.reference],
      ['Second.', null],
      ['They come on Friday.', null],
    ])
    expect((await said(a)).map(({ text }) => text)).toEqual(['First.', into.reference])
    expect(await world.events(a)).toEqual(['ticket.opened', 'ticket.merged'])
    expect((await world.events(b)).at(-1)).toBe('ticket.took-in')
    await world.settleAll()
  })

  it('promises nothing any more, and is listed as merged', async () => {
    const [a, b] = await pair()
    const clocks = await reader(everyone).ticketClock.count({ where: { ticketId: a } })
    expect(clocks).toBeGreaterThan(0)
    await mergeTicket(ann, { ticketId: a, intoId: b })
    const [from, into] = await listTickets(ann, [a, b])
    expect([from!.isMerged, into!.isMerged]).toEqual([true, false])
    expect([from!.service, (await findTicket(ann, a)).service]).toEqual([[], []])
    await world.settleAll()
  })

  it('takes what the subscriber writes to it into the other, once, however far that has gone on', async () => {
    const [a, b] = await pair()
    const c = await world.ask('Third.')
    await mergeTicket(ann, { ticketId: a, intoId: b })
    await mergeTicket(ann, { ticketId: b, intoId: c })
    await resolveTicket(ann, { ticketId: c, reason: 'put-right' })
    const [one, two] = await Promise.all([world.reply(a, 'Again.'), world.reply(b, 'And again.')])
    const rows = await reader(everyone).ticketEntry.findMany({ where: { id: { in: [one.entryId, two.entryId] } } })
    expect(rows.map(({ ticketId }) => ticketId)).toEqual([c, c])
    expect(await world.row(c)).toMatchObject({ status: 'open' })
    expect(await world.row(a)).toMatchObject({ status: 'resolved', mergedInto: b })
    expect((await said(c)).filter(({ act }) => act === null)).toHaveLength(5)
    // What came apart first is what was joined last.
    await expect(unmergeTicket(ann, { ticketId: a })).rejects.toThrow(refused('into-merged'))
    await unmergeTicket(ann, { ticketId: b })
    await world.reply(a, 'To the second.')
    expect((await said(b)).map(({ text }) => text)).toContain('To the second.')
    await world.settleAll()
  })

  it('is changed in nothing but what must not stay in it', async () => {
    const [a, b] = await pair()
    await mergeTicket(ann, { ticketId: a, intoId: b })
    const seen = { ticketId: a }
    for (const act of [
      () => answer(a),
      () => noteTicket(ann, { ...seen, text: 'A note.', language: 'en', entryKey: key() }),
      () => changeTicket(ann, { ...seen, priority: 'urgent' }),
      () => resolveTicket(ann, { ...seen, reason: 'answered' }),
      () => reopenTicket(ann, { ...seen, reason: 'not-solved' }),
      () => watchTicket(ann, seen),
      () => escalateTicket(ann, { ...seen, reason: 'stuck' }),
      () => mergeTicket(ann, { ...seen, intoId: b }),
    ])
      await expect(act()).rejects.toThrow(refused('ticket-merged'))
    const [first] = await said(a)
    await removeEntry(ben, { ticketId: a, entryId: first!.id, reason: 'asked-to' })
    expect((await said(b))[0]).toMatchObject({ text: '', removed: { reason: 'asked-to' } })
    await world.settleAll()
  })
})

describe('a merge', () => {
  it('is refused with itself, with another person’s or carrier’s, with one that was merged, and of one that is taken', async () => {
    const [a, b] = await pair()
    const { person, filed } = await world.another()
    const foreign = await world.ask('Mine.', person)
    const boreal = await reader(everyone).carrier.findUniqueOrThrow({ where: { slug: 'boreal' } })
    const theirs = { carrierId: boreal.id, accountId: key(), email: `${key()}@people.example` }
    const elsewhere = await transaction(everyone, async tx => {
      const { id: subscriberId } = await tx.subscriber.create({ data: theirs })
      const one = { kind: 'other', subject: 'Theirs', reference: `HW-${key()}`, waitsSince: new Date() } as const
      return (await tx.ticket.create({ data: { carrierId: boreal.id, subscriberId, ...one } })).id
    })
    const everywhere = await world.colleague('support_agent')
    const into = (intoId: string, by = ann) => mergeTicket(by, { ticketId: a, intoId })
    await expect(into(a)).rejects.toThrow(refused('into-itself'))
    await expect(into(foreign)).rejects.toThrow(refused('into-other-subscriber'))
    // Of another carrier's nobody learns that it is there but who works for both.
    await expect(into(elsewhere)).rejects.toThrow(refused('into-unknown'))
    await expect(into(key())).rejects.toThrow(refused('into-unknown'))
    await expect(into(elsewhere, everywhere)).rejects.toThrow(refused('into-other-carrier'))
    await expect(mergeTicket(ann, { ticketId: a, intoId: b, version: 7 })).rejects.toThrow(refused('ticket-changed'))
    await takeTicket(ben, { ticketId: a })
    await expect(into(b)).rejects.toThrow(refused('taken'))
    await mergeTicket(ben, { ticketId: a, intoId: b })
    const c = await world.ask('Third.')
    await expect(mergeTicket(ann, { ticketId: c, intoId: a })).rejects.toThrow(refused('into-merged'))
    await escalateTicket(ann, { ticketId: c, reason: 'stuck' })
    await expect(mergeTicket(ann, { ticketId: c, intoId: b })).rejects.toThrow(refused('merge-escalated'))
    expect(filed.requestId).not.toBe(world.filed.requestId)
    await world.settleAll()
  })

  it('of a request’s ticket waits for its request to be over; into it, it does not', async () => {
    const { person, filed } = await world.another()
    const { requestId } = filed
    const ofRequest = await reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })
    const [a, b] = [await world.ask('About it.', person), await world.ask('And more.', person)]
    await expect(mergeTicket(ann, { ticketId: ofRequest.id, intoId: a })).rejects.toThrow(refused('request-goes-on'))
    await mergeTicket(ann, { ticketId: a, intoId: ofRequest.id })
    await answer(ofRequest.id)
    await declineRequest(ann, { requestId, reason: 'asked-twice' })
    await mergeTicket(ann, { ticketId: ofRequest.id, intoId: b })
    expect(await world.row(ofRequest.id)).toMatchObject({ status: 'resolved', mergedInto: b })
    await unmergeTicket(ann, { ticketId: ofRequest.id })
    expect(await world.row(ofRequest.id)).toMatchObject({ status: 'resolved', mergedInto: null, resolvedReason: null })
  })

  it('of two into each other at the same moment is one', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const [a, b] = await pair()
      const ends = await Promise.allSettled([
        mergeTicket(ann, { ticketId: a, intoId: b }),
        mergeTicket(ben, { ticketId: b, intoId: a }),
      ])
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const lost = ends.find(end => end.status === 'rejected') as PromiseRejectedResult
      expect(['ticket-merged', 'into-merged']).toContain(lost.reason.code)
      const rows = [await world.row(a), await world.row(b)]
      expect(rows.filter(({ mergedInto }) => mergedInto === null)).toHaveLength(1)
      await world.settleAll()
    }
  })

  it('and a reply at the same moment lose nothing', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const [a, b] = await pair()
      await Promise.all([world.reply(a, `Turn ${turn}`), mergeTicket(ann, { ticketId: a, intoId: b })])
      expect((await said(b)).map(({ text }) => text)).toContain(`Turn ${turn}`)
      expect(await world.row(b)).toMatchObject({ status: 'open', askedSince: expect.any(Date) })
      expect(await world.row(a)).toMatchObject({ status: 'resolved', askedSince: null })
      await world.settleAll()
    }
  })
})

describe('un-merging', () => {
  const standing = async (id: string) => {
    const { status, waitsSince, askedSince, resolvedReason, endedAs, mergedInto, priority } = await world.row(id)
    return { status, waitsSince, askedSince, resolvedReason, endedAs, mergedInto, priority }
  }

  it('puts back both as they were, with who watched them', async () => {
    const cleo = await world.colleague('support_agent')
    for (const after of ['keep', 'wait', 'resolve'] as const) {
      const [a, b] = await pair()
      if (after !== 'keep') await answer(a, after)
      await answer(b, 'wait')
      for (const by of [ann, cleo]) await watchTicket(by, { ticketId: a })
      for (const by of [ann, ben]) await watchTicket(by, { ticketId: b })
      const before = [await standing(a), await standing(b), await world.watchers(a), await world.watchers(b)]
      await mergeTicket(ann, { ticketId: a, intoId: b })
      expect(await world.watchers(a)).toEqual([])
      expect(await world.watchers(b)).toEqual([ann, ben, cleo].map(({ staffId }) => staffId).sort())
      await unmergeTicket(ben, { ticketId: a })
      expect([await standing(a), await standing(b), await world.watchers(a), await world.watchers(b)]).toEqual(before)
      expect((await world.events(a)).slice(-2)).toEqual(['ticket.merged', 'ticket.unmerged'])
      expect((await said(b)).map(({ from }) => from)).toEqual((await said(b)).map(() => null))
      await expect(unmergeTicket(ann, { ticketId: a })).rejects.toThrow(refused('not-merged'))
    }
    await world.settleAll()
  })

  it('leaves the other as it is where something was done in it since, and who chose to watch it there', async () => {
    const cleo = await world.colleague('support_agent')
    const [a, b] = await pair()
    await answer(b, 'wait')
    await watchTicket(cleo, { ticketId: a })
    await mergeTicket(ann, { ticketId: a, intoId: b })
    await watchTicket(cleo, { ticketId: b })
    await answer(b, 'resolve')
    await unmergeTicket(ann, { ticketId: a })
    expect(await world.row(b)).toMatchObject({ status: 'resolved', askedSince: null })
    expect(await world.row(a)).toMatchObject({ status: 'open', askedSince: expect.any(Date) })
    expect(await world.watchers(a)).toEqual([cleo.staffId])
    expect(await world.watchers(b)).toEqual([cleo.staffId])
    await world.settleAll()
  })

  it('lets clocks run on that stood meanwhile: nothing was met, and nothing was missed', async () => {
    const [a, b] = await pair()
    await mergeTicket(ann, { ticketId: a, intoId: b })
    const stood = await world.clocks(a)
    expect(stood.map(({ metAt, pausedSince, dueAt }) => [metAt, pausedSince !== null, dueAt])).toEqual(
      stood.map(() => [null, true, null]),
    )
    await answer(b, 'resolve')
    await markBreaches({ role: 'system', name: 'test' }, new Date(Date.now() + 90 * 86_400_000))
    expect((await world.clocks(a)).every(({ breachedAt }) => breachedAt === null)).toBe(true)
    await unmergeTicket(ann, { ticketId: a })
    expect((await world.clocks(a)).every(({ dueAt, pausedSince }) => dueAt !== null && pausedSince === null)).toBe(true)
    await world.settleAll()
  })
})
