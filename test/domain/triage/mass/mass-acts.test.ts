import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'
import { draftUndo } from '@/domain/triage/mass/draft-mass-act'
import { findMassAct } from '@/domain/triage/mass/find-mass-acts'
import { tagTicket, untagTicket } from '@/domain/triage/tag-ticket'
import { takeTicket } from '@/domain/triage/take-ticket'
import { unlinkTicket } from '@/domain/triage/unlink-ticket'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'
import { acted, advance, incidentOf, saidIn, texts } from '@/test/domain/triage/mass/mass-world'

let world: DecisionWorld
let harbor: string
beforeAll(async () => {
  world = await DecisionWorld.begin()
  harbor = world.ann.carrierId!
}, 120_000)
afterAll(() => world?.end())
// What another test left waiting is not this one's.
beforeEach(() =>
  transaction('every-carrier', async tx => {
    await tx.restoreRequest.updateMany({
      where: { status: 'filed' },
      data: { status: 'declined', declineReason: 'other' },
    })
    await tx.ticket.updateMany({ data: { status: 'resolved', tags: [], takenBy: null, takenUntil: null } })
  }),
)

/** Tickets of another kind, each with this tag. */
async function questions(count: number, tag: string): Promise<string[]> {
  const { subscriberId } = await world.guard.person()
  const rows = Array.from({ length: count }, (_, at) => ({
    ...({ carrierId: harbor, subscriberId, kind: 'other', subject: 'A question' } as const),
    tags: [tag],
    ...{ reference: `HW-${tag}-${at}`, waitsSince: new Date() },
  }))
  const made = await transaction('every-carrier', tx => tx.ticket.createManyAndReturn({ data: rows }))
  return made.map(({ id }) => id)
}

const ticketsOf = async (ids: string[]) => {
  const rows = await reader('every-carrier').ticket.findMany({ where: { id: { in: ids } } })
  return ids.map(id => rows.find(one => one.id === id)!)
}
const undo = async (actor: Agent, massActId: string): Promise<string> => {
  const { massActId: undoing } = await draftUndo(actor, { massActId, askingKey: `undo-${massActId}` })
  await beginMassAct(actor, { massActId: undoing, shown: 1_000_000 })
  await advance(undoing)
  return undoing
}

describe('the same done to all that a filter of the queue finds', () => {
  it('approves what is filed, by the rules of a single approval, and counts why others were not', async () => {
    const [one, two, frozen] = [await world.filed(), await world.filed(), await world.filed()]
    await freezeSubscriber(frozen.ada.actor, frozen.ada)
    const ids = await questions(2, 'plain')
    const massActId = await acted(world.ann, {}, { act: 'approve' })
    await advance(massActId)
    const found = await findMassAct(world.ann, massActId)
    expect(found).toMatchObject({ status: 'done', counted: 3, done: 2, refused: 1, undoable: false })
    expect(found.refusals).toEqual([{ code: 'held-frozen', count: 1 }])
    for (const { requestId } of [one, two]) expect((await world.request(requestId)).status).toBe('approved')
    expect((await world.request(frozen.requestId)).status).toBe('filed')
    expect(await saidIn(ids)).toEqual(['0,0,0', '0,0,0'])
  }, 60_000)

  it('declines with a reason that each reads, and not what a colleague has', async () => {
    const [one, taken] = [await world.filed(), await world.filed()]
    const { id: ticketId } = await reader('every-carrier').ticket.findUniqueOrThrow({
      where: { requestId: taken.requestId },
    })
    await takeTicket(world.ben, { ticketId })
    const massActId = await acted(world.ann, {}, { act: 'decline', reason: 'data-in-doubt', note: '' })
    await advance(massActId)
    expect(await world.request(one.requestId)).toMatchObject({ status: 'declined', declineReason: 'data-in-doubt' })
    expect((await world.request(taken.requestId)).status).toBe('filed')
    expect((await findMassAct(world.ann, massActId)).refusals).toEqual([{ code: 'taken', count: 1 }])
    const other = acted(world.ann, {}, { act: 'decline', reason: 'other', note: '' })
    await expect(other).rejects.toEqual(refused('note-missing'))
  }, 60_000)

  it('tags, and takes back what it tagged: what was tagged before or untagged since is left', async () => {
    const ids = await questions(4, 'storm')
    await tagTicket(world.ann, { ticketId: ids[0]!, tag: 'vip' })
    const massActId = await acted(world.ann, { tag: 'storm' }, { act: 'tag', tag: ' VIP ' })
    await advance(massActId)
    expect((await ticketsOf(ids)).map(({ tags }) => tags)).toEqual(ids.map(() => ['storm', 'vip']))
    expect(await findMassAct(world.ann, massActId)).toMatchObject({ counted: 3, done: 3, undoable: true })
    await untagTicket(world.ann, { ticketId: ids[1]!, tag: 'vip' })
    await undo(world.ben, massActId)
    expect((await ticketsOf(ids)).map(({ tags }) => tags.includes('vip'))).toEqual([true, false, false, false])
    expect((await findMassAct(world.ann, massActId)).undoable).toBe(false)
    const again = await draftUndo(world.ann, { massActId, askingKey: 'again-and-again' })
    const begin = beginMassAct(world.ann, { massActId: again.massActId, shown: 9 })
    await expect(begin).rejects.toEqual(refused('undone-before'))
    await expect(acted(world.ann, {}, { act: 'tag', tag: '!' })).rejects.toEqual(refused('tag-form'))
    await expect(acted(world.ann, { colour: 'red' }, { act: 'tag', tag: 'x' })).rejects.toEqual(
      refused('unknown-filter'),
    )
  }, 60_000)

  it('links what is of no incident yet, and unlinks it again', async () => {
    const ids = await questions(3, 'outage')
    const before = await incidentOf([harbor], 'resolved')
    const incidentId = await incidentOf([harbor], 'resolved')
    const own = { where: { id: ids[0]! }, data: { incidentId: before } }
    await transaction('every-carrier', tx => tx.ticket.update(own))
    const what = { act: 'link', incidentId, waveCategory: 'contacts' } as const
    const massActId = await acted(world.ann, { tag: 'outage' }, what)
    await advance(massActId)
    expect((await ticketsOf(ids)).map(one => one.incidentId)).toEqual([before, incidentId, incidentId])
    await unlinkTicket(world.ann, { ticketId: ids[1]! })
    await undo(world.ann, massActId)
    expect((await ticketsOf(ids)).map(one => one.incidentId)).toEqual([before, null, null])
    const foreign = { ...what, incidentId: await incidentOf([world.cleo.carrierId!]) }
    await expect(acted(world.ann, {}, foreign)).rejects.toEqual(refused('incident-unknown'))
  }, 60_000)

  it('resolves with a message to each, and opens again what still stands so', async () => {
    const ids = await questions(3, 'over')
    const { requestId } = await world.filed()
    const restore = await reader('every-carrier').ticket.findUniqueOrThrow({ where: { requestId } })
    await tagTicket(world.ann, { ticketId: restore.id, tag: 'over' })
    await takeTicket(world.ben, { ticketId: ids[2]! })
    const massActId = await acted(world.ann, { tag: 'over' }, { act: 'resolve', reason: 'put-right' }, texts)
    await advance(massActId)
    expect((await ticketsOf(ids)).map(one => one.status)).toEqual(['resolved', 'resolved', 'open'])
    // What was refused said nothing either.
    expect(await saidIn([...ids, restore.id])).toEqual(['1,1,1', '1,1,1', '0,0,0', '0,0,0'])
    // What was said with it told them.
    expect(await reader('every-carrier').message.count({ where: { ticketId: { in: ids } } })).toBe(0)
    const found = await findMassAct(world.ann, massActId)
    expect(found).toMatchObject({ done: 2, refused: 2 })
    expect(found.refusals.map(({ code }) => code).sort()).toEqual(['follows-request', 'taken'])
    await undo(world.ann, massActId)
    expect((await ticketsOf(ids)).map(one => one.status)).toEqual(['open', 'open', 'open'])
    await advance(await acted(world.ann, { tag: 'over' }, { act: 'resolve', reason: 'put-right' }))
    expect(
      await reader('every-carrier').message.count({ where: { ticketId: { in: ids }, template: 'resolved' } }),
    ).toBe(2)
  }, 60_000)

  it('ends where the person who asked has no right any more', async () => {
    const ids = await questions(2, 'late')
    const dan: Agent = await world.guard.staff('support_agent')
    const massActId = await acted(dan, { tag: 'late' }, { act: 'tag', tag: 'x' })
    const role = { where: { id: dan.staffId }, data: { role: 'carrier_author' } } as const
    await transaction('every-carrier', tx => tx.staff.update(role))
    expect(await advance(massActId)).toBe('ended')
    expect(await findMassAct(world.ann, massActId)).toMatchObject({ status: 'stopped', stopReason: 'no-right' })
    expect((await ticketsOf(ids)).map(({ tags }) => tags)).toEqual([['late'], ['late']])
  })
})

describe('the ticket of a restore', () => {
  it('is of the incident whose batch holds what it asks for, and of that wave', async () => {
    const { requestId, ada } = await world.filed()
    const incidentId = await incidentOf([ada.carrierId], 'resolved')
    const link = () => transaction('every-carrier', tx => linkedIncident(tx, ada.carrierId, requestId))
    await transaction('every-carrier', tx => tx.recoveryBatch.updateMany({ data: { incidentId: null } }))
    const other = await incidentOf([ada.carrierId])
    expect((await link()).incidentId).toBe(other)
    await transaction('every-carrier', tx => tx.recoveryBatch.updateMany({ data: { incidentId } }))
    expect(await link()).toEqual({ incidentId, waveCategory: 'contacts' })
    const foreign = await incidentOf([world.cleo.carrierId!])
    await transaction('every-carrier', tx => tx.recoveryBatch.updateMany({ data: { incidentId: foreign } }))
    expect((await link()).incidentId).toBe(other)
  })
})
