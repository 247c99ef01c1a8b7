import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '@/domain/errors'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { askErasure } from '@/domain/retention/ask-erasure'
import { approveErasure, refuseErasure } from '@/domain/retention/decide-erasure'
import { endLegalHold } from '@/domain/retention/end-legal-hold'
import { eraseSubscriber } from '@/domain/retention/erase-subscriber'
import { placeLegalHold } from '@/domain/retention/place-legal-hold'
import { withdrawErasure } from '@/domain/retention/withdraw-erasure'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { accountId } from '@/test/domain/retention/canary'
import { dayMs, ErasureWorld, first, operator, second } from '@/test/domain/retention/erasure-world'

let world: ErasureWorld

beforeAll(async () => {
  world = await ErasureWorld.begin()
}, 120_000)
afterAll(() => world.end())

const codeOf = (error: unknown): string => (error instanceof Refusal ? error.code : String(error))
const refusal = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'nothing refused',
    error => codeOf(error),
  )
const own = () => {
  const { id: subscriberId, carrierId } = world.canary
  return { role: 'subscriber', subscriberId, carrierId, provedAt: new Date() } as const
}
const templates = async () => {
  const rows = await reader('every-carrier').message.findMany({
    where: { subscriberId: world.canary.id, sentAt: null },
  })
  return rows.map(one => `${one.template} ${one.channel}`).sort()
}
const later = (days: number) => new Date(Date.now() + days * dayMs)
const takenBack = async () => {
  const open = await reader('every-carrier').erasure.findMany({ where: { status: { in: ['asked', 'approved'] } } })
  for (const { id } of open) await withdrawErasure(own(), { erasureId: id })
}

describe('an erasure', () => {
  it('takes two people, whoever asked twice', async () => {
    const { erasureId } = await askErasure(first(), { subscriberId: world.canary.id })
    expect(await refusal(askErasure(second(), { subscriberId: world.canary.id }))).toBe('erasure-asked')
    expect(await refusal(approveErasure(first(), { erasureId }))).toBe('erasure-takes-two')
    expect(await refusal(refuseErasure(first(), { erasureId }))).toBe('erasure-takes-two')
    const both = await Promise.allSettled([
      approveErasure(second(), { erasureId }),
      refuseErasure(second(), { erasureId }),
    ])
    // Refusing what was agreed is allowed, agreeing to what was refused is not.
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(['approved', 'refused']).toContain(await world.status(erasureId))
    await takenBack()
  })

  it('asks whoever decides for a proof of the last five minutes', async () => {
    const stale = { ...first(), provedAt: new Date(Date.now() - 301_000) }
    expect(await refusal(askErasure(stale, { subscriberId: world.canary.id }))).toBe('needs-proof')
  })

  it('is told to every address, asked for by the subscriber too, and taken back by them until it begins', async () => {
    await transaction('every-carrier', tx => tx.message.deleteMany({ where: { subscriberId: world.canary.id } }))
    const { erasureId } = await askErasure(own(), { subscriberId: world.canary.id })
    await approveErasure(second(), { erasureId })
    const asked = ['erasure-asked mail', 'erasure-asked mail', 'erasure-asked sms']
    expect(await templates()).toEqual([
      'erasure-approved mail',
      'erasure-approved mail',
      'erasure-approved sms',
      ...asked,
    ])
    expect(await eraseSubscriber(operator, world.services, { erasureId }, later(6))).toEqual({
      again: expect.any(Date),
    })
    expect(await world.status(erasureId)).toBe('approved')
    await withdrawErasure(own(), { erasureId })
    await world.erase(erasureId)
    expect(await world.status(erasureId)).toBe('withdrawn')
    expect(await reader('every-carrier').subscriber.count({ where: { accountId } })).toBe(1)
    expect(await refusal(withdrawErasure(own(), { erasureId }))).toBe('erasure-over')
  })

  it('is nobody’s to take back but theirs', async () => {
    const { erasureId } = await askErasure(first(), { subscriberId: world.canary.id })
    const beside = { ...own(), subscriberId: world.bystander }
    expect(await refusal(withdrawErasure(beside, { erasureId }))).toBe('not-found')
    expect(await refusal(askErasure(beside, { subscriberId: world.canary.id }))).toBe('not-found')
    await takenBack()
  })

  it('waits for a restore that is under way, and for a freeze to end', async () => {
    const erasureId = await world.agreed()
    const run = await reader('every-carrier').run.findFirstOrThrow({ where: { requestId: world.canary.requestId } })
    const set = (status: 'running' | 'done') =>
      transaction('every-carrier', tx => tx.run.update({ where: { id: run.id }, data: { status } }))
    await set('running')
    expect((await eraseSubscriber(operator, world.services, { erasureId }, later(8))).again).not.toBeNull()
    expect(await reader('every-carrier').erasure.findUnique({ where: { id: erasureId } })).toMatchObject({
      status: 'approved',
      waitReason: 'run-under-way',
    })
    await set('done')
    await freezeSubscriber(own(), { subscriberId: world.canary.id })
    await eraseSubscriber(operator, world.services, { erasureId }, later(8))
    expect(await reader('every-carrier').erasure.findUnique({ where: { id: erasureId } })).toMatchObject({
      status: 'approved',
      waitReason: 'frozen',
    })
    const ended = { endedAt: new Date(), askedBy: 'a', endedBy: 'b' }
    await transaction('every-carrier', tx => tx.freeze.updateMany({ where: { endedAt: null }, data: ended }))
    await takenBack()
  })

  it.each(['subscriber', 'carrier', 'incident'] as const)(
    'is refused under a hold on the %s, and can be asked for after it',
    async scope => {
      const incident = await reader('every-carrier').incident.findFirstOrThrow()
      const subjectId = { subscriber: world.canary.id, carrier: world.canary.carrierId, incident: incident.id }[scope]
      const erasureId = await world.agreed()
      const { holdId } = await placeLegalHold(first(), { scope, subjectId, reason: 'A claim', reference: `X-${scope}` })
      expect(
        await refusal(placeLegalHold(second(), { scope, subjectId, reason: 'A claim', reference: `X-${scope}` })),
      ).toBe('hold-there')
      await world.erase(erasureId)
      expect(await reader('every-carrier').erasure.findUnique({ where: { id: erasureId } })).toMatchObject({
        status: 'refused',
        waitReason: 'legal-hold',
      })
      expect(await refusal(askErasure(own(), { subscriberId: world.canary.id }))).toBe('legal-hold')
      expect(await endLegalHold(first(), { holdId })).toEqual({ ended: false })
      expect(await refusal(endLegalHold(first(), { holdId }))).toBe('hold-takes-two')
      expect(await refusal(askErasure(own(), { subscriberId: world.canary.id }))).toBe('legal-hold')
      expect(await endLegalHold(second(), { holdId })).toEqual({ ended: true })
      expect(await refusal(endLegalHold(second(), { holdId }))).toBe('hold-ended')
      await askErasure(own(), { subscriberId: world.canary.id })
      await takenBack()
    },
  )

  it('goes on wherever it was cut off, twice at once, and is done once', async () => {
    const erasureId = await world.agreed()
    let deaths = 0
    for (let at = 0; (await world.status(erasureId)) !== 'done' && at < 200; at++) {
      const { services, died } = world.mortal(at)
      const now = later(8 + at / 24)
      const both = await Promise.allSettled([
        eraseSubscriber(operator, services, { erasureId }, now),
        ...(at % 3 === 0 ? [eraseSubscriber(operator, world.services, { erasureId }, later(8))] : []),
      ])
      for (const one of both) if (one.status === 'rejected' && !died()) throw one.reason
      if (died()) deaths++
      await transaction('every-carrier', tx => tx.bagLease.deleteMany({}))
    }
    expect(await world.status(erasureId)).toBe('done')
    expect(deaths).toBeGreaterThan(10)
    const done = await reader('every-carrier').event.count({ where: { kind: 'erasure.done' } })
    expect(done).toBe(1)
    expect(world.aside()).toEqual([])
    for (const name of ['first', 'second']) expect(await world.faults(name)).toEqual([])
  }, 120_000)

  it('keeps the account id from coming back by hand', async () => {
    const again = { carrierSlug: 'harbor', accountId, email: 'other@people.example' }
    expect(await refusal(addSubscriber(operator, world.services.secrets, again))).toBe('subscriber-erased')
  })
})
