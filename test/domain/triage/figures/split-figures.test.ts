import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declineRequest } from '@/domain/restore/decline-request'
import { splitRequest } from '@/domain/restore/split-request'
import { reader, transaction } from '@/domain/transaction'
import { countFigures } from '@/domain/triage/figures/count-figures'
import { readFigures } from '@/domain/triage/figures/read-figures'
import { takeTicket } from '@/domain/triage/take-ticket'
import { type Agent, DecisionWorld } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const counter = { role: 'system', name: 'count-figures' } as const

let world: DecisionWorld
let lead: Agent
beforeAll(async () => {
  world = await DecisionWorld.begin()
  lead = world.ben
}, 120_000)
afterAll(() => world?.end())

describe('figures', () => {
  it('count a part that was split off as no arrival, and as what waits and is decided', async () => {
    const of = async () => {
      await countFigures(counter)
      const { totals, categories, kinds, waiting } = await readFigures(lead)
      const count = (shares: { of: string; count: number }[]) =>
        Object.fromEntries(shares.map(({ of: name, count }) => [name, count]))
      const flows = Object.fromEntries(Object.entries(totals).map(([flow, { count }]) => [flow, count]))
      return { ...flows, waiting, categories: count(categories), kinds: count(kinds) }
    }
    const { requestId, ada } = await world.filed()
    const { holdingId, carrierId } = await reader(everyone).requestItem.findFirstOrThrow({ where: { requestId } })
    const { batchId } = await reader(everyone).holding.findUniqueOrThrow({ where: { id: holdingId } })
    await transaction(everyone, async tx => {
      const more = { carrierId, batchId, subscriberId: ada.subscriberId, category: 'notes' } as const
      const counts = { complete: 1, partial: 0, damaged: 0, objectKey: 'notes', digest: '0'.repeat(64) }
      const { id } = await tx.holding.create({ data: { ...more, ...counts, asOf: new Date() } })
      await tx.requestItem.create({ data: { requestId, carrierId, category: 'notes', holdingId: id } })
    })
    const before = await of()
    expect(before).toMatchObject({ arrived: 1, split: 0, waiting: 1, categories: { contacts: 1, notes: 1 } })
    await takeTicket(lead, { requestId })
    const { version } = await reader(everyone).restoreRequest.findUniqueOrThrow({ where: { id: requestId } })
    const part = await splitRequest(lead, { requestId, version, categories: ['notes'] })
    expect(await of()).toEqual({ ...before, split: 1, waiting: 2 })
    await declineRequest(lead, { requestId, reason: 'asked-twice', note: '' })
    await declineRequest(lead, { requestId: part.id, reason: 'asked-twice', note: '' })
    expect(await of()).toEqual({ ...before, split: 1, declined: 2, waiting: 0 })
    const { arrived, split, approved, declined } = (await readFigures(lead)).days.at(-1)!
    expect(arrived + split - approved - declined).toBe(0)
  })
})
