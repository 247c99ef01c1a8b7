import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadStaffMessage } from '@/domain/notification/load-staff-message'
import { declineRequest } from '@/domain/restore/decline-request'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { escalateTicket, settleTicket } from '@/domain/triage/escalate-ticket'
import { dayAhead, dayBegins } from '@/domain/triage/hold-day'
import { endHold, holdTicket } from '@/domain/triage/hold-ticket'
import { longestHold } from '@/domain/triage/joined-inputs'
import { listWatchers } from '@/domain/triage/list-watchers'
import { mergeTicket } from '@/domain/triage/merge-ticket'
import { noteTicket } from '@/domain/triage/note-ticket'
import { readEntries } from '@/domain/triage/read-entries'
import { reopenTicket, resolveTicket } from '@/domain/triage/resolve-ticket'
import { takeNext } from '@/domain/triage/take-next'
import { takeTicket } from '@/domain/triage/take-ticket'
import { unwatchTicket } from '@/domain/triage/unwatch-ticket'
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

describe('who watches a ticket', () => {
  it('is told once of each change by others, and of nothing after leaving', async () => {
    const id = await world.ask()
    const eve = await world.colleague('support_agent')
    for (const by of [ann, eve, eve]) await watchTicket(by, { ticketId: id })
    expect((await listWatchers(ann, id)).map(({ self }) => self).sort()).toEqual([false, true])
    const said = { ticketId: id, text: 'More.', language: 'en', entryKey: key() } as const
    await world.reply(id)
    await resolveTicket(ann, { ticketId: id, reason: 'put-right' })
    await world.reply(id)
    await answerTicket(eve, { ...said, after: 'resolve' })
    await reopenTicket(ben, { ticketId: id, reason: 'new-facts' })
    expect(await world.told(ann, id)).toEqual([
      ...['watched-replied', 'watched-reopened', 'watched-resolved', 'watched-reopened'],
    ])
    expect(await world.told(eve, id)).toEqual([
      ...['watched-replied', 'watched-resolved', 'watched-reopened', 'watched-reopened'],
    ])
    await unwatchTicket(eve, { ticketId: id })
    await unwatchTicket(eve, { ticketId: id })
    await world.reply(id)
    expect(await world.told(eve, id)).toHaveLength(4)
    await world.settleAll()
  })

  it('came by being named, and goes along with a merge', async () => {
    const [a, b] = [await world.ask(), await world.ask()]
    const eve = await world.colleague('support_agent')
    const { name } = await reader(everyone).staff.findUniqueOrThrow({ where: { id: eve.staffId } })
    await noteTicket(ann, { ticketId: a, text: `@${name} look`, language: 'en', entryKey: key() })
    expect(await world.watchers(a)).toEqual([eve.staffId])
    await mergeTicket(ann, { ticketId: a, intoId: b })
    await world.reply(a)
    expect(await world.told(eve, a)).toEqual(['mentioned'])
    expect(await world.told(eve, b)).toEqual(['watched-replied'])
    await world.settleAll()
  })

  it('hears of a restore by way of its request', async () => {
    const { filed } = await world.another()
    const { requestId } = filed
    const { id } = await reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })
    for (const by of [ann, ben]) await watchTicket(by, { ticketId: id })
    await declineRequest(ann, { requestId, reason: 'not-verified' })
    expect([await world.told(ann, id), await world.told(ben, id)]).toEqual([[], ['watched-resolved']])
  })

  it('is told nothing that they may not read any more, also of what was on its way', async () => {
    const id = await world.ask()
    const eve = await world.colleague('support_agent')
    await watchTicket(eve, { ticketId: id })
    await world.reply(id)
    const where = { staffId: eve.staffId, ticketId: id }
    const message = await reader(everyone).staffMessage.findFirstOrThrow({ where })
    expect(await loadStaffMessage(message.id)).toMatchObject({ template: 'watched-replied', ticket: { id } })
    await transaction(everyone, tx =>
      tx.staff.update({ where: { id: eve.staffId }, data: { role: 'incident_manager' } }),
    )
    expect(await loadStaffMessage(message.id)).toBeNull()
    await world.reply(id)
    expect(await world.told(eve, id)).toHaveLength(1)
    await world.settleAll()
  })
})

describe('escalating', () => {
  it('raises the priority, lets go of the ticket, and tells leads and watchers once each, until a lead settles it', async () => {
    const id = await world.ask()
    const eve = await world.colleague('support_lead')
    const far = world.decisions.cleo
    for (const by of [eve, ann]) await watchTicket(by, { ticketId: id })
    await takeTicket(ann, { ticketId: id })
    const { dueAt } = (await world.clocks(id))[0]!
    await escalateTicket(ann, { ticketId: id, version: 1, reason: 'data-at-risk', note: 'The bag may be gone.' })
    expect(await world.row(id)).toMatchObject({
      ...{ priority: 'high', takenBy: null, takenUntil: null, escalatedAt: expect.any(Date), version: 2 },
      ...{ status: 'open', touchedAt: expect.any(Date) },
    })
    expect((await world.clocks(id))[0]!.dueAt! < dueAt!).toBe(true)
    expect(await world.told(ben, id)).toEqual(['escalated'])
    expect(await world.told(eve, id)).toEqual(['escalated'])
    expect([await world.told(ann, id), await world.told(far, id)]).toEqual([[], []])
    const { entries } = await readEntries(ann, { ticketId: id })
    expect(entries.at(-1)).toMatchObject({
      kind: 'note',
      act: { code: 'escalated', reason: 'data-at-risk' },
      text: 'The bag may be gone.',
    })
    expect((await readEntries(world.ada, { ticketId: id })).entries).toHaveLength(1)
    await expect(escalateTicket(ann, { ticketId: id, reason: 'stuck' })).rejects.toThrow(refused('escalated'))
    await expect(settleTicket(ann, { ticketId: id })).rejects.toMatchObject({ kind: 'not-allowed' })
    await settleTicket(ben, { ticketId: id, version: 2 })
    expect(await world.row(id)).toMatchObject({ escalatedAt: null, priority: 'high' })
    await expect(settleTicket(ben, { ticketId: id })).rejects.toThrow(refused('not-escalated'))
    expect(await world.events(id)).toEqual(['ticket.opened', 'ticket.escalated', 'ticket.settled'])
    await resolveTicket(ann, { ticketId: id, reason: 'answered' })
    await expect(escalateTicket(ann, { ticketId: id, reason: 'stuck' })).rejects.toThrow(refused('escalate-resolved'))
    await world.settleAll()
  })

  it('is refused where a colleague has the ticket, and asks for a reason that there is', async () => {
    const id = await world.ask()
    await takeTicket(ben, { ticketId: id })
    await expect(escalateTicket(ann, { ticketId: id, reason: 'stuck' })).rejects.toThrow(refused('taken'))
    const odd = { ticketId: id, reason: 'because' as 'stuck' }
    await expect(escalateTicket(ben, odd)).rejects.toMatchObject({ kind: 'bad-input', field: 'reason' })
    await world.settleAll()
  })
})

describe('a day', () => {
  it.each([
    ['2026-12-24', 'Europe/Paris', '2026-12-23T23:00:00.000Z'],
    ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-11-24', 'Pacific/Kiritimati', '2026-11-23T10:00:00.000Z'],
    // The clock is put forward from midnight to one.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    // And back to midnight: what is shown twice begins once.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, at) => {
    expect(dayBegins(day, zone)?.toISOString()).toBe(at)
  })

  it('that there is not, begins never', () => {
    expect(dayBegins('2026-02-30', 'UTC')).toBeNull()
    expect(dayBegins('2026-13-01', 'UTC')).toBeNull()
    expect(dayBegins('2026-12-24', 'Nowhere/Else')).toBeNull()
  })

  it('ahead is counted on the clocks of the zone', () => {
    const late = new Date('2026-11-23T23:30:00Z')
    expect(dayAhead(late, 'UTC', 1)).toBe('2026-11-24')
    expect(dayAhead(late, 'Europe/Paris', 1)).toBe('2026-11-25')
  })
})

describe('a hold', () => {
  const wish = (days = 7) => ({
    ...({ day: dayAhead(new Date(), 'Europe/Paris', days), timeZone: 'Europe/Paris' } as const),
    ...({ reason: 'carrier-answers', entryKey: key() } as const),
  })

  /** All that is given out at a moment, which nobody has afterwards. */
  const givenOut = async (now: Date): Promise<string[]> => {
    const ids: string[] = []
    for (let next = await one(now); next !== null; next = await one(now)) ids.push(next.ticketId)
    await transaction(everyone, tx => tx.ticket.updateMany({ data: { takenBy: null, takenUntil: null } }))
    return ids
  }
  const one = async (now: Date) => takeNext(await world.colleague('support_agent'), now)

  it('keeps a ticket from everybody until its day, and no target from its time', async () => {
    await world.settleAll()
    const id = await world.ask()
    const due = (await world.clocks(id)).map(({ dueAt }) => dueAt)
    await takeTicket(ann, { ticketId: id })
    const asked = wish()
    await holdTicket(ann, { ticketId: id, version: 1, ...asked })
    await holdTicket(ann, { ticketId: id, version: 1, ...asked })
    const until = dayBegins(asked.day, 'Europe/Paris')
    const held = { heldUntil: until, waitsSince: until, heldReason: 'carrier-answers', takenBy: null, version: 2 }
    expect(await world.row(id)).toMatchObject({ ...held, status: 'open', askedSince: expect.any(Date) })
    expect((await world.clocks(id)).map(({ dueAt }) => dueAt)).toEqual(due)
    expect(await givenOut(new Date(until!.getTime() - 1_000))).not.toContain(id)
    expect(await givenOut(until!)).toContain(id)
    await world.reply(id)
    expect(await world.row(id)).toMatchObject({ heldUntil: null, heldReason: null, status: 'open' })
    expect((await world.row(id)).waitsSince <= new Date()).toBe(true)
    expect(await world.events(id)).toEqual(['ticket.opened', 'ticket.held', 'ticket.replied'])
    await world.settleAll()
  })

  it('may write to the subscriber, and is ended by hand, by an escalation and by whatever settles the ticket', async () => {
    const id = await world.ask()
    await holdTicket(ann, { ticketId: id, ...wish(), text: 'We know more on Friday.' })
    expect(await world.row(id)).toMatchObject({ askedSince: null })
    const { entries } = await readEntries(world.ada, { ticketId: id })
    expect(entries.map(({ text }) => text)).toEqual(['Where are they?', 'We know more on Friday.'])
    expect((await world.clocks(id)).find(({ clock }) => clock === 'first_response')?.metAt).toEqual(expect.any(Date))
    await endHold(ann, { ticketId: id, version: 2 })
    expect(await world.row(id)).toMatchObject({ heldUntil: null, status: 'open', version: 3 })
    await expect(endHold(ann, { ticketId: id })).rejects.toThrow(refused('not-held'))
    await holdTicket(ann, { ticketId: id, ...wish() })
    await escalateTicket(ann, { ticketId: id, reason: 'complaint' })
    expect((await world.row(id)).waitsSince <= new Date()).toBe(true)
    await holdTicket(ann, { ticketId: id, ...wish() })
    await resolveTicket(ann, { ticketId: id, reason: 'answered' })
    expect(await world.row(id)).toMatchObject({ heldUntil: null, status: 'resolved' })
    await expect(holdTicket(ann, { ticketId: id, ...wish() })).rejects.toThrow(refused('hold-not-open'))
    await world.settleAll()
  })

  it('lasts from tomorrow to 90 days, and is chosen by who has the ticket', async () => {
    const id = await world.ask()
    const hold = (days: number, more: object = {}) => holdTicket(ann, { ticketId: id, ...wish(days), ...more })
    await expect(hold(0)).rejects.toThrow(refused('hold-day-past'))
    await expect(hold(longestHold + 1)).rejects.toThrow(refused('hold-day-far'))
    await expect(hold(1, { day: '2026-02-31' })).rejects.toThrow(refused('hold-day-form'))
    await expect(hold(1, { timeZone: 'Nowhere/Else' })).rejects.toThrow(refused('hold-day-form'))
    await expect(hold(1, { version: 9 })).rejects.toThrow(refused('ticket-changed'))
    await takeTicket(ben, { ticketId: id })
    await expect(hold(1)).rejects.toThrow(refused('taken'))
    await holdTicket(ben, { ticketId: id, ...wish(1) })
    // Another day: nobody has it now.
    await hold(longestHold)
    expect((await world.row(id)).heldUntil).toEqual(dayBegins(wish(longestHold).day, 'Europe/Paris'))
    await world.settleAll()
  })
})
