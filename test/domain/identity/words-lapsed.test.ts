import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { approveDecision } from '@/domain/decision/approve-decision'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { askRecovery } from '@/domain/identity/ask-recovery'
import { approveRecovery, refuseRecovery } from '@/domain/identity/decide-recovery'
import { endFreeze } from '@/domain/identity/end-freeze'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { decideBatch } from '@/domain/recovery/decide-batch'
import { listBatchWords } from '@/domain/recovery/list-batch-words'
import { endLegalHold } from '@/domain/retention/end-legal-hold'
import { placeLegalHold } from '@/domain/retention/place-legal-hold'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'
import { hours, later } from '@/test/domain/identity/guard-world'

let world: DecisionWorld
beforeAll(async () => {
  world = await DecisionWorld.begin()
}, 120_000)
afterAll(() => world?.end())

async function administrator(): Promise<Agent> {
  const person = { email: `${randomUUID()}@staff.example`, name: 'Adam', role: 'administrator' as const }
  const { id: staffId } = await addStaff(system('test'), { ...person, carrierSlug: null })
  return { role: 'administrator', staffId, carrierId: null, provedAt: new Date() }
}

const change = ({ staffId: id }: Agent, data: object) =>
  transaction('every-carrier', tx => tx.staff.update({ where: { id }, data }))

/** The first word was said, and then its person lost the right to it. */
describe.each([
  ['has left', { leftAt: new Date() }],
  ['has another role', { role: 'auditor' }],
])('the word of somebody who %s', (_what, lost) => {
  it('is no approval of what goes to a new device account: two others are needed', async () => {
    const { requestId, accountId } = await world.filed()
    const ann = await world.guard.staff()
    const after = later(new Date(), 73 * hours)
    const cooling = { coolingUntil: later(new Date(), 72 * hours) }
    await transaction('every-carrier', tx => tx.deviceAccount.update({ where: { id: accountId }, data: cooling }))
    expect(await world.guard.approve(requestId, ann)).toEqual({ runId: null })
    await change(ann, lost)
    expect(await world.guard.approve(requestId, world.ben, after)).toEqual({ runId: null })
    await expect(world.guard.approve(requestId, world.ben, after)).rejects.toEqual(refused('takes-another'))
    expect(await reader('every-carrier').run.count({ where: { requestId } })).toBe(0)
    expect((await world.guard.approve(requestId, world.ann, after)).runId).not.toBeNull()
  }, 60_000)

  it('is no question that can be agreed to, and one that can be refused', async () => {
    const { requestId } = await world.filed()
    const ann = await world.guard.staff()
    const decisionId = await world.asked(requestId, ann)
    await change(ann, lost)
    await expect(approveDecision(world.ben, { decisionId })).rejects.toEqual(refused('decision-asker-gone'))
    expect(await world.request(requestId)).toMatchObject({ rule: 'merge' })
    await refuseDecision(world.ben, { decisionId })
    await approveDecision(world.ben, { decisionId: await world.asked(requestId, world.ann) })
    expect(await world.request(requestId)).toMatchObject({ rule: 'overwrite' })
  }, 60_000)

  it('ends no freeze', async () => {
    const ada = await world.guard.person()
    const ann = await world.guard.staff()
    await freezeSubscriber(ada.actor, ada)
    const { id: freezeId } = await reader('every-carrier').freeze.findFirstOrThrow({
      where: { subscriberId: ada.subscriberId },
    })
    expect(await endFreeze(ann, { freezeId })).toEqual({ ended: false })
    await change(ann, lost)
    expect(await endFreeze(world.ben, { freezeId })).toEqual({ ended: false })
    await expect(endFreeze(world.ben, { freezeId })).rejects.toEqual(refused('freeze-takes-two'))
    expect(await endFreeze(world.ann, { freezeId })).toEqual({ ended: true })
  })

  it('releases no batch', async () => {
    const [one, two, three] = [await administrator(), await administrator(), await administrator()]
    const { id: batchId } = await transaction('every-carrier', tx =>
      tx.recoveryBatch.create({ data: { name: randomUUID(), status: 'quarantined', decidedAt: new Date() } }),
    )
    const use = (actor: Actor) => decideBatch(actor, { batchId, use: true, reason: 'Compared them.' })
    const waits = async () => (await listBatchWords(two)).filter(word => word.batchId === batchId).length
    await use(one)
    expect(await waits()).toBe(1)
    await change(one, lost)
    expect(await waits()).toBe(0)
    expect(await use(two)).toEqual({ status: 'quarantined' })
    expect(await use(three)).toEqual({ status: 'released' })
  })

  it('ends no legal hold', async () => {
    const [one, two, three] = [await administrator(), await administrator(), await administrator()]
    const { subscriberId } = await world.guard.person()
    const claim = { scope: 'subscriber', subjectId: subscriberId, reason: 'A claim', reference: 'X-1' } as const
    const { holdId } = await placeLegalHold(one, claim)
    expect(await endLegalHold(one, { holdId })).toEqual({ ended: false })
    await change(one, lost)
    expect(await endLegalHold(two, { holdId })).toEqual({ ended: false })
    expect(await endLegalHold(three, { holdId })).toEqual({ ended: true })
  })

  it('gives up nobody’s passkeys', async () => {
    const [one, two, somebody] = [await administrator(), await administrator(), await administrator()]
    const { staffId } = somebody
    const key = { credentialId: randomUUID(), publicKey: Buffer.from('k'), name: 'Key', deviceType: 'singleDevice' }
    await transaction('every-carrier', tx =>
      tx.passkey.create({ data: { ...key, staffId, transports: [], backedUp: false, counter: 0 } as never }),
    )
    const { recoveryId } = await askRecovery(one, { staffId })
    await change(one, lost)
    await expect(approveRecovery(two, { staffId, recoveryId })).rejects.toEqual(refused('recovery-over'))
    expect(await reader('every-carrier').passkey.count({ where: { staffId, revokedAt: null } })).toBe(1)
    await refuseRecovery(two, { staffId, recoveryId })
  })
})

it('programs and subscribers say no word that lapses', async () => {
  const { subscriberId } = await world.guard.person()
  const people = ['operator', null, subscriberId, world.ann.staffId]
  expect(await wordsLapsed(reader('every-carrier'), people, 'request.approve', world.ann.carrierId)).toEqual(new Set())
})
