import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { system } from '@/domain/actor'
import { advanceBulk } from '@/domain/decision/advance-bulk'
import { approveDecision } from '@/domain/decision/approve-decision'
import { beginBulk } from '@/domain/decision/begin-bulk'
import { countBulk } from '@/domain/decision/count-bulk'
import { expireDecision } from '@/domain/decision/expire-decision'
import { findBulk, listBulks } from '@/domain/decision/find-bulks'
import { findDecision } from '@/domain/decision/find-decisions'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { stopBulk } from '@/domain/decision/stop-bulk'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { aloneAtMost } from '@/domain/triage/mass/takes-two'
import { type Agent, DecisionWorld, type Filed, refused } from '@/test/domain/decision/decision-world'
import { hours, later } from '@/test/domain/identity/guard-world'

let world: DecisionWorld
let harbor: string
let base: Filed
beforeAll(async () => {
  world = await DecisionWorld.begin()
  harbor = world.ann.carrierId!
  base = await world.filed()
}, 120_000)
afterAll(() => world?.end())
// What another test left to decide is not this one's.
beforeEach(async () => {
  await transaction('every-carrier', async tx => {
    await tx.restoreRequest.updateMany({
      where: { status: 'filed' },
      data: { status: 'declined', declineReason: 'other' },
    })
    await tx.decision.deleteMany({})
    await tx.bulkApproval.deleteMany({})
  })
})

const clock = system('test')
const never = () => false

/** As many filed requests of one subscriber for their contacts; `accountId` for another than the known account. */
async function file(count: number, { ada, accountId }: Filed = base): Promise<string[]> {
  const { subscriberId, carrierId } = ada
  const holding = await reader('every-carrier').holding.findFirstOrThrow({ where: { subscriberId } })
  const ids = Array.from({ length: count }, () => randomUUID())
  const begun = Date.now() - 60_000
  await transaction('every-carrier', async tx => {
    await tx.restoreRequest.createMany({
      // Three at a time at the same moment: the cursor must tell them apart.
      data: ids.map((id, i) => ({
        ...{ id, carrierId, subscriberId, accountId, reference: `HW-${id.slice(0, 9)}`, rule: 'merge' as const },
        ...{ filingKey: id, filedAt: new Date(begun + Math.floor(i / 3)) },
      })),
    })
    const item = { carrierId, category: 'contacts', holdingId: holding.id } as const
    await tx.requestItem.createMany({ data: ids.map(requestId => ({ ...item, requestId })) })
  })
  return ids
}

async function begin(actor: Agent = world.ann, more: Partial<Parameters<typeof beginBulk>[1]> = {}) {
  const { count: shown, filedUntil } = await countBulk(actor, { carrierId: harbor })
  const form = { carrierId: harbor, filedUntil, shown, reason: 'All looked at.', askingKey: randomUUID() }
  return beginBulk(actor, { ...form, ...more })
}

const advance = (bulkId: string, letGo = never) => advanceBulk(clock, { bulkId }, letGo)

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
  const subjects = ids.map(id => `request:${id}`)
  const events = await reader('every-carrier').event.findMany({ where: { subject: { in: subjects } } })
  expect(events.map(({ kind, actorId }) => [kind, actorId])).toEqual(ids.map(() => ['request.approved', by.staffId]))
}

describe('approving many', () => {
  it('counts first, then approves what was counted, as the person who asked', async () => {
    const ids = await file(230)
    const { count, filedUntil, takesTwo } = await countBulk(world.ann, { carrierId: harbor })
    expect([count, takesTwo]).toEqual([230, false])
    const { bulkId, decisionId } = await begin(world.ann, { filedUntil, shown: count })
    expect(decisionId).toBeNull()
    const task = await reader('every-carrier').task.findFirstOrThrow({ where: { onceKey: `bulk:${bulkId}` } })
    expect(task).toMatchObject({ job: 'advance-bulk', payload: { bulkId } })
    const [late] = await file(1)
    await transaction('every-carrier', tx =>
      tx.restoreRequest.update({ where: { id: late! }, data: { filedAt: later(filedUntil, 1) } }),
    )

    expect(await advance(bulkId)).toBe('ended')
    expect(await statuses(ids)).toEqual({ approved: 230 })
    expect(await statuses([late!])).toEqual({ filed: 1 })
    await expectOnce(ids, world.ann)
    expect(await findBulk(world.ben, bulkId)).toMatchObject({ status: 'done', approved: 230, refused: 0 })
    expect(await world.events(`bulk:${bulkId}`)).toEqual(['bulk.begun', 'bulk.finished'])
    expect(await advance(bulkId)).toBe('ended')
    expect(await world.events(`bulk:${bulkId}`)).toHaveLength(2)
  }, 60_000)

  it('goes past what single approvals refuse, and counts why', async () => {
    const frozen = await world.filed()
    await freezeSubscriber(frozen.ada.actor, frozen.ada)
    const fresh = await world.filed()
    await transaction('every-carrier', tx =>
      tx.deviceAccount.update({ where: { id: fresh.accountId }, data: { coolingUntil: later(new Date(), hours) } }),
    )
    const ids = await file(5)
    const { bulkId } = await begin()
    await advance(bulkId)
    expect(await statuses(ids)).toEqual({ approved: 5 })
    const found = await findBulk(world.ann, bulkId)
    expect(found).toMatchObject({ status: 'done', approved: 5, halfApproved: 1, refused: 1 })
    expect(found.refusals).toEqual([{ code: 'held-frozen', count: 1 }])
    expect((await world.request(fresh.requestId)).status).toBe('filed')
    expect((await world.request(frozen.requestId)).status).toBe('filed')
  }, 60_000)

  it('takes two people above a thousand: nothing happens before the other one agrees', async () => {
    const ids = await file(aloneAtMost + 1)
    expect(await countBulk(world.ann, { carrierId: harbor })).toMatchObject({ takesTwo: true })
    await expect(begin(world.ann, { reason: '' })).rejects.toEqual(refused('reason-missing'))
    const { bulkId, decisionId } = await begin()
    expect(await advance(bulkId)).toBe('ended')
    expect(await statuses(ids)).toEqual({ filed: aloneAtMost + 1 })
    expect(await reader('every-carrier').task.count({ where: { onceKey: `bulk:${bulkId}` } })).toBe(0)
    const asked = decisionId!
    expect((await findDecision(world.ben, asked)).bulk).toMatchObject({ id: bulkId, counted: aloneAtMost + 1 })
    await expect(approveDecision(world.ann, { decisionId: asked })).rejects.toEqual(refused('decision-own'))
    await expect(approveDecision(world.cleo, { decisionId: asked })).rejects.toEqual(refused('not-found'))

    await Promise.allSettled([
      approveDecision(world.ben, { decisionId: asked }),
      approveDecision(world.ben, { decisionId: asked }),
    ])
    expect(await findBulk(world.ben, bulkId)).toMatchObject({ status: 'running', approved: 0 })
    expect(await reader('every-carrier').task.count({ where: { onceKey: `bulk:${bulkId}` } })).toBe(1)
    let looked = 0
    expect(await advance(bulkId, () => ++looked > 3)).toBe('again')
    expect(await statuses(ids)).toMatchObject({ approved: 3 })
    const [first] = await reader('every-carrier').event.findMany({ where: { kind: 'request.approved' }, take: 1 })
    expect(first!.actorId).toBe(world.ann.staffId)
  }, 120_000)

  it('takes one person for a thousand, and two for one more', async () => {
    await file(aloneAtMost - 1)
    expect(await countBulk(world.ann, { carrierId: harbor })).toMatchObject({ count: 999, takesTwo: false })
    await file(1)
    expect(await countBulk(world.ann, { carrierId: harbor })).toMatchObject({ count: 1000, takesTwo: false })
    const { bulkId, decisionId } = await begin()
    expect([decisionId, (await findBulk(world.ann, bulkId)).status]).toEqual([null, 'running'])
    await transaction('every-carrier', tx => tx.bulkApproval.deleteMany({}))
    await file(1)
    expect(await countBulk(world.ann, { carrierId: harbor })).toMatchObject({ count: 1001, takesTwo: true })
    expect((await begin()).decisionId).not.toBeNull()
  }, 60_000)

  it('never begins where it is refused or runs out', async () => {
    const ids = await file(aloneAtMost + 1)
    const no = await begin()
    await refuseDecision(world.ben, { decisionId: no.decisionId!, note: 'Too many.' })
    expect(await findBulk(world.ann, no.bulkId)).toMatchObject({ status: 'stopped', stopReason: 'not-approved' })
    const late = await begin()
    await expireDecision(clock, { decisionId: late.decisionId! }, later(new Date(), 73 * hours))
    for (const { bulkId, decisionId } of [no, late]) {
      await expect(approveDecision(world.ben, { decisionId: decisionId! })).rejects.toEqual(refused('decision-over'))
      expect(await advance(bulkId)).toBe('ended')
    }
    expect(await statuses(ids)).toEqual({ filed: aloneAtMost + 1 })
  }, 60_000)

  it('counts many small ones of a day as one large one, also those of the same moment', async () => {
    await file(600)
    const forms = await Promise.all([begin(), begin(), begin()])
    expect(forms.filter(({ decisionId }) => decisionId === null)).toHaveLength(1)
    expect(await countBulk(world.ann, { carrierId: harbor })).toMatchObject({ takesTwo: true })
    expect(await countBulk(world.ben, { carrierId: harbor })).toMatchObject({ takesTwo: false })
    const tomorrow = later(new Date(), 25 * hours)
    expect(await countBulk(world.ann, { carrierId: harbor }, tomorrow)).toMatchObject({ takesTwo: false })
  }, 60_000)

  it('begins once however often one form is sent, never for more than was shown, and not for nothing', async () => {
    await file(3)
    const askingKey = randomUUID()
    const sent = await Promise.all(Array.from({ length: 6 }, () => begin(world.ann, { askingKey })))
    expect(new Set(sent.map(({ bulkId }) => bulkId)).size).toBe(1)
    expect(await listBulks(world.ann)).toHaveLength(1)
    await expect(begin(world.ann, { shown: 2 })).rejects.toEqual(refused('bulk-more'))
    await expect(begin(world.ann, { category: 'photos' })).rejects.toEqual(refused('bulk-empty'))
    await expect(begin({ ...world.ann, provedAt: null })).rejects.toEqual(refused('needs-proof'))
  })

  it('reaches no other carrier’s requests', async () => {
    const ids = await file(2)
    await expect(countBulk(world.cleo, { carrierId: harbor })).rejects.toEqual(refused('not-found'))
    await expect(countBulk(world.cleo, {})).rejects.toEqual(refused('not-found'))
    await expect(begin(world.cleo, { filedUntil: new Date(), shown: 9 })).rejects.toEqual(refused('not-found'))
    const { bulkId } = await begin()
    await expect(stopBulk(world.cleo, { bulkId })).rejects.toEqual(refused('not-found'))
    await expect(findBulk(world.cleo, bulkId)).rejects.toEqual(refused('not-found'))
    expect(await listBulks(world.cleo)).toEqual([])
    expect(await statuses(ids)).toEqual({ filed: 2 })
  })

  it('stops where somebody says so, and where the person who asked has no right any more', async () => {
    const ids = await file(30)
    const { bulkId } = await begin()
    let looked = 0
    const stopping = advance(bulkId, () => ++looked > 10)
    await stopping
    await stopBulk(world.ben, { bulkId })
    await expect(stopBulk(world.ben, { bulkId })).rejects.toEqual(refused('bulk-over'))
    expect(await advance(bulkId)).toBe('ended')
    expect(await statuses(ids)).toEqual({ approved: 10, filed: 20 })
    expect(await findBulk(world.ann, bulkId)).toMatchObject({ status: 'stopped', stopReason: 'by-hand', stops: false })

    const dan: Agent = await world.guard.staff('support_agent')
    const second = await begin(dan)
    await transaction('every-carrier', tx =>
      tx.staff.update({ where: { id: dan.staffId }, data: { role: 'carrier_author' } }),
    )
    expect(await advance(second.bulkId)).toBe('ended')
    expect(await findBulk(world.ann, second.bulkId)).toMatchObject({ status: 'stopped', stopReason: 'no-right' })
    expect(await statuses(ids)).toEqual({ approved: 10, filed: 20 })
  }, 60_000)

  it('approves none twice by two workers at once, and stops in the middle of a page', async () => {
    const ids = await file(120)
    const { bulkId } = await begin()
    await Promise.all([advance(bulkId), advance(bulkId), advance(bulkId)])
    await expectOnce(ids, world.ann)
    expect(await findBulk(world.ann, bulkId)).toMatchObject({ status: 'done', approved: 120, refused: 0 })

    const more = await file(90)
    const second = await begin()
    let looked = 0
    const letGo = () => {
      if (++looked === 20) void stopBulk(world.ben, { bulkId: second.bulkId })
      return false
    }
    await advance(second.bulkId, letGo)
    const { status, approved } = await findBulk(world.ann, second.bulkId)
    expect(status).toBe('stopped')
    expect(approved).toBeLessThan(90)
    expect(await statuses(more)).toEqual({ approved, filed: 90 - approved })
  }, 60_000)

  it('goes on where it was killed, and approves none twice', async () => {
    const ids = await file(150)
    const { bulkId } = await begin()
    for (const dies of [17, 40]) {
      const child = work(bulkId)
      let told = 0
      child.on('message', () => {
        if (++told === dies) child.kill('SIGKILL')
      })
      const [, signal] = await once(child, 'exit')
      expect(signal).toBe('SIGKILL')
      const { status, approved } = await findBulk(world.ann, bulkId)
      expect(status).toBe('running')
      expect((await statuses(ids)).approved).toBe(approved)
    }
    expect(await advance(bulkId)).toBe('ended')
    await expectOnce(ids, world.ann)
    expect(await findBulk(world.ann, bulkId)).toMatchObject({ status: 'done', approved: 150, refused: 0 })
  }, 120_000)
})

const work = (bulkId: string): ChildProcess =>
  fork(path.join(projectRoot, 'test/domain/decision/advance-bulk-child.ts'), [bulkId], {
    execArgv: ['--import', 'tsx'],
    cwd: projectRoot,
  })
