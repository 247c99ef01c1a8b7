import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { declineRequest } from '@/domain/restore/decline-request'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { changeTicket } from '@/domain/triage/change-ticket'
import { findTicket, findTicketOfRequest } from '@/domain/triage/find-ticket'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { listOwnTickets } from '@/domain/triage/list-tickets'
import { noteTicket } from '@/domain/triage/note-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { entriesPerPage, readEntries } from '@/domain/triage/read-entries'
import { readTicketTimeline } from '@/domain/triage/read-ticket-timeline'
import { removeEntry } from '@/domain/triage/remove-entry'
import { replyToTicket } from '@/domain/triage/reply-to-ticket'
import { reopenTicket, resolveTicket } from '@/domain/triage/resolve-ticket'
import { takeTicket } from '@/domain/triage/take-ticket'
import { longestEntry, mostOpen } from '@/domain/triage/ticket-inputs'
import { type Agent, DecisionWorld, type Filed, refused } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const key = () => randomUUID()

let world: DecisionWorld
let ann: Agent
let ben: Agent
let filed: Filed
let ada: Extract<Actor, { role: 'subscriber' }>

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ann, ben } = world)
  filed = await world.filed()
  const { subscriberId } = filed.ada
  ada = { role: 'subscriber', subscriberId, carrierId: ann.carrierId!, provedAt: null }
}, 120_000)
afterAll(() => world?.end())

const wish = () => ({
  ...({ kind: 'other', subject: 'My notes', text: 'Where are they?', language: 'en' } as const),
  subscriberId: ada.subscriberId,
  openingKey: key(),
})
const ask = async (more: { text?: string; subject?: string } = {}) =>
  (await openQuestion(ada, { ...wish(), ...more })).id
const row = (id: string) => reader(everyone).ticket.findUniqueOrThrow({ where: { id } })
const answer = (ticketId: string, more: object = {}, by: Actor = ann) =>
  answerTicket(by, { ticketId, text: 'They come on Friday.', after: 'keep', entryKey: key(), ...more })
const settleAll = () =>
  transaction(everyone, tx =>
    tx.ticket.updateMany({ where: { requestId: null }, data: { status: 'resolved', takenBy: null, takenUntil: null } }),
  )

describe('a question', () => {
  it('is one, however often its form is sent, and its key opens nothing else', async () => {
    const wanted = wish()
    const all = await Promise.all(Array.from({ length: 5 }, () => openQuestion(ada, wanted)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(await openQuestion(ada, wanted)).toEqual(all[0])
    const [ticket] = all
    expect(await reader(everyone).ticketEntry.count({ where: { ticketId: ticket!.id } })).toBe(1)
    expect(await world.events(`ticket:${ticket!.id}`)).toEqual(['ticket.opened'])
    await expect(openQuestion(ada, { ...wanted, text: 'Something else' })).rejects.toThrow(refused('key-used'))
    await settleAll()
  })

  it('names what is missing of a restore of theirs, item by item, and of no other', async () => {
    const { requestId } = filed
    const missing = { ...wish(), kind: 'missing_records' as const, aboutRequestId: requestId }
    const record = { file: 'contacts.vcf', ordinal: 0, title: 'Grace' }
    const items = [
      { category: 'contacts' as const, record: null },
      { category: 'contacts' as const, record },
    ]
    await expect(openQuestion(ada, { ...missing, items: [] })).rejects.toThrow(refused('items-missing'))
    await expect(openQuestion(ada, { ...missing, aboutRequestId: null, items })).rejects.toThrow(
      refused('request-missing'),
    )
    const photos = [{ category: 'photos' as const, record: null }]
    await expect(openQuestion(ada, { ...missing, items: photos })).rejects.toThrow(refused('items-missing'))
    const another = await world.filed()
    const foreign = { ...missing, aboutRequestId: another.requestId, items }
    await expect(openQuestion(ada, foreign)).rejects.toThrow(refused('request-missing'))
    const { id } = await openQuestion(ada, { ...missing, items })
    const found = await findTicket(ann, id)
    expect(found.items).toEqual([
      { category: 'contacts', file: null, ordinal: null, title: null },
      { category: 'contacts', ...record },
    ])
    expect(found.about?.id).toBe(requestId)
    await settleAll()
  })

  it('is one of 20 open ones at most', async () => {
    for (let i = 0; i < mostOpen; i++) await ask()
    await expect(ask()).rejects.toThrow(refused('many-open'))
    await settleAll()
    await ask()
    await settleAll()
  })

  it('holds 20,000 characters and no more, without what cannot be kept', async () => {
    const id = await ask({ text: `\u0000a\u0007b\r\nc\td\u2028${'x'.repeat(longestEntry - 8)}\ud800  ` })
    const { entries } = await readEntries(ada, { ticketId: id })
    expect(entries[0]!.text.startsWith('ab\nc\td')).toBe(true)
    expect(entries[0]!.text).toHaveLength(longestEntry)
    await expect(ask({ text: 'x'.repeat(longestEntry + 1) })).rejects.toMatchObject({
      kind: 'bad-input',
      field: 'text',
    })
    await expect(ask({ text: ' \u0000\n ' })).rejects.toMatchObject({ kind: 'bad-input', field: 'text' })
    await expect(ask({ subject: 'two\nlines' })).rejects.toMatchObject({ kind: 'bad-input', field: 'subject' })
    await settleAll()
  })
})

describe('what is said', () => {
  it('goes to and fro, and says of whom it waits', async () => {
    const id = await ask()
    expect(await row(id)).toMatchObject({ status: 'open', version: 1, askedSince: expect.any(Date) })
    await answer(id, { after: 'wait', version: 1 })
    expect(await row(id)).toMatchObject({ status: 'pending', version: 2, askedSince: null })
    expect((await findTicket(ada, id)).waitsForYou).toBe(true)
    await replyToTicket(ada, { ticketId: id, text: 'On my old phone.', language: 'en', entryKey: key() })
    expect(await row(id)).toMatchObject({ status: 'open', version: 3 })
    await answer(id, { after: 'resolve', version: 3 })
    expect(await row(id)).toMatchObject({ status: 'resolved', resolvedReason: 'answered' })
    const again = { ticketId: id, text: 'Still not there.', language: 'en', entryKey: key() } as const
    const [first, second] = await Promise.all([replyToTicket(ada, again), replyToTicket(ada, again)])
    expect(first).toEqual(second)
    expect(await row(id)).toMatchObject({ status: 'open', resolvedReason: null })
    expect(await world.events(`ticket:${id}`)).toEqual([
      ...['ticket.opened', 'ticket.asked', 'ticket.replied', 'ticket.answered', 'ticket.resolved'],
      ...['ticket.replied', 'ticket.reopened'],
    ])
    const { entries } = await readEntries(ada, { ticketId: id })
    expect(entries.map(({ kind }) => kind)).toEqual([
      ...['from_subscriber', 'to_subscriber', 'from_subscriber', 'to_subscriber', 'from_subscriber'],
    ])
    await settleAll()
  })

  it('is refused where something was said meanwhile that had not been read', async () => {
    const id = await ask()
    await replyToTicket(ada, { ticketId: id, text: 'One more thing.', language: 'en' })
    for (const stale of [
      () => answer(id, { version: 1 }),
      () => resolveTicket(ann, { ticketId: id, version: 1, reason: 'put-right' }),
      () => changeTicket(ann, { ticketId: id, version: 1, priority: 'urgent' }),
    ])
      await expect(stale()).rejects.toMatchObject({ kind: 'stale', code: 'ticket-changed' })
    expect(await row(id)).toMatchObject({ status: 'open', version: 2, priority: 'normal' })
    expect((await readEntries(ada, { ticketId: id })).entries).toHaveLength(2)
    await settleAll()
  })

  it('is one answer, however often its form is sent, also by two at once with the same version', async () => {
    const id = await ask()
    const entryKey = key()
    const twice = await Promise.all([answer(id, { version: 1, entryKey }), answer(id, { version: 1, entryKey })])
    expect(twice[0]).toEqual(twice[1])
    const settled = await Promise.allSettled([answer(id, { version: 2 }), answer(id, { version: 2 }, ben)])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await settleAll()
  })

  it('shows a subscriber no note and no name of staff', async () => {
    const id = await ask()
    await noteTicket(ann, { ticketId: id, text: 'A secret note.', language: 'en', entryKey: key() })
    await answer(id, { text: 'An open answer.' })
    const own = await readEntries(ada, { ticketId: id })
    expect(own.entries.map(({ kind }) => kind)).toEqual(['from_subscriber', 'to_subscriber'])
    expect(own.entries[1]!.writer).toMatchObject({ role: 'support_agent', name: null })
    expect(JSON.stringify(own)).not.toContain('secret')
    const staff = await readEntries(ben, { ticketId: id })
    expect(staff.entries.map(({ kind }) => kind)).toEqual(['from_subscriber', 'note', 'to_subscriber'])
    expect(staff.entries[1]!.writer?.name).toBeTruthy()
    await settleAll()
  })

  it('is read page by page, and a page before what is of another ticket is empty', async () => {
    const id = await ask()
    const other = await ask()
    const data = Array.from({ length: entriesPerPage + 5 }, (_, at) => ({
      ...{ ticketId: id, carrierId: ada.carrierId, subscriberId: ada.subscriberId, text: `No. ${at}` },
      ...({ kind: 'from_subscriber', language: 'en' } as const),
      at: new Date(Date.now() + at * 1000),
    }))
    await transaction(everyone, tx => tx.ticketEntry.createMany({ data }))
    const last = await readEntries(ada, { ticketId: id })
    expect(last.entries).toHaveLength(entriesPerPage)
    expect(last.entries.at(-1)!.text).toBe(`No. ${entriesPerPage + 4}`)
    const first = await readEntries(ada, { ticketId: id, before: last.earlier! })
    expect(first.entries.map(({ text }) => text)).toEqual([
      ...['Where are they?', 'No. 0', 'No. 1', 'No. 2', 'No. 3', 'No. 4'],
    ])
    expect(first.earlier).toBeNull()
    expect(await readEntries(ada, { ticketId: other, before: last.earlier! })).toEqual({ entries: [], earlier: null })
    await settleAll()
  })
})

describe('a ticket', () => {
  it('is taken and left by its own id, and then nobody else answers it', async () => {
    const id = await ask()
    await takeTicket(ann, { ticketId: id })
    expect((await findTicket(ben, id)).taken).toMatchObject({ own: false })
    await expect(answer(id, {}, ben)).rejects.toThrow(refused('taken'))
    await expect(resolveTicket(ben, { ticketId: id, reason: 'put-right' })).rejects.toThrow(refused('taken'))
    await noteTicket(ben, { ticketId: id, text: 'I know this one.', language: 'en', entryKey: key() })
    await leaveTicket(ben, { ticketId: id })
    await expect(answer(id, {}, ben)).rejects.toThrow(refused('taken'))
    await takeTicket(ben, { ticketId: id })
    await expect(answer(id)).rejects.toThrow(refused('taken'))
    await leaveTicket(ben, { ticketId: id })
    await answer(id, { after: 'wait' })
    expect(await row(id)).toMatchObject({ takenBy: null, takenUntil: null })
    await expect(takeTicket(ann, { ticketId: id })).rejects.toThrow(refused('nothing-to-take'))
  })

  it('is resolved and opened again, each with a reason', async () => {
    const id = await ask()
    await resolveTicket(ann, { ticketId: id, reason: 'asked-twice' })
    expect(await row(id)).toMatchObject({ status: 'resolved', resolvedReason: 'asked-twice', askedSince: null })
    await expect(resolveTicket(ann, { ticketId: id, reason: 'answered' })).rejects.toThrow(refused('ticket-resolved'))
    await reopenTicket(ben, { ticketId: id, reason: 'by-mistake' })
    await expect(reopenTicket(ben, { ticketId: id, reason: 'by-mistake' })).rejects.toThrow(refused('ticket-open'))
    const events = await readTicketTimeline(ann, id)
    expect(events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['ticket.opened', null],
      ['ticket.resolved', 'asked-twice'],
      ['ticket.reopened', 'by-mistake'],
    ])
    await settleAll()
  })

  it('gets another kind and priority, once', async () => {
    const id = await ask()
    await changeTicket(ann, { ticketId: id, kind: 'compensation', priority: 'high' })
    await changeTicket(ann, { ticketId: id, kind: 'compensation', priority: 'high' })
    expect(await row(id)).toMatchObject({ kind: 'compensation', priority: 'high', version: 2 })
    expect((await readTicketTimeline(ann, id)).at(-1)?.became).toEqual({ kind: 'compensation', priority: 'high' })
    await settleAll()
  })

  it('keeps a tombstone of what a lead took out, and nothing of what it said', async () => {
    const id = await ask({ text: 'My card number is 4000 0000.' })
    const { entries } = await readEntries(ben, { ticketId: id })
    const removal = { ticketId: id, entryId: entries[0]!.id, reason: 'personal-data' } as const
    await expect(removeEntry(ann, removal)).rejects.toThrow(refused('not-allowed'))
    await removeEntry(ben, removal)
    await expect(removeEntry(ben, removal)).rejects.toThrow(refused('entry-removed'))
    const own = await readEntries(ada, { ticketId: id })
    expect(own.entries[0]).toMatchObject({ text: '', removed: { reason: 'personal-data', by: null } })
    expect((await readEntries(ann, { ticketId: id })).entries[0]!.removed!.by).toBeTruthy()
    const left = await reader(everyone).$queryRaw`SELECT 1 FROM ticket_entries t WHERE t::text LIKE '%4000 0000%'`
    expect(left).toEqual([])
    await settleAll()
  })
})

describe('the ticket of a restore', () => {
  it('waits for the subscriber when they are asked, and stands with its request when all is answered', async () => {
    const { requestId, ada: person } = await world.filed()
    const own: Actor = {
      role: 'subscriber',
      subscriberId: person.subscriberId,
      carrierId: ann.carrierId!,
      provedAt: null,
    }
    const { id } = await findTicketOfRequest(ann, requestId)
    expect((await listOwnTickets(own)).tickets).toEqual([])
    await expect(answer(id, { after: 'resolve' })).rejects.toThrow(refused('follows-request'))
    await answer(id, { after: 'wait' })
    expect((await listOwnTickets(own)).tickets).toMatchObject([{ id, waitsForYou: true }])
    await replyToTicket(own, { ticketId: id, text: 'Yes, it is me.', language: 'en' })
    expect(await row(id)).toMatchObject({ status: 'open' })
    await declineRequest(ann, { requestId, reason: 'asked-twice' })
    // Nobody has answered what they wrote.
    expect(await row(id)).toMatchObject({ status: 'open', askedSince: expect.any(Date) })
    await answer(id)
    expect(await row(id)).toMatchObject({ status: 'resolved', askedSince: null })
    await expect(reopenTicket(ann, { ticketId: id, reason: 'not-solved' })).rejects.toThrow(refused('follows-request'))
  })

  it('needs no answer where somebody says so, and stays a restore', async () => {
    const { requestId, ada: person } = await world.filed()
    const own: Actor = {
      role: 'subscriber',
      subscriberId: person.subscriberId,
      carrierId: ann.carrierId!,
      provedAt: null,
    }
    const { id } = await findTicketOfRequest(ann, requestId)
    await expect(resolveTicket(ann, { ticketId: id, reason: 'nothing-to-do' })).rejects.toThrow(
      refused('follows-request'),
    )
    await expect(changeTicket(ann, { ticketId: id, kind: 'other', priority: 'high' })).rejects.toThrow(
      refused('follows-request'),
    )
    await declineRequest(ann, { requestId, reason: 'asked-twice' })
    await replyToTicket(own, { ticketId: id, text: 'Thank you.', language: 'en' })
    expect(await row(id)).toMatchObject({ status: 'open' })
    await resolveTicket(ann, { ticketId: id, reason: 'nothing-to-do' })
    expect(await row(id)).toMatchObject({ status: 'resolved', askedSince: null })
  })
})
