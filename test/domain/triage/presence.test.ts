import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveRequest } from '@/domain/restore/approve-request'
import { reader } from '@/domain/transaction'
import { endPresence } from '@/domain/triage/end-presence'
import { notePresence } from '@/domain/triage/note-presence'
import { beatLastsMs, openLastsMs } from '@/domain/triage/presence-times'
import { type Agent, DecisionWorld } from '@/test/domain/decision/decision-world'

let world: DecisionWorld
let ann: Agent
let ben: Agent

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ann, ben } = world)
}, 120_000)
afterAll(() => world?.end())

async function ticket(): Promise<{ requestId: string; ticketId: string }> {
  const { requestId } = await world.filed()
  const { id: ticketId } = await reader('every-carrier').ticket.findUniqueOrThrow({ where: { requestId } })
  return { requestId, ticketId }
}

const start = new Date('2026-10-12T10:00:00Z')
const later = (ms: number) => new Date(start.getTime() + ms)

describe('who has a ticket open', () => {
  it('is told to colleagues by name, and not to oneself', async () => {
    const { ticketId } = await ticket()
    expect(await notePresence(ann, { ticketId }, start)).toEqual([])
    const seen = await notePresence(ben, { ticketId }, later(120_000))
    const { name } = await reader('every-carrier').staff.findUniqueOrThrow({ where: { id: ann.staffId } })
    expect(seen).toEqual([{ name, openedAt: start, now: false }])
    expect(await notePresence(ann, { ticketId, beat: true }, later(121_000))).toMatchObject([{ now: false }])
    expect(await notePresence(ben, { ticketId, beat: true }, later(122_000))).toEqual([
      { name, openedAt: start, now: true },
    ])
  })

  it('runs out by itself: soon where the page had a beat, later where it has none', async () => {
    const { ticketId } = await ticket()
    await notePresence(ann, { ticketId }, start)
    expect(await notePresence(ben, { ticketId }, later(openLastsMs - 1))).toHaveLength(1)
    expect(await notePresence(ben, { ticketId }, later(openLastsMs))).toEqual([])
    await notePresence(ann, { ticketId }, start)
    await notePresence(ann, { ticketId, beat: true }, later(30_000))
    expect(await notePresence(ben, { ticketId }, later(30_000 + beatLastsMs - 1))).toHaveLength(1)
    expect(await notePresence(ben, { ticketId }, later(30_000 + beatLastsMs))).toEqual([])
  })

  it('ends when the page is closed, and begins anew when it is opened', async () => {
    const { ticketId } = await ticket()
    await notePresence(ann, { ticketId }, start)
    await endPresence(ann, { ticketId })
    expect(await notePresence(ben, { ticketId }, later(1_000))).toEqual([])
    await notePresence(ann, { ticketId }, later(60_000))
    expect(await notePresence(ben, { ticketId }, later(61_000))).toMatchObject([{ openedAt: later(60_000) }])
  })

  it('keeps nobody from deciding, is no carrier’s but its own, and goes with the rows that ran out', async () => {
    const { ticketId, requestId } = await ticket()
    await notePresence(ann, { ticketId }, start)
    await approveRequest(ben, { requestId })
    await expect(notePresence(world.cleo, { ticketId })).rejects.toMatchObject({ kind: 'not-found' })
    const { ticketId: another } = await ticket()
    for (let time = 0; time < 3; time++) await notePresence(ben, { ticketId: another }, later(10 * openLastsMs))
    const left = await reader('every-carrier').ticketPresence.findMany()
    expect(left.map(({ ticketId: id, staffId }) => [id, staffId])).toEqual([[another, ben.staffId]])
  })
})
