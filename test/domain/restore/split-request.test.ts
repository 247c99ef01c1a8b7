import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatherPushed } from '@/domain/evidence/gather-pushed'
import { categories } from '@/domain/record/category'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { fileForPerson } from '@/domain/restore/file-for-person'
import { fileRequest } from '@/domain/restore/file-request'
import { findRequest } from '@/domain/restore/find-requests'
import { splitRequest } from '@/domain/restore/split-request'
import { undoRequest } from '@/domain/restore/undo-request'
import { reader, transaction } from '@/domain/transaction'
import { escalateTicket } from '@/domain/triage/escalate-ticket'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { linkTicket } from '@/domain/triage/link-ticket'
import { takeTicket } from '@/domain/triage/take-ticket'
import { watchTicket } from '@/domain/triage/watch-ticket'
import type { Category } from '@/prisma/generated/enums'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'
import type { Person } from '@/test/domain/identity/guard-world'
import { calendar, card, component, people } from '@/test/domain/restore/records'
import { incidentOf } from '@/test/domain/triage/mass/mass-world'

const everyone = 'every-carrier'
const operator = { role: 'system', name: 'test' } as const

let world: DecisionWorld
let ann: Agent
let ben: Agent
let ada: Person
let accountId: string
let holdings: { id: string; category: Category; asOf: Date }[]

const files = {
  'contacts.vcf': people(3),
  'calendar.ics': calendar(component('VEVENT', 'e', 'Dentist')),
  'tasks.ics': calendar(component('VTODO', 't', 'Call')),
  'notes.ics': calendar(component('VJOURNAL', 'n', 'Idea')),
}

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ann, ben } = world)
  let requestId: string
  ;({ ada, accountId, requestId } = await world.filed(files))
  await declineRequest(ann, { requestId, reason: 'asked-twice' })
  const { accountId: name } = await reader(everyone).subscriber.findUniqueOrThrow({ where: { id: ada.subscriberId } })
  // Of contacts an older batch as well: both may be asked for.
  await world.guard.restores.batch(
    'older',
    { [`${name}/contacts.vcf`]: card('o', 'Old Friend') },
    '2009-09-01T00:00:00Z',
  )
  holdings = await reader(everyone).holding.findMany({ where: { subscriberId: ada.subscriberId } })
}, 120_000)
afterAll(() => world?.end())

interface Wish {
  holdingIds: string[]
  choices: { holdingId: string; ordinal: number; leaveOut: boolean; rule: 'merge' | 'keep_both' | null }[]
}

async function filed(wish: Partial<Wish> = {}, filingKey: string = randomUUID()): Promise<string> {
  const asked = { subscriberId: ada.subscriberId, accountId, rule: 'merge', filingKey } as const
  const { id } = await fileRequest(operator, {
    ...asked,
    holdingIds: holdings.map(one => one.id),
    choices: [],
    ...wish,
  })
  return id
}
const taken = async (wish?: Partial<Wish>, by = ann): Promise<string> => {
  const requestId = await filed(wish)
  await takeTicket(by, { requestId })
  return requestId
}
const whole = (id: string) =>
  reader(everyone).restoreRequest.findUniqueOrThrow({
    where: { id },
    include: { items: true, choices: true, ticket: { include: { clocks: true, check: true } } },
  })
const categoriesOf = (items: { category: Category }[]) => categories.filter(one => items.some(i => i.category === one))
const messages = (requestId: string) => reader(everyone).message.findMany({ where: { requestId, template: 'split' } })

describe('splitting', () => {
  it('loses nothing, doubles nothing and leaves nothing in both, whatever was asked for', async () => {
    const wishes = fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }).chain(chosen =>
      fc.record({
        chosen: fc.constant(chosen),
        choices: fc.uniqueArray(
          fc.record({
            at: fc.constantFrom(...chosen),
            ordinal: fc.integer({ min: 0, max: 3 }),
            leaveOut: fc.boolean(),
            rule: fc.constantFrom('merge' as const, 'keep_both' as const, null),
          }),
          { maxLength: 8, selector: ({ at, ordinal }) => `${at} ${ordinal}` },
        ),
        going: fc.subarray([...categories]),
      }),
    )
    await fc.assert(
      fc.asyncProperty(wishes, async ({ chosen, choices, going }) => {
        const holdingIds = chosen.map(at => holdings[at]!.id)
        const said = choices.map(({ at, ...one }) => ({ holdingId: holdings[at]!.id, ...one }))
        const id = await taken({ holdingIds, choices: said })
        const before = await whole(id)
        const there = categoriesOf(before.items)
        const allThere = going.length > 0 && going.every(one => there.includes(one))
        const split = splitRequest(ann, { requestId: id, version: before.version, categories: going })
        if (!allThere || going.length === there.length) {
          await expect(split).rejects.toEqual(refused(allThere ? 'split-all' : 'split-none'))
          expect(await whole(id)).toEqual(before)
          return
        }
        const [rest, part] = [await whole(id), await whole((await split).id)]
        expect(categoriesOf(part.items)).toEqual(categories.filter(one => going.includes(one)))
        const put = <T extends { requestId: string }>(...rows: T[][]) =>
          rows
            .flat()
            .map(({ requestId: _, ...row }) => JSON.stringify(row))
            .sort()
        const after = [await whole(id), part]
        expect(put(...after.map(one => one.items))).toEqual(put(before.items))
        expect(put(...after.map(one => one.choices))).toEqual(put(before.choices))
        const partIds = new Set(part.items.map(one => one.holdingId))
        expect(after[0]!.items.some(one => partIds.has(one.holdingId))).toBe(false)
        expect(part.choices.every(one => partIds.has(one.holdingId))).toBe(true)
        const same = ({ subscriberId, accountId: to, rule, carrierId, status }: typeof rest) => [
          ...[subscriberId, to, rule, carrierId, status],
        ]
        expect(same(part)).toEqual(same(before))
      }),
      { numRuns: 25 },
    )
  }, 240_000)

  it('gives the new one a reference and a ticket of its own, which waits as long and by the same promise', async () => {
    const id = await taken()
    const before = await whole(id)
    const { id: partId, reference } = await splitRequest(ann, { requestId: id, categories: ['notes', 'tasks'] })
    const [rest, part] = [await whole(id), await whole(partId)]
    expect(part.reference).toBe(reference)
    expect(part.reference).not.toBe(rest.reference)
    expect(part.ticket).toMatchObject({ reference, waitsSince: before.ticket!.waitsSince, takenBy: null })
    expect(part.ticket!.touchedAt).not.toBeNull()
    const promised = (one: typeof part) => one.ticket!.clocks.map(({ clock, dueAt }) => [clock, dueAt]).sort()
    expect(promised(part)).toEqual(promised(before))
    expect(rest.ticket!.takenBy).toBe(ann.staffId)
    const keys = await reader(everyone).queueKey.findMany({
      where: { ticketId: { in: [rest.ticket!.id, part.ticket!.id] } },
    })
    const found = (one: typeof part, category: string) =>
      keys.some(({ ticketId, key }) => ticketId === one.ticket!.id && key === `category:${category}`)
    expect([found(part, 'notes'), found(part, 'contacts')]).toEqual([true, false])
    expect([found(rest, 'notes'), found(rest, 'contacts')]).toEqual([false, true])
  })

  it('keeps the incident and who watches, and each part is of the wave of what it asks for', async () => {
    const incidentId = await incidentOf([ada.carrierId])
    const batches = { holdings: { some: { subscriberId: ada.subscriberId } } }
    await transaction(everyone, tx => tx.recoveryBatch.updateMany({ where: batches, data: { incidentId } }))
    const id = await taken()
    const { ticket } = await whole(id)
    expect(ticket).toMatchObject({ incidentId, waveCategory: null })
    await watchTicket(ben, { ticketId: ticket!.id })
    const { id: partId } = await splitRequest(ann, {
      requestId: id,
      categories: categories.filter(one => one !== 'contacts' && holdings.some(({ category }) => category === one)),
    })
    const [rest, part] = [await whole(id), await whole(partId)]
    expect(part.ticket).toMatchObject({ incidentId, waveCategory: null, escalatedAt: null })
    expect(rest.ticket).toMatchObject({ incidentId, waveCategory: 'contacts' })
    const watchers = await reader(everyone).ticketWatcher.findMany({ where: { ticketId: part.ticket!.id } })
    expect(watchers.map(({ staffId }) => staffId)).toContain(ben.staffId)
  })

  it('stays escalated, and of the incident that a person has named', async () => {
    const other = await incidentOf([ada.carrierId])
    const id = await taken()
    const { ticket } = await whole(id)
    await linkTicket(ann, { ticketId: ticket!.id, incidentId: other, waveCategory: 'contacts' })
    await escalateTicket(ann, { ticketId: ticket!.id, reason: 'stuck' })
    await takeTicket(ann, { requestId: id })
    const { id: partId } = await splitRequest(ann, { requestId: id, categories: ['contacts'] })
    const [rest, part] = [await whole(id), await whole(partId)]
    const { escalatedAt } = rest.ticket!
    expect(escalatedAt).not.toBeNull()
    expect(part.ticket).toMatchObject({ incidentId: other, waveCategory: 'contacts', escalatedAt })
    expect(rest.ticket).toMatchObject({ incidentId: other, waveCategory: null })
  })

  it('is told once, with both references, and stands on both chains', async () => {
    const id = await taken()
    const { id: partId, reference } = await splitRequest(ann, { requestId: id, categories: ['notes'] })
    const { reference: first } = await whole(id)
    expect(await world.events(`request:${id}`)).toEqual(['request.filed', 'request.split'])
    expect(await world.events(`request:${partId}`)).toEqual(['request.filed'])
    world.guard.sent.length = 0
    await world.guard.deliver(ada.subscriberId)
    const about = world.guard.sent.filter(({ text }) => text.includes(reference))
    expect(about.map(({ channel }) => channel).sort()).toEqual(['mail', 'sms'])
    for (const { text } of about) expect(text).toContain(first)
    expect(await messages(id)).toEqual([])
    const [view, other] = [await findRequest(ann, id), await findRequest(ann, partId)]
    expect(view.parts).toEqual([{ id: partId, reference }])
    expect(other.splitFrom).toEqual({ id, reference: first })
    const { requests } = await gatherPushed(reader(everyone), { id: ada.subscriberId })
    expect(requests.find(one => one.id === partId)?.splitFromId).toBe(id)
    const tasks = await reader(everyone).task.findMany({ where: { onceKey: `rules:${partId}` } })
    expect(tasks).toEqual([])
  })

  it('still answers the form that filed it all', async () => {
    const filingKey = randomUUID()
    const id = await filed({}, filingKey)
    await takeTicket(ann, { requestId: id })
    const { id: partId } = await splitRequest(ann, { requestId: id, categories: ['notes', 'tasks'] })
    await takeTicket(ann, { requestId: partId })
    await splitRequest(ann, { requestId: partId, categories: ['notes'] })
    expect(await filed({}, filingKey)).toBe(id)
  })
})

describe('both parts', () => {
  it('are decided, restored, reported and undone on their own', async () => {
    const id = await taken({ holdingIds: holdings.filter(one => one.category !== 'contacts').map(one => one.id) })
    const { id: partId } = await splitRequest(ann, { requestId: id, categories: ['notes'] })
    await approveRequest(ann, { requestId: partId })
    expect((await whole(id)).status).toBe('filed')
    await approveRequest(ann, { requestId: id })
    for (const requestId of [partId, id]) await world.guard.restores.run(requestId)
    const reports = await Promise.all([partId, id].map(one => world.guard.restores.report(one)))
    expect(reports.map(({ categories: of }) => categories.filter(one => of[one]))).toEqual([
      ['notes'],
      ['calendar', 'tasks'],
    ])
    await undoRequest(operator, { requestId: partId })
    await world.guard.restores.run(partId)
    expect([(await whole(partId)).status, (await whole(id)).status]).toEqual(['undone', 'done'])
  })

  it('keep who had filed them for somebody: neither is approved by that person', async () => {
    const bea = await world.guard.person()
    const { accountId: name } = await reader(everyone).subscriber.findUniqueOrThrow({ where: { id: bea.subscriberId } })
    const own = Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]))
    await world.guard.restores.batch(`batch-${name}`, own)
    const { id: to } = await world.guard.restores.vdir(bea.subscriberId)
    const check = { kind: 'call_back', reference: 'CALL-1', madeAt: new Date() } as const
    const asked = { categories: ['contacts', 'notes'] as Category[], rule: 'merge', accountId: to } as const
    const wish = { subscriberId: bea.subscriberId, ...asked, check, filingKey: randomUUID() }
    const { id } = await fileForPerson(ann, { ...wish, categories: [...asked.categories] })
    await takeTicket(ben, { requestId: id })
    const { id: partId } = await splitRequest(ben, { requestId: id, categories: ['notes'] })
    await leaveTicket(ben, { requestId: id })
    for (const requestId of [id, partId])
      await expect(approveRequest(ann, { requestId })).rejects.toEqual(refused('own-filing'))
    expect((await whole(partId)).ticket!.check).toMatchObject({ kind: 'call_back', recordedBy: ann.staffId })
    expect((await approveRequest(ben, { requestId: partId })).runId).not.toBeNull()
  })
})

describe('refused', () => {
  it('to whoever has not taken it, while a colleague has, and to other carriers', async () => {
    const id = await filed()
    const asked = { requestId: id, categories: ['notes' as const] }
    await expect(splitRequest(ann, asked)).rejects.toEqual(refused('split-untaken'))
    await takeTicket(ben, { requestId: id })
    await expect(splitRequest(ann, asked)).rejects.toEqual(refused('taken'))
    await expect(splitRequest(world.cleo, asked)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(splitRequest(ben, asked, new Date(Date.now() + 3_600_000))).rejects.toEqual(refused('split-untaken'))
  })

  it('once it was approved, by half or in whole, declined, or while something was asked about it', async () => {
    const asked = async (change: (requestId: string) => Promise<unknown>, code: string) => {
      const id = await taken()
      await change(id)
      await expect(splitRequest(ann, { requestId: id, categories: ['notes'] })).rejects.toEqual(refused(code))
      expect((await whole(id)).items).toHaveLength(holdings.length)
    }
    await asked(id => approveRequest(ann, { requestId: id }), 'cannot-split')
    await asked(id => declineRequest(ann, { requestId: id, reason: 'asked-twice' }), 'cannot-split')
    await asked(id => world.asked(id), 'split-asked')
    const half = { approvedBy: randomUUID(), carrierId: ada.carrierId }
    await asked(
      id => transaction(everyone, tx => tx.requestApproval.create({ data: { requestId: id, ...half } })),
      'split-approved',
    )
  })

  it('of two at the same moment to one, who reads that it has changed', async () => {
    for (const other of ['split', 'approve'] as const) {
      const id = await taken()
      const { version } = await whole(id)
      const acts = [
        splitRequest(ann, { requestId: id, version, categories: ['notes'] }),
        other === 'split'
          ? splitRequest(ann, { requestId: id, version, categories: ['tasks'] })
          : approveRequest(ann, { requestId: id, version }),
      ]
      const ends = await Promise.allSettled<unknown>(acts)
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'stale' } })
      const parts = await reader(everyone).restoreRequest.findMany({
        where: { splitFromId: id },
        include: { items: true },
      })
      expect([...parts.flatMap(one => one.items), ...(await whole(id)).items]).toHaveLength(holdings.length)
    }
  })
})
