import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { activateCompensation } from '@/domain/compensation/activate-rules'
import { countCompensation } from '@/domain/compensation/count-decisions'
import { makeExport } from '@/domain/compensation/make-export'
import { readOwnDecisions } from '@/domain/compensation/read-decisions'
import { readCompensation } from '@/domain/compensation/read-rules'
import { withdrawCompensation } from '@/domain/compensation/withdraw-rules'
import { reader, transaction } from '@/domain/transaction'
import { ed25519Signer } from '@/formats/signature/ed25519'
import { CompensationWorld, much, some } from '@/test/domain/compensation/compensation-world'
import { type Agent, refused } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const key = ed25519Signer(Buffer.alloc(32, 7))
const signer = { ...key, publicKeys: [key.publicKey] }

let world: CompensationWorld
let gone: string
let fine: string

beforeAll(async () => {
  world = await CompensationWorld.begin()
  gone = await world.person({ complete: 1 })
  fine = await world.person({ complete: 10 })
}, 120_000)
afterAll(() => world?.end())

const reason = 'The carrier has not agreed to the amount.'
const refusal = (work: Promise<unknown>, code: string) => expect(work).rejects.toThrow(refused(code))
const withdraw = (by: Agent, number: number, more: object = {}) =>
  withdrawCompensation(by, { ...world.whose, number, reason, ...more })
const events = () =>
  reader(everyone).event.findMany({ where: { kind: 'compensation.withdrawn' }, orderBy: { id: 'asc' } })

it('is refused where nothing is active, to who wrote it, without a reason, and as it was not shown', async () => {
  await refusal(withdraw(world.bo, 1), 'rules-not-active')
  await world.active([much])
  await refusal(withdraw(world.ana, 1), 'rules-own-active')
  await refusal(withdraw(world.bo, 1, { reason: '  ' }), 'why-missing')
  await refusal(withdraw(world.bo, 1, { reason: 'x'.repeat(501) }), 'bad-too_big')
  await refusal(withdraw(world.bo, 2), 'rules-stale')
  await refusal(withdraw({ ...world.bo, provedAt: null }, 1), 'needs-proof')
  await refusal(withdraw(world.cleo, 1), 'not-found')
  expect((await readCompensation(world.ana, world.whose)).may.withdraw).toBe(false)
  expect((await readCompensation(world.bo, world.whose)).may.withdraw).toBe(true)
  expect(await events()).toEqual([])
})

it('is done once, says why, and leaves what was decided as it was', async () => {
  const before = [await world.decisions(gone), await world.decisions(fine)]
  const both = await Promise.allSettled([withdraw(world.bo, 1), withdraw(world.bo, 1)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { active, earlier, toExport } = await readCompensation(world.ana, world.whose)
  expect({ active, toExport }).toEqual({ active: null, toExport: 1 })
  expect(earlier).toMatchObject([{ number: 1, status: 'off', endedReason: reason, endedBy: 'Adam' }])
  expect(await events()).toMatchObject([{ carrierId: world.carrierId, data: expect.stringContaining('"version":1') }])

  // Whatever becomes known: nobody is decided about by it.
  const late = await world.person({ complete: 0 })
  await transaction(everyone, tx => tx.holding.updateMany({ where: { subscriberId: fine }, data: { complete: 0 } }))
  await world.renew()
  expect(await world.decisions(late)).toEqual([])
  expect([await world.decisions(gone), await world.decisions(fine)]).toEqual(before)
  const { carrierId } = world
  const actor: Actor = { role: 'subscriber', subscriberId: gone, carrierId, provedAt: null }
  expect(await readOwnDecisions(actor)).toMatchObject([{ version: 1, grant: { amount: 10_000 } }])
  expect(await countCompensation(world.ana)).toMatchObject([
    { version: 1, withdrawn: true, granted: 1, refused: 1, exported: 0 },
  ])
  const exportId = randomUUID()
  expect(await makeExport(world.bo, signer, { ...world.whose, exportId })).toEqual({ exportId, count: 1 })
})

it('cannot be rewritten, and stops a run that is under way', async () => {
  const [first] = await reader(everyone).compensationVersion.findMany()
  for (const data of [
    { endedReason: 'Otherwise.' },
    { endedBy: randomUUID() },
    { status: 'active', endedAt: null },
  ] as const)
    await expect(
      transaction(everyone, tx => tx.compensationVersion.update({ where: { id: first!.id }, data })),
    ).rejects.toMatchObject({ code: 'P2003' })

  const edition = await world.write([much, some])
  await world.tried(edition)
  const { runId } = await activateCompensation(world.bo, { ...world.whose, edition, confirmed: true })
  await withdraw(world.bo, 2)
  await world.advance(runId)
  expect(await reader(everyone).compensationRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    ...{ status: 'stopped', lookedAt: 0 },
  })
  const { earlier } = await readCompensation(world.ana, world.whose)
  expect(earlier.map(({ number, status }) => [number, status])).toEqual([
    [2, 'off'],
    [1, 'off'],
  ])
})
