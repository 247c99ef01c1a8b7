import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { system } from '@/domain/actor'
import { decideBatch } from '@/domain/recovery/decide-batch'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import { listHaltedRequests } from '@/domain/restore/list-halted-requests'
import { resumeRequest } from '@/domain/restore/resume-request'
import { reader } from '@/domain/transaction'
import { calendar, component, ofEverything, people } from '@/test/domain/restore/records'
import { countIn, type Place, ScriptedWorld, uidsIn } from '@/test/domain/restore/scripted-place'

const operator = system('test')
// A busy machine takes its time; what is slow here is the machine.
vi.setConfig({ testTimeout: 120_000 })

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

const administrator = () =>
  ({ role: 'administrator', staffId: randomUUID(), carrierId: null, provedAt: new Date() }) as const

async function idOf(batch: string): Promise<string> {
  return (await reader('every-carrier').recoveryBatch.findUniqueOrThrow({ where: { name: batch } })).id
}

async function withhold(batch: string): Promise<void> {
  const input = { batchId: await idOf(batch), use: false, reason: 'Somebody else’s data?' }
  expect(await decideBatch(administrator(), input)).toEqual({ status: 'withheld' })
}

async function release(batch: string): Promise<void> {
  const input = { batchId: await idOf(batch), use: true, reason: 'Looked at: it is theirs.' }
  await decideBatch(administrator(), input)
  expect(await decideBatch(administrator(), input)).toEqual({ status: 'released' })
}

/** Withholds the place's batch while the first record is on its way to its account, each of which takes `ms`. */
function withholdAtFirst(place: Place, ms = 0): void {
  let withheld: Promise<void> | undefined
  place.server.become(async (request, next) => {
    if (request.method !== 'PUT') return next()
    withheld ??= withhold(place.batch)
    await withheld
    await sleep(ms)
    return next()
  })
}

const standing = async (requestId: string) => {
  const { status, waitReason, request, categories } = await at.run(requestId)
  const of = Object.fromEntries(categories.map(one => [one.category, [one.step, one.trouble]]))
  return { run: [status, waitReason], request: [request.status, request.waitReason], of }
}

const waiting = { run: ['waiting', 'batch-withheld'], request: ['waiting', 'batch-withheld'] }
const minutesUntil = (next: { kind: string; at?: Date }) =>
  Math.round(((next.at?.getTime() ?? 0) - Date.now()) / 60_000)

describe('a batch that is withheld while it is being pushed', () => {
  it('is pushed no further; other batches’ records are, and it goes on by itself once it is released', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(900) } })
    const person = (await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: place.subscriberId } }))
      .accountId
    await at.takeIn(`${place.batch}-b`, person, { 'calendar.ics': calendar(component('VEVENT', 'e-1', 'Event')) })
    withholdAtFirst(place)
    const requestId = await at.world.request(place)
    const next = await at.advance(requestId)
    expect(minutesUntil(next)).toBe(15)
    expect(await standing(requestId)).toEqual({
      ...waiting,
      of: { contacts: ['push', 'batch-withheld'], calendar: ['done', null] },
    })
    expect(countIn(place.server, '/u/events/')).toBe(1)
    const pushed = countIn(place.server, '/u/book/')
    expect(pushed).toBeGreaterThan(0)
    expect(pushed).toBeLessThan(900)
    const { settled } = (await at.run(requestId)).categories.find(one => one.category === 'contacts')!
    expect(settled).toBe(pushed)

    // Tried again by itself: nothing more of it, and nobody is told a second time.
    expect(minutesUntil(await at.advance(requestId))).toBe(15)
    expect(countIn(place.server, '/u/book/')).toBe(pushed)
    expect(await at.happened(requestId, 'request.waiting')).toBe(1)
    const halted = (await listHaltedRequests(operator)).find(one => one.id === requestId)
    expect(halted).toMatchObject({ waitReason: 'batch-withheld', resumable: true })
    expect(await reader('every-carrier').message.count({ where: { requestId, template: 'needs-you' } })).toBe(0)

    await release(place.batch)
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await standing(requestId)).request).toEqual(['done', null])
    expect((await at.world.report(requestId)).categories.contacts).toMatchObject({
      found: 900,
      created: 900,
      verified: 900,
    })
    expect(uidsIn(place.server, '/u/book/')).toEqual(Array.from({ length: 900 }, (_, i) => `p-${i}`).sort())
  })

  it('stops within a chunk where its account is slow', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(95) } })
    withholdAtFirst(place, 300)
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    expect(await standing(requestId)).toMatchObject(waiting)
    expect(countIn(place.server, '/u/book/')).toBeLessThan(95)
  })

  it('can be undone as far as it got', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(900) } })
    withholdAtFirst(place)
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    const pushed = countIn(place.server, '/u/book/')
    expect(pushed).toBeGreaterThan(0)
    const undone = await at.world.undo(requestId)
    expect(undone.undo?.contacts?.removed).toBe(pushed)
    expect(undone.state).toBe('undone')
    expect(countIn(place.server, '/u/book/')).toBe(0)
    expect(await reader('every-carrier').recoveryBatch.findUnique({ where: { name: place.batch } })).toMatchObject({
      status: 'withheld',
    })
  })
})

describe('a batch that is withheld between approval and start', () => {
  it('is not even read; going on too early waits again, and once it is released goes through', async () => {
    const place = await at.place({ files: ofEverything(), collections: {} })
    const requestId = await at.world.request(place)
    await withhold(place.batch)
    const seen = place.server.log.length
    await at.advance(requestId)
    expect(place.server.log.length).toBe(seen)
    const untouched = ['check', 'batch-withheld']
    expect(await standing(requestId)).toEqual({
      ...waiting,
      of: { contacts: untouched, calendar: untouched, tasks: untouched, notes: untouched, photos: untouched },
    })

    await resumeRequest(operator, { requestId })
    await at.advance(requestId)
    expect(await standing(requestId)).toMatchObject(waiting)
    expect(await at.happened(requestId, 'request.waiting')).toBe(2)

    await release(place.batch)
    await resumeRequest(operator, { requestId })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await standing(requestId)).run).toEqual(['done', null])
  })
})

it('a request for a withheld batch is not approved before the batch is released', async () => {
  const place = await at.place({ files: ofEverything() })
  const { subscriberId, accountId } = place
  const holdingIds = (await listHoldings(operator, { subscriberId })).map(one => one.id)
  const filed = { subscriberId, accountId, holdingIds, rule: 'merge', filingKey: randomUUID() } as const
  const { id: requestId } = await fileRequest(operator, filed)
  await withhold(place.batch)
  await expect(approveRequest(operator, { requestId })).rejects.toMatchObject({
    kind: 'wrong-state',
    code: 'source-withheld',
  })
  expect(await reader('every-carrier').run.count({ where: { requestId } })).toBe(0)
  await release(place.batch)
  await approveRequest(operator, { requestId })
  expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
  expect((await standing(requestId)).request).toEqual(['done', null])
})
