import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { approveDecision } from '@/domain/decision/approve-decision'
import { expireDecision } from '@/domain/decision/expire-decision'
import { findDecision } from '@/domain/decision/find-decisions'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'
import { draftAct } from '@/domain/triage/mass/draft-mass-act'
import { findMassAct } from '@/domain/triage/mass/find-mass-acts'
import { previewMassAct } from '@/domain/triage/mass/preview-mass-act'
import { stopMassAct } from '@/domain/triage/mass/stop-mass-act'
import { aloneAtMost } from '@/domain/triage/mass/takes-two'
import type { Category } from '@/prisma/generated/enums'
import { type Agent, DecisionWorld, type Filed, refused } from '@/test/domain/decision/decision-world'
import { hours, later } from '@/test/domain/identity/guard-world'
import { advance, incidentOf, killedAfter, wording } from '@/test/domain/triage/mass/mass-world'

let world: DecisionWorld
let harbor: string
let base: Filed
beforeAll(async () => {
  world = await DecisionWorld.begin()
  harbor = world.ann.carrierId!
  base = await world.filed()
}, 120_000)
afterAll(() => world?.end())
// What another test left to decide is not this one's, nor what somebody has begun in it.
beforeEach(() =>
  transaction('every-carrier', async tx => {
    await tx.restoreRequest.updateMany({
      where: { status: 'filed' },
      data: { status: 'declined', declineReason: 'other' },
    })
    await tx.decision.deleteMany({})
    await tx.massTarget.deleteMany({})
    await tx.massAct.deleteMany({})
  }),
)

/** As many filed requests of one subscriber, each with its ticket. */
async function file(count: number, category: Category = 'contacts'): Promise<string[]> {
  const { accountId, ada } = base
  const { subscriberId, carrierId } = ada
  const holding = await reader('every-carrier').holding.findFirstOrThrow({ where: { subscriberId } })
  const rows = Array.from({ length: count }, () => {
    const id = randomUUID()
    return { id, carrierId, subscriberId, reference: `HW-${id.slice(0, 9)}` }
  })
  const item = { carrierId, category, holdingId: holding.id } as const
  await transaction('every-carrier', async tx => {
    await tx.restoreRequest.createMany({
      data: rows.map(row => ({ ...row, accountId, rule: 'merge' as const, filingKey: row.id })),
    })
    await tx.requestItem.createMany({ data: rows.map(({ id: requestId }) => ({ ...item, requestId })) })
    await tx.ticket.createMany({
      data: rows.map(({ id, ...row }) => ({ ...row, id, requestId: id, waitsSince: new Date() })),
    })
  })
  return rows.map(({ id }) => id)
}

/** What is filed of what a filter of the queue finds, looked at and not begun. */
async function look(actor: Agent, filter: Record<string, unknown> = {}, now?: Date) {
  const whose = { filter: { state: ['filed'], ...filter } }
  const { massActId } = await draftAct(actor, { whose, what: { act: 'approve' }, askingKey: randomUUID() })
  return { massActId, ...(await previewMassAct(actor, { massActId }, wording, now)) }
}

async function begin(actor: Agent = world.ann, reason = 'All looked at.') {
  const { massActId, count: shown, until } = await look(actor)
  return { massActId, ...(await beginMassAct(actor, { massActId, shown, until, reason })) }
}

async function statuses(ids: string[]): Promise<Record<string, number>> {
  const rows = await reader('every-carrier').restoreRequest.findMany({ where: { id: { in: ids } } })
  const counts: Record<string, number> = {}
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** Each request was approved once: one run, one event, by whoever asked. */
async function expectOnce(ids: string[], by: Agent): Promise<void> {
  const runs = await reader('every-carrier').run.findMany({ where: { requestId: { in: ids } } })
  expect(new Set(runs.map(({ requestId }) => requestId)).size).toBe(ids.length)
  expect(runs).toHaveLength(ids.length)
  const subject = { in: ids.map(id => `request:${id}`) }
  const events = await reader('every-carrier').event.findMany({ where: { subject, kind: { startsWith: 'request.' } } })
  expect(events.map(({ kind, actorId }) => [kind, actorId])).toEqual(ids.map(() => ['request.approved', by.staffId]))
}

describe('approving many', () => {
  it('counts first, then approves what was counted and nothing that came in since, as the person who asked', async () => {
    const ids = await file(230)
    const { massActId, count, until, takesTwo } = await look(world.ann)
    expect([count, takesTwo]).toEqual([230, false])
    const late = await file(1)
    await expect(beginMassAct(world.ann, { massActId, shown: count })).rejects.toEqual(refused('mass-more'))
    expect(await beginMassAct(world.ann, { massActId, shown: count, until })).toEqual({ decisionId: null })
    expect(await advance(massActId)).toBe('ended')
    expect(await statuses(ids)).toEqual({ approved: 230 })
    expect(await statuses(late)).toEqual({ filed: 1 })
    await expectOnce(ids, world.ann)
    expect(await findMassAct(world.ben, massActId)).toMatchObject({ status: 'done', done: 230, refused: 0 })
    expect(await advance(massActId)).toBe('ended')
    expect(await world.events(`mass:${massActId}`)).toEqual(['mass.begun', 'mass.finished'])
  }, 120_000)

  it('finds what waits for a decision by carrier and category, and what the queue lists by besides', async () => {
    const contacts = await file(3)
    await file(2, 'photos')
    const incidentId = await incidentOf([harbor], 'resolved')
    await transaction('every-carrier', tx =>
      tx.ticket.updateMany({
        where: { requestId: { in: contacts.slice(1) } },
        data: { incidentId, waveCategory: 'contacts' },
      }),
    )
    const { carrierId: boreal } = world.cleo
    const everywhere: Agent = { ...(await world.guard.staff('support_lead')), carrierId: null }
    await transaction('every-carrier', tx =>
      tx.staff.update({ where: { id: everywhere.staffId }, data: { carrierId: null } }),
    )
    const found = async (filter: Record<string, unknown>) => (await look(everywhere, filter)).count
    expect(await found({})).toBe(5)
    expect(await found({ carrier: harbor })).toBe(5)
    expect(await found({ carrier: harbor, category: 'photos' })).toBe(2)
    expect(await found({ category: 'contacts', loss: 'unknown' })).toBe(3)
    expect(await found({ loss: 'significant' })).toBe(0)
    expect(await found({ incident: incidentId, wave: 'contacts' })).toBe(2)
    expect(await found({ carrier: boreal })).toBe(0)
    await expect(look(world.cleo, { carrier: harbor })).rejects.toEqual(refused('not-found'))
  })

  it('goes past what single approvals refuse, counts why, and what takes another approval as well', async () => {
    const frozen = await world.filed()
    await freezeSubscriber(frozen.ada.actor, frozen.ada)
    const fresh = await world.filed()
    await transaction('every-carrier', tx =>
      tx.deviceAccount.update({ where: { id: fresh.accountId }, data: { coolingUntil: later(new Date(), hours) } }),
    )
    const ids = await file(5)
    const { massActId } = await begin()
    await advance(massActId)
    expect(await statuses(ids)).toEqual({ approved: 5 })
    const found = await findMassAct(world.ann, massActId)
    expect(found).toMatchObject({ status: 'done', done: 5, half: 1, refused: 1 })
    expect(found.refusals).toEqual([{ code: 'held-frozen', count: 1 }])
    expect(await statuses([fresh.requestId, frozen.requestId])).toEqual({ filed: 2 })
  }, 60_000)

  it('takes two people above a thousand: nothing happens before the other one agrees', async () => {
    const ids = await file(aloneAtMost + 1)
    expect(await look(world.ann)).toMatchObject({ takesTwo: true })
    await expect(begin(world.ann, '')).rejects.toEqual(refused('reason-missing'))
    const { massActId, decisionId } = await begin()
    const asked = decisionId!
    expect(await advance(massActId)).toBe('ended')
    expect(await statuses(ids)).toEqual({ filed: aloneAtMost + 1 })
    const tasks = () => reader('every-carrier').task.count({ where: { onceKey: `mass:${massActId}` } })
    expect(await tasks()).toBe(0)
    expect((await findDecision(world.ben, asked)).massAct).toEqual({
      ...{ id: massActId, kind: 'approve', counted: aloneAtMost + 1 },
    })
    await expect(approveDecision(world.ann, { decisionId: asked })).rejects.toEqual(refused('decision-own'))
    await expect(approveDecision(world.cleo, { decisionId: asked })).rejects.toEqual(refused('not-found'))
    await Promise.allSettled([1, 2].map(() => approveDecision(world.ben, { decisionId: asked })))
    expect(await findMassAct(world.ben, massActId)).toMatchObject({ status: 'running', done: 0 })
    expect(await tasks()).toBe(1)
    let looked = 0
    expect(await advance(massActId, () => ++looked > 3)).toBe('again')
    const { approved = 0 } = await statuses(ids)
    expect([approved > 0, approved < 5]).toEqual([true, true])
    const [first] = await reader('every-carrier').event.findMany({ where: { kind: 'request.approved' }, take: 1 })
    expect(first!.actorId).toBe(world.ann.staffId)
  }, 120_000)

  it('takes one person for a thousand, and two for one more', async () => {
    await file(aloneAtMost - 1)
    expect(await look(world.ann)).toMatchObject({ count: 999, takesTwo: false })
    await file(1)
    expect(await look(world.ann)).toMatchObject({ count: 1000, takesTwo: false })
    await file(1)
    expect(await look(world.ann)).toMatchObject({ count: 1001, takesTwo: true })
    expect((await begin()).decisionId).not.toBeNull()
  }, 60_000)

  it('never begins where it is refused, runs out, or whoever asked may only write to people by then', async () => {
    const ids = await file(aloneAtMost + 1)
    const no = await begin()
    await refuseDecision(world.ben, { decisionId: no.decisionId!, note: 'Too many.' })
    expect(await findMassAct(world.ann, no.massActId)).toMatchObject({ status: 'stopped', stopReason: 'not-approved' })
    const late = await begin()
    await expireDecision(system('test'), { decisionId: late.decisionId! }, later(new Date(), 73 * hours))
    for (const { massActId, decisionId } of [no, late]) {
      await expect(approveDecision(world.ben, { decisionId: decisionId! })).rejects.toEqual(refused('decision-over'))
      expect(await advance(massActId)).toBe('ended')
    }
    const dan: Agent = await world.guard.staff('support_agent')
    const moved = await begin(dan)
    await transaction('every-carrier', tx =>
      tx.staff.update({ where: { id: dan.staffId }, data: { role: 'incident_manager' } }),
    )
    const approval = approveDecision(world.ben, { decisionId: moved.decisionId! })
    await expect(approval).rejects.toEqual(refused('decision-asker-gone'))
    expect(await statuses(ids)).toEqual({ filed: aloneAtMost + 1 })
  }, 60_000)

  it('counts many small ones of a day as one large one, also those of the same moment', async () => {
    await file(600)
    const forms = await Promise.all([begin(), begin(), begin()])
    expect(forms.filter(({ decisionId }) => decisionId === null)).toHaveLength(1)
    expect(await look(world.ann)).toMatchObject({ takesTwo: true })
    expect(await look(world.ben)).toMatchObject({ takesTwo: false })
    expect(await look(world.ann, {}, later(new Date(), 25 * hours))).toMatchObject({ takesTwo: false })
  }, 60_000)

  it('approves none twice by three workers at once, and stops in the middle of a page', async () => {
    const ids = await file(120)
    const { massActId } = await begin()
    await Promise.all([advance(massActId), advance(massActId), advance(massActId)])
    await expectOnce(ids, world.ann)
    expect(await findMassAct(world.ann, massActId)).toMatchObject({ status: 'done', done: 120, refused: 0 })

    const more = await file(90)
    const second = await begin()
    let looked = 0
    const letGo = () => {
      if (++looked === 20) void stopMassAct(world.ben, { massActId: second.massActId })
      return false
    }
    await advance(second.massActId, letGo)
    const { status, done } = await findMassAct(world.ann, second.massActId)
    expect(status).toBe('stopped')
    expect(done).toBeLessThan(90)
    expect(await statuses(more)).toEqual({ approved: done, filed: 90 - done })
  }, 120_000)

  it('goes on where it was killed, and approves none twice', async () => {
    const ids = await file(150)
    const { massActId } = await begin()
    for (const dies of [17, 40]) {
      await killedAfter(massActId, dies)
      const { status, done } = await findMassAct(world.ann, massActId)
      expect(status).toBe('running')
      expect(done).toBeGreaterThan(0)
      expect((await statuses(ids)).approved).toBe(done)
    }
    expect(await advance(massActId)).toBe('ended')
    await expectOnce(ids, world.ann)
    expect(await findMassAct(world.ann, massActId)).toMatchObject({ status: 'done', done: 150, refused: 0 })
  }, 120_000)
})
