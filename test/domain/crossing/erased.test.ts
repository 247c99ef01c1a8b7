import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { gatherPushed } from '@/domain/evidence/gather-pushed'
import { lockRestores } from '@/domain/identity/lock-restores'
import { advanceRun } from '@/domain/restore/advance-run'
import { findRequest } from '@/domain/restore/find-requests'
import { resumeRequest } from '@/domain/restore/resume-request'
import { askErasure } from '@/domain/retention/ask-erasure'
import { approveErasure } from '@/domain/retention/decide-erasure'
import { eraseSubscriber } from '@/domain/retention/erase-subscriber'
import { reader } from '@/domain/transaction'
import { CrossingWorld, proved } from '@/test/domain/crossing/crossing-world'
import { contents, refused } from '@/test/domain/decision/decision-world'
import { days, later, type Person } from '@/test/domain/identity/guard-world'
import { jpeg } from '@/test/domain/recovery/intake-world'
import { card } from '@/test/domain/restore/records'
import { asApplication, asOwner } from '@/test/domain/retention/canary'
import { tracesInDatabase } from '@/test/domain/retention/traces'

let world: CrossingWorld
beforeAll(async () => {
  world = await CrossingWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const administrator = (n: number): Actor => {
  const staffId = `0197f0a0-0000-7000-8000-00000000000${n}`
  return { role: 'administrator', staffId, carrierId: null, provedAt: new Date() }
}

/** Asked for and decided; goes on as a worker would so many days from now, and answers how it stands then. */
async function askedErasure({ subscriberId }: Person) {
  const { erasureId } = await askErasure(administrator(1), { subscriberId })
  await approveErasure(administrator(2), { erasureId })
  const outside = { ...world.guard.restores.open.services, signal: new AbortController().signal }
  const goOn = async (after: number) => {
    await eraseSubscriber(system('test'), outside, { erasureId }, later(new Date(), after * days))
    return reader('every-carrier').erasure.findUniqueOrThrow({ where: { id: erasureId } })
  }
  return { goOn }
}

async function erase(person: Person): Promise<void> {
  const { goOn } = await askedErasure(person)
  for (const after of [9, 10]) await goOn(after)
  expect(await goOn(11)).toMatchObject({ status: 'done' })
}

const crossings = () => reader('every-carrier').crossing.count()

describe('a crossing and the erasure of one of the two', () => {
  it('ends before it is approved, whoever of them is erased', async () => {
    for (const who of ['ada', 'bob'] as const) {
      const pair = await world.pair()
      const { into } = await world.consented(pair)
      await erase(pair[who])
      expect(await crossings()).toBe(0)
      expect(await contents(pair.folder)).toEqual({})
      const request = await reader('every-carrier').restoreRequest.findUnique({ where: { id: into } })
      expect(request?.status ?? 'gone').toBe(who === 'ada' ? 'filed' : 'gone')
      await world.declineWhatIsOver()
      if (who === 'ada') expect(await world.declined(into)).toMatchObject({ reason: 'crossing-over' })
    }
  })

  it('waits while the run goes on, and cuts short for good what stands still, whoever of them is erased', async () => {
    for (const who of ['ada', 'bob'] as const) {
      const many = Array.from({ length: 300 }, (_, n) => card(`${who}${n}@x`, `Many ${n}`, `TEL:+1206556${1000 + n}`))
      const pair = await world.pair(many.join(''))
      const { into } = await world.approved(pair)
      const run = await reader('every-carrier').run.findFirstOrThrow({ where: { requestId: into } })
      const erasure = await askedErasure(pair[who])
      expect(await erasure.goOn(9)).toMatchObject({ status: 'approved', waitReason: 'run-under-way' })

      const { services } = world.guard.restores.open
      const cut = new AbortController()
      const there = async () => Object.keys(await contents(pair.folder)).length
      const live = { ...services.live, changed: () => existsSync(path.join(pair.folder, 'contacts')) && cut.abort() }
      await advanceRun({ ...services, live }, { runId: run.id, signal: cut.signal })
      expect(await erasure.goOn(9)).toMatchObject({ status: 'approved', waitReason: 'run-under-way' })
      await lockRestores(proved(pair.ada), pair.ada)
      const given = await there()
      expect(given).toBeLessThan(300)
      // Its worker may still be at a record: it has the account for as long as a lease lasts.
      expect(await erasure.goOn(9)).toMatchObject({ status: 'approved', waitReason: 'run-under-way' })
      await reader('every-carrier').$executeRaw`UPDATE account_leases SET expires_at = now()`
      for (const after of [9, 10, 11]) await erasure.goOn(after)
      expect(await erasure.goOn(12)).toMatchObject({ status: 'done' })

      await advanceRun(services, { runId: run.id, signal: new AbortController().signal })
      expect(await there()).toBe(given)
      const request = await reader('every-carrier').restoreRequest.findUnique({ where: { id: into } })
      expect(request?.status ?? 'gone').toBe(who === 'ada' ? 'done' : 'gone')
      if (who === 'bob') continue
      await expect(resumeRequest(proved(pair.bob), { requestId: into })).rejects.toEqual(refused('cannot-resume'))
      expect((await world.request(into)).undoUntil!.getTime()).toBeLessThan(later(new Date(), 12 * days).getTime())
      expect(await findRequest(proved(pair.bob), into)).toMatchObject({ status: 'done', holdings: [], crossing: null })
    }
  })

  it('leaves no name of a photo of theirs in what tells what became of it', async () => {
    const name = 'Ada and Zebulon at the lake.jpg'
    const pair = await world.pair(undefined, { [name]: jpeg })
    const { into } = await world.finished(pair)
    const [owner, application] = await Promise.all([asOwner(), asApplication()])
    const traces = () => tracesInDatabase({ owner, application }, [name, encodeURI(name), 'Zebulon'])
    const settled = async () => {
      const chunks = await reader('every-carrier').outcomeChunk.findMany({ where: { run: { requestId: into } } })
      return chunks.flatMap(one => (one.outcomes as { outcome: string }[]).map(({ outcome }) => outcome)).sort()
    }
    try {
      expect(await traces()).not.toEqual([])
      const before = await settled()
      await erase(pair.ada)
      expect(await traces()).toEqual([])
      expect(await settled()).toEqual(before)
    } finally {
      await Promise.all([owner.end(), application.end()])
    }
  })

  it('leaves what was given to the other, and no plan that holds the erased one’s records', async () => {
    const pair = await world.pair()
    const { into } = await world.finished(pair)
    const run = await reader('every-carrier').run.findFirstOrThrow({ where: { requestId: into } })
    const { sealed } = world.guard.restores.open.services
    expect(await sealed.exists(`runs/${run.id}/contacts/plan`)).toBe(true)
    const before = await contents(pair.folder)
    await erase(pair.ada)
    expect(await sealed.exists(`runs/${run.id}/contacts/plan`)).toBe(false)
    expect(await contents(pair.folder)).toEqual(before)
    // Not the 30 days that an undo is offered otherwise: over at the erasure.
    expect((await world.request(into)).undoUntil!.getTime()).toBeLessThan(later(new Date(), 12 * days).getTime())
    expect(await crossings()).toBe(0)
  })
})

describe('evidence', () => {
  it('tells of it in the bundles of both, and of the other’s account in neither', async () => {
    const pair = await world.pair()
    const { crossingId, into } = await world.finished(pair)
    for (const [person, side] of [
      [pair.ada, 'source'],
      [pair.bob, 'target'],
    ] as const) {
      const { subscriberId: id } = person
      const pushed = await gatherPushed(reader('every-carrier'), { id })
      expect(pushed.crossings).toEqual([
        expect.objectContaining({ id: crossingId, side, status: 'filed', request: 'done' }),
      ])
      expect(pushed.requests.some(one => one.id === into)).toBe(side === 'target')
      expect(JSON.stringify(pushed).includes(pair.accountId)).toBe(side === 'target')
      const kinds = await world.decisions.events(`subscriber:${id}`)
      expect(kinds).toEqual(expect.arrayContaining(['crossing.asked', 'crossing.opened', 'crossing.filed']))
    }
  })
})
