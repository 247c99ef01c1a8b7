import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, staffRoles, system } from '@/domain/actor'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { lockRestores } from '@/domain/identity/lock-restores'
import { noteFactorChange } from '@/domain/identity/note-factor-change'
import { findContentView } from '@/domain/record/find-content-view'
import { listContentViews, listOwnContentViews } from '@/domain/record/list-content-views'
import { openContentView } from '@/domain/record/open-content-view'
import { listViewedRecords, openViewedPhoto, readViewedRecord } from '@/domain/record/read-viewed'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import type { StaffRole } from '@/prisma/generated/enums'
import { GuardWorld, later, minutes, type Person } from '@/test/domain/identity/guard-world'

const operator = system('test')
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })
const notFound = expect.objectContaining({ name: 'Refusal', kind: 'not-found' })

let world: GuardWorld
type StaffActor = Extract<Actor, { staffId: string }>
let agent: StaffActor
let lead: StaffActor
let stranger: StaffActor
beforeAll(async () => {
  world = await GuardWorld.begin()
  await addCarrier(operator, { slug: 'boreal', name: 'Boreal Mobile', country: 'CA' })
  agent = await member('support_agent', 'harbor', 'Agnes Agent')
  lead = await member('support_lead', 'harbor', 'Lea Lead')
  stranger = await member('support_lead', 'boreal', 'Sven Stranger')
}, 120_000)
afterAll(() => world?.end())

async function member(role: StaffRole, carrierSlug: string | null, name: string): Promise<StaffActor> {
  const email = `${randomUUID()}@staff.example`
  const { id: staffId, carrierId } = await addStaff(operator, { email, name, role, carrierSlug })
  return { role, staffId, carrierId, provedAt: new Date() }
}

const note = 'The subscriber asked what the note of May says.'
const because = { requestId: null, reason: 'complaint', note } as const

/** Somebody with contacts, as their owner. */
async function subscriber(): Promise<{ ada: Person; holdingId: string }> {
  const ada = await world.person()
  await world.recovered(ada)
  const { id } = await reader('every-carrier').holding.findFirstOrThrow({
    where: { subscriberId: ada.subscriberId, category: 'contacts' },
  })
  return { ada, holdingId: id }
}

const look = (by: Actor, viewId: string) =>
  listViewedRecords(by, world.restores.open.services.storage, { viewId, page: 1, search: '', state: null })
const own = ({ actor }: Person) => listOwnContentViews({ ...actor, provedAt: new Date() })

describe('a look at what records say', () => {
  it('shows them to whoever gave a reason, and to nobody else', async () => {
    const { holdingId } = await subscriber()
    const { viewId } = await openContentView(agent, { holdingId, ...because })
    const { records, view } = await look(agent, viewId)
    expect(records.length).toBeGreaterThan(0)
    const { storage } = world.restores.open.services
    const { record } = await readViewedRecord(agent, storage, { viewId, ordinal: 0 })
    expect(record.title).toBe(records[0]!.title)
    expect(view.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 15 * minutes)
    for (const other of [lead, stranger, { ...agent, staffId: randomUUID() }]) {
      await expect(look(other, viewId)).rejects.toEqual(notFound)
      await expect(openViewedPhoto(other, storage, { viewId, ordinal: 0 })).rejects.toEqual(notFound)
    }
    await expect(openViewedPhoto(agent, storage, { viewId, ordinal: 0 })).rejects.toEqual(notFound)
    await expect(readViewedRecord(agent, storage, { viewId, ordinal: 99_999 })).rejects.toEqual(notFound)
    const demoted = { ...agent, role: 'auditor' as const }
    await expect(look(demoted, viewId)).rejects.toMatchObject({ kind: 'not-allowed' })
  })

  it('is refused without a reason, a proof, or the right to these records', async () => {
    const { ada, holdingId } = await subscriber()
    const open = (by: Actor, more: object = {}) => openContentView(by, { holdingId, ...because, ...more })
    await expect(open(agent, { note: 'short   ' })).rejects.toMatchObject({ field: 'note' })
    await expect(open(agent, { note: 'x'.repeat(1_001) })).rejects.toMatchObject({ field: 'note' })
    await expect(open(agent, { reason: 'curious' })).rejects.toMatchObject({ field: 'reason' })
    await expect(open({ ...agent, provedAt: null })).rejects.toMatchObject({ kind: 'needs-proof' })
    const stale = { ...agent, provedAt: later(new Date(), -5 * minutes - 1_000) }
    await expect(open(stale)).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(open(stranger)).rejects.toEqual(notFound)
    await expect(open(agent, { holdingId: randomUUID() })).rejects.toEqual(notFound)
    await expect(open(agent, { requestId: randomUUID() })).rejects.toEqual(notFound)
    for (const role of staffRoles.filter(one => !one.startsWith('support_')))
      await expect(open({ ...agent, role })).rejects.toMatchObject({ kind: 'not-allowed' })
    await expect(open(ada.actor)).rejects.toMatchObject({ kind: 'not-allowed' })
    expect((await own(ada)).views).toEqual([])
    await world.deliver(ada.subscriberId)
    expect(world.sent.filter(one => one.text.includes('Support looked'))).toEqual([])
  })

  it('stands in the subscriber’s own log and not in another’s, without the viewer’s name', async () => {
    const { ada, holdingId } = await subscriber()
    const { ada: bob } = await subscriber()
    await openContentView(agent, { holdingId, ...because })
    const { views } = await own(ada)
    expect(views).toHaveLength(1)
    expect(views[0]).toMatchObject({
      category: 'contacts',
      reason: 'complaint',
      note,
      by: { role: 'support_agent', carrierName: 'Harbor Wireless', name: null },
    })
    expect(JSON.stringify(views)).not.toContain('Agnes')
    expect((await own(bob)).views).toEqual([])
  })

  it('is told to every address at once, with no word of what was seen or why', async () => {
    const { ada, holdingId } = await subscriber()
    await world.deliver(ada.subscriberId)
    world.sent.length = 0
    await openContentView(agent, { holdingId, ...because })
    await world.deliver(ada.subscriberId)
    expect(world.sent.map(one => `${one.channel} ${one.to}`).sort()).toEqual([`mail ${ada.email}`, `sms ${ada.number}`])
    for (const { text } of world.sent) expect(text).not.toContain(note)
    const events = await reader('every-carrier').event.findMany({
      where: { subject: `subscriber:${ada.subscriberId}`, kind: 'content.viewed' },
    })
    expect(events).toHaveLength(1)
    expect(events[0]!.data).not.toContain(note)
    expect(events[0]!.actorId).toBe(agent.staffId)
  })

  it('is one, told once, however often the button is pressed, also at the same moment', async () => {
    const { ada, holdingId } = await subscriber()
    const all = await Promise.all(Array.from({ length: 8 }, () => openContentView(agent, { holdingId, ...because })))
    expect(new Set(all.map(({ viewId }) => viewId)).size).toBe(1)
    expect((await own(ada)).views).toHaveLength(1)
    await openContentView(agent, { holdingId, ...because, note: `${note} Again.` })
    expect((await own(ada)).views).toHaveLength(2)
  })

  it('is over after a quarter of an hour', async () => {
    const { holdingId } = await subscriber()
    const now = new Date()
    const { viewId } = await openContentView(agent, { holdingId, ...because }, now)
    await expect(findContentView(agent, viewId, later(now, 15 * minutes - 1))).resolves.toMatchObject({ id: viewId })
    await expect(findContentView(agent, viewId, later(now, 15 * minutes))).rejects.toEqual(notFound)
  })

  it('ends where the batch is withheld', async () => {
    const { holdingId } = await subscriber()
    const { viewId } = await openContentView(agent, { holdingId, ...because })
    await transaction('every-carrier', async tx => {
      const { batchId } = await tx.holding.findUniqueOrThrow({ where: { id: holdingId } })
      await tx.recoveryBatch.update({ where: { id: batchId }, data: { status: 'withheld' } })
    })
    await expect(look(agent, viewId)).rejects.toEqual(notFound)
    await expect(openContentView(agent, { holdingId, ...because })).rejects.toEqual(notFound)
  })
})

describe('while the subscriber is held', () => {
  it('frozen: leads alone look, and an agent’s open look ends', async () => {
    const { ada, holdingId } = await subscriber()
    const { viewId } = await openContentView(agent, { holdingId, ...because })
    await freezeSubscriber(operator, ada)
    await expect(look(agent, viewId)).rejects.toEqual(refused('look-held'))
    await expect(openContentView(agent, { holdingId, ...because, note: `${note} 2` })).rejects.toEqual(
      refused('look-held'),
    )
    const opened = await openContentView(lead, { holdingId, ...because })
    expect((await look(lead, opened.viewId)).records.length).toBeGreaterThan(0)
  })

  it('a factor changed: whoever calls may not be the subscriber, so leads alone look', async () => {
    const { ada, holdingId } = await subscriber()
    const { carrierId, subscriberId } = ada
    await transaction('every-carrier', tx =>
      noteFactorChange(tx, operator, { carrierId, subscriberId, factor: 'sim', changedAt: new Date(), previous: null }),
    )
    await expect(openContentView(agent, { holdingId, ...because })).rejects.toEqual(refused('look-held'))
    await expect(openContentView(lead, { holdingId, ...because })).resolves.toBeTruthy()
  })

  it('locked: nobody looks', async () => {
    const { ada, holdingId } = await subscriber()
    await lockRestores(operator, ada)
    for (const by of [agent, lead])
      await expect(openContentView(by, { holdingId, ...because })).rejects.toEqual(refused('look-locked'))
  })
})

describe('the list of looks', () => {
  it('names who looked to leads and auditors of the carrier, and tells other carriers nothing', async () => {
    const { ada, holdingId } = await subscriber()
    const { viewId } = await openContentView(agent, { holdingId, ...because })
    const auditor = await member('auditor', null, 'Ada Auditor')
    for (const by of [lead, auditor]) {
      const { views } = await listContentViews(by)
      expect(views.find(({ id }) => id === viewId)).toMatchObject({
        by: { name: 'Agnes Agent' },
        subscriber: { accountId: expect.stringMatching(/^P-/) },
      })
    }
    expect((await listContentViews(stranger)).views).toEqual([])
    expect((await listContentViews(stranger, { after: viewId })).views).toEqual([])
    await expect(async () => listContentViews(agent)).rejects.toMatchObject({ kind: 'not-allowed' })
    await expect(async () => listContentViews(ada.actor)).rejects.toMatchObject({ kind: 'not-allowed' })
    await expect(look(auditor, viewId)).rejects.toMatchObject({ kind: 'not-allowed' })
  })

  it('is read page by page, each look once', async () => {
    const { ada, holdingId } = await subscriber()
    for (let time = 0; time < 53; time++)
      await openContentView(agent, { holdingId, ...because, note: `${note} ${time}` })
    const first = await own(ada)
    expect(first.views).toHaveLength(50)
    const rest = await listOwnContentViews(ada.actor, { after: first.next! })
    expect(rest).toMatchObject({ next: null })
    expect(new Set([...first.views, ...rest.views].map(({ id }) => id)).size).toBe(53)
  })

  it('is not made undone: the portal may take the words of a reason away and nothing else', async () => {
    const { holdingId } = await subscriber()
    const { viewId } = await openContentView(agent, { holdingId, ...because })
    const where = { id: viewId }
    const tried = [
      () => transaction('every-carrier', tx => tx.contentView.deleteMany({ where })),
      () => transaction('every-carrier', tx => tx.contentView.updateMany({ where, data: { reason: 'asked' } })),
      () => transaction('every-carrier', tx => tx.contentView.updateMany({ where, data: { expiresAt: new Date(0) } })),
    ]
    for (const attempt of tried) await expect(attempt()).rejects.toThrow(/permission denied/)
    await transaction('every-carrier', tx => tx.contentView.updateMany({ where, data: { note: '' } }))
  })
})
