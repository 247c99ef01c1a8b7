import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declineRequest } from '@/domain/restore/decline-request'
import { findOverlap } from '@/domain/restore/find-overlap'
import { reader } from '@/domain/transaction'
import { findOpenQuestion } from '@/domain/triage/find-open-question'
import { findTicket } from '@/domain/triage/find-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { readEntries } from '@/domain/triage/read-entries'
import { resolveTicket } from '@/domain/triage/resolve-ticket'
import { refused } from '@/test/domain/decision/decision-world'
import { JoinedWorld } from '@/test/domain/triage/joined-world'

let world: JoinedWorld
beforeAll(async () => {
  world = await JoinedWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const record = { file: 'contacts.vcf', ordinal: 0, title: 'Grace' }
const wish = (text: string, more: object = {}) => ({
  ...({ kind: 'missing_records', subject: 'Grace', language: 'en', aboutRequestId: world.filed.requestId } as const),
  ...{ subscriberId: world.ada.subscriberId, text, openingKey: randomUUID() },
  items: [{ category: 'contacts' as const, record }],
  ...more,
})
const tickets = () => reader('every-carrier').ticket.count({ where: { kind: 'missing_records' } })

describe('a question about what another open one is about', () => {
  it('is added to that one, once, with what it names, and waits for us there', async () => {
    const about = { kind: 'missing_records', aboutRequestId: world.filed.requestId } as const
    expect(await findOpenQuestion(world.ada, about)).toBeNull()
    const first = await openQuestion(world.ada, wish('She is missing.'))
    expect(first.joined).toBe(false)
    expect(await findOpenQuestion(world.ada, about)).toEqual({ id: first.id, reference: first.reference })
    const { person } = await world.another()
    expect(await findOpenQuestion(person, about)).toBeNull()
    const again = wish('And all the others.', { subject: 'More', items: [{ category: 'contacts', record: null }] })
    const all = await Promise.all(Array.from({ length: 4 }, () => openQuestion(world.ada, again)))
    expect(all).toEqual(all.map(() => ({ id: first.id, reference: first.reference, joined: true })))
    const { entries } = await readEntries(world.ada, { ticketId: first.id })
    expect(entries.map(({ text }) => text)).toEqual(['She is missing.', 'More\n\nAnd all the others.'])
    const { items, askedSince } = await findTicket(world.ann, first.id)
    expect(items.map(({ file }) => file).sort()).toEqual(['contacts.vcf', null].sort())
    expect(askedSince).not.toBeNull()
    expect(await tickets()).toBe(1)
    expect(await world.events(first.id)).toEqual(['ticket.opened', 'ticket.replied'])
    await expect(openQuestion(world.ada, { ...again, text: 'Something else' })).rejects.toThrow(refused('key-used'))
    // The same record is named once.
    await openQuestion(world.ada, wish('Still.'))
    expect((await findTicket(world.ann, first.id)).items).toHaveLength(2)
    await resolveTicket(world.ann, { ticketId: first.id, reason: 'put-right' })
    const next = await openQuestion(world.ada, wish('She is missing again.'))
    expect(next.joined).toBe(false)
    expect(next.id).not.toBe(first.id)
    await world.settleAll()
  })

  it('of two at the same moment is one', async () => {
    const before = await tickets()
    const all = await Promise.all(['One.', 'Two.', 'Three.'].map(text => openQuestion(world.ada, wish(text))))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(all.filter(({ joined }) => !joined)).toHaveLength(1)
    expect(await tickets()).toBe(before + 1)
    await world.settleAll()
  })

  it('is one of its own where it names no restore, or is of another kind', async () => {
    const [a, b] = [await world.ask(), await world.ask()]
    expect(a).not.toBe(b)
    const missing = await openQuestion(world.ada, wish('She is missing.'))
    const other = { ...wish('To whom?'), kind: 'wrong_account' as const, items: [] }
    expect((await openQuestion(world.ada, other)).id).not.toBe(missing.id)
    await world.settleAll()
  })
})

describe('a restore that is asked for twice', () => {
  it('says where the first one is, as long as that goes on, and to nobody else', async () => {
    const { person, filed } = await world.another()
    const items = await reader('every-carrier').requestItem.findMany({ where: { requestId: filed.requestId } })
    const holdingIds = items.map(({ holdingId }) => holdingId)
    expect(await findOverlap(person, holdingIds)).toMatchObject({ id: filed.requestId })
    expect(await findOverlap(person, [randomUUID()])).toBeNull()
    expect(await findOverlap(world.ada, holdingIds)).toBeNull()
    await declineRequest(world.ann, { requestId: filed.requestId, reason: 'asked-twice' })
    expect(await findOverlap(person, holdingIds)).toBeNull()
  })
})
