import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { system } from '@/domain/actor'
import { advanceRun } from '@/domain/restore/advance-run'
import { lookAgain } from '@/domain/restore/look-again'
import { resumeRequest } from '@/domain/restore/resume-request'
import { undoRequest } from '@/domain/restore/undo-request'
import { reader } from '@/domain/transaction'
import { ofEverything, people } from '@/test/domain/restore/records'
import { countIn, type Place, ScriptedWorld, uidsIn } from '@/test/domain/restore/scripted-place'
import type { Script } from '@/test/faults/scripted-dav'

const operator = system('test')
// A busy machine takes its time; what is slow here is the machine.
vi.setConfig({ testTimeout: 120_000 })

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

const uidsUpTo = (count: number) => Array.from({ length: count }, (_, i) => `p-${i}`).sort()

/** Holds back the answer to one write, the n-th, until it is let go; everything else goes through. */
function holdingBack(nth: number): { script: Script; reached: Promise<void>; letGo(): void } {
  let writes = 0
  let letGo = (): void => undefined
  let hasReached = (): void => undefined
  const reached = new Promise<void>(resolve => {
    hasReached = resolve
  })
  const released = new Promise<void>(resolve => {
    letGo = resolve
  })
  const script: Script = async (request, next) => {
    if ((request.method === 'PUT' || request.method === 'DELETE') && ++writes === nth) {
      hasReached()
      await released
    }
    return next()
  }
  return { script, reached, letGo }
}

/** Every ordinal of the plan is in exactly one committed chunk. */
async function committedOnce(runId: string): Promise<void> {
  const chunks = await reader('every-carrier').outcomeChunk.findMany({
    where: { runId },
    orderBy: { fromOrdinal: 'asc' },
  })
  const rows = await reader('every-carrier').runCategory.findMany({ where: { runId } })
  for (const row of rows) {
    const ordinals = chunks
      .filter(one => one.category === row.category)
      .flatMap(one => (one.outcomes as unknown as { n: number }[]).map(({ n }) => n))
    expect(ordinals).toEqual(Array.from({ length: row.planned ?? 0 }, (_, n) => n))
    expect(row.settled).toBe(row.planned)
    const counts = Object.values(row.counts as Record<string, number>)
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(row.planned)
  }
}

const expire = (place: Place) =>
  reader('every-carrier').accountLease.updateMany({
    where: { accountId: place.accountId },
    data: { expiresAt: new Date(0) },
  })

describe('a worker that is told to let go', () => {
  it('stops between two records, in no trouble, and another goes on to the end', async () => {
    const place = await at.place({ files: { ...ofEverything(), 'contacts.vcf': people(60) } })
    const stopping = new AbortController()
    place.server.become(async (request, next) => {
      if (countIn(place.server, '/u/book/') >= 20) stopping.abort()
      if (request.method === 'PUT') await sleep(2)
      return next()
    })
    const requestId = await at.world.request(place)
    expect((await at.advance(requestId, stopping.signal)).kind).toBe('again')
    const { categories, status, waitReason } = await at.run(requestId)
    expect([status, waitReason]).toEqual(['running', null])
    expect(categories.every(one => one.trouble === null)).toBe(true)
    expect(countIn(place.server, '/u/book/')).toBeLessThan(40)

    place.server.become((_, next) => next())
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.world.report(requestId)).categories.contacts).toMatchObject({ created: 60, verified: 60 })
    expect(uidsIn(place.server, '/u/book/')).toEqual(uidsUpTo(60))
    await committedOnce((await at.run(requestId)).id)
    expect(at.faults).toEqual([])
  })

  it.each(['discovery', 'the snapshot', 'the last category'])('during %s is in no trouble either', async when => {
    const place = await at.place({
      files: when === 'the last category' ? { 'contacts.vcf': people(3) } : ofEverything(),
    })
    const stopping = new AbortController()
    place.server.become(async (request, next) => {
      const isTime = {
        discovery: true,
        'the snapshot': request.path === '/u/book/',
        'the last category': request.method === 'PUT',
      }
      if (isTime[when as keyof typeof isTime]) {
        stopping.abort()
        await sleep(20)
      }
      return next()
    })
    const requestId = await at.world.request(place)
    expect((await at.advance(requestId, stopping.signal)).kind).toBe('again')
    const { status, waitReason, tries, categories } = await at.run(requestId)
    expect([status, waitReason, tries]).toEqual(['running', null, 0])
    expect(categories.every(one => one.trouble === null)).toBe(true)
    expect(at.faults).toEqual([])
    place.server.become((_, next) => next())
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.run(requestId)).request.status).toBe('done')
  })

  it('in an undo leaves it to another as well', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(230) } })
    const requestId = (await at.world.restore(place)).request
    await undoRequest(operator, { requestId })
    const stopping = new AbortController()
    place.server.become((request, next) => {
      if (request.method === 'DELETE' && countIn(place.server, '/u/book/') <= 180) stopping.abort()
      return next()
    })
    expect((await at.advance(requestId, stopping.signal)).kind).toBe('again')
    expect(countIn(place.server, '/u/book/')).toBeGreaterThan(0)
    place.server.become((_, next) => next())
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(countIn(place.server, '/u/book/')).toBe(0)
    await committedOnce((await at.run(requestId)).id)
  })
})

describe('a worker that sleeps through its lease', () => {
  it('commits nothing any more once another has the same run', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(150) } })
    const { script, reached, letGo } = holdingBack(20)
    place.server.become(script)
    const requestId = await at.world.request(place)
    const sleeper = at.advance(requestId)
    await reached
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    const { id: runId } = await at.run(requestId)
    const before = await reader('every-carrier').outcomeChunk.findMany({
      where: { runId },
      orderBy: { fromOrdinal: 'asc' },
    })
    letGo()
    expect((await sleeper).kind).toBe('again')
    expect(
      await reader('every-carrier').outcomeChunk.findMany({ where: { runId }, orderBy: { fromOrdinal: 'asc' } }),
    ).toEqual(before)
    await committedOnce(runId)
    expect((await at.world.report(requestId)).categories.contacts).toMatchObject({ created: 150, verified: 150 })
    expect(uidsIn(place.server, '/u/book/')).toEqual(uidsUpTo(150))
    expect(await at.happened(requestId, 'request.finished')).toBe(1)
  })

  it('while planning does not replace the plan that another follows', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    let first = true
    let letGo = (): void => undefined
    let hasReached = (): void => undefined
    const reached = new Promise<void>(resolve => {
      hasReached = resolve
    })
    const released = new Promise<void>(resolve => {
      letGo = resolve
    })
    place.server.become(async (request, next) => {
      if (request.method === 'PROPFIND' && request.path === '/u/book/' && request.headers.depth === '1' && first) {
        first = false
        hasReached()
        await released
      }
      return next()
    })
    const requestId = await at.world.request(place)
    const sleeper = at.advance(requestId)
    await reached
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    // What the sleeper sees now is what the other has restored: to its plan there is nothing left to do, or to undo.
    letGo()
    expect((await sleeper).kind).toBe('again')
    const undone = await at.world.undo(requestId)
    expect(undone.undo?.contacts).toEqual({ removed: 12 })
    expect(countIn(place.server, '/u/book/')).toBe(0)
  })

  it('commits nothing once another run has the account', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    const { script, reached, letGo } = holdingBack(5)
    place.server.become(script)
    const slow = await at.world.request(place)
    const quick = await at.world.request(place)
    const sleeper = at.advance(slow)
    await reached
    const refused = await at.advance(quick)
    expect(refused.kind === 'again' && refused.at.getTime() - Date.now()).toBeGreaterThan(2_000)
    await expire(place)
    const { id: quickRun } = await at.run(quick)
    const services = at.world.open.services
    expect(await advanceRun(services, { runId: quickRun, signal: new AbortController().signal })).toEqual({
      kind: 'ended',
    })
    letGo()
    expect((await sleeper).kind).toBe('again')
    const { id: slowRun, categories } = await at.run(slow)
    expect(await reader('every-carrier').outcomeChunk.count({ where: { runId: slowRun } })).toBe(0)
    expect(categories[0]?.settled).toBe(0)
    // It takes up later what its plan says and finds that all of it is there, created by the other.
    expect(await at.advance(slow)).toEqual({ kind: 'ended' })
    expect(uidsIn(place.server, '/u/book/')).toEqual(uidsUpTo(12))
    await committedOnce(slowRun)
    const counts = async (id: string) => (await at.world.report(id)).categories.contacts
    expect((await counts(slow))!.created + (await counts(quick))!.created).toBe(12)
  })
})

describe('two requests for one account', () => {
  it('take turns: the second finds everything there', async () => {
    const place = await at.place({ files: ofEverything() })
    const { script, reached, letGo } = holdingBack(2)
    place.server.become(script)
    const first = await at.world.request(place)
    const second = await at.world.request(place)
    const going = at.advance(first)
    await reached
    expect((await at.advance(second)).kind).toBe('again')
    expect((await at.run(second)).status).toBe('queued')
    letGo()
    expect(await going).toEqual({ kind: 'ended' })
    expect(await at.advance(second)).toEqual({ kind: 'ended' })
    for (const category of Object.values((await at.world.report(second)).categories)) {
      expect(category).toMatchObject({ found: 3, created: 0, alreadyPresent: 3 })
    }
  })
})

describe('a restore that waited while another one finished', () => {
  const waiting = async (): Promise<{ place: Place; first: string; second: string }> => {
    const place = await at.place({ files: ofEverything(12) })
    place.server.become((request, next) => (request.method === 'PUT' ? { status: 507 } : next()))
    const first = await at.world.request(place)
    await at.advance(first)
    expect((await at.run(first)).status).toBe('waiting')
    place.server.become((_, next) => next())
    const second = (await at.world.restore(place)).request
    return { place, first, second }
  }
  const hold = async ({ server }: Place, count: number): Promise<void> => {
    for (const path of server.store.collections.keys()) expect([path, countIn(server, path)]).toEqual([path, count])
  }

  it('does not call its own what the other created, and leaves it to the other to undo', async () => {
    const { place, first, second } = await waiting()
    expect(await at.advance(first)).toEqual({ kind: 'ended' })
    for (const category of Object.values((await at.world.report(first)).categories)) {
      expect(category).toMatchObject({ found: 12, created: 0, alreadyPresent: 12 })
    }
    await at.world.undo(first)
    await hold(place, 12)
    expect((await at.world.undo(second)).undo?.photos).toEqual({ removed: 12 })
    await hold(place, 0)
  })

  it('is undone without taking away what the other created', async () => {
    const { place, first, second } = await waiting()
    await at.world.undo(first)
    await hold(place, 12)
    await at.world.undo(second)
    await hold(place, 0)
  })

  it('creates everything itself once the other has been undone', async () => {
    const { place, first, second } = await waiting()
    await at.world.undo(second)
    await hold(place, 0)
    expect(await at.advance(first)).toEqual({ kind: 'ended' })
    expect((await at.world.report(first)).categories.contacts).toMatchObject({ created: 12, verified: 12 })
    await at.world.undo(first)
    await hold(place, 0)
  })
})

describe('answers that are lost', () => {
  it('after the write has had its effect leave every record once', async () => {
    const place = await at.place({ files: ofEverything(12) })
    const lost = new Set<string>()
    place.server.become((request, next) => {
      if (request.method !== 'PUT' || lost.has(request.path)) return next()
      lost.add(request.path)
      next()
      return 'reset'
    })
    const requestId = await at.world.request(place)
    await at.world.run(requestId)
    const report = await at.world.report(requestId)
    expect(report.state).toBe('done')
    for (const category of Object.values(report.categories)) {
      expect(category).toMatchObject({ found: 12, created: 12, verified: 12, failed: 0 })
    }
    expect(uidsIn(place.server, '/u/book/')).toEqual(uidsUpTo(12))
    for (const path of ['/u/events/', '/u/todo/', '/u/journal/', '/files/'])
      expect(countIn(place.server, path)).toBe(12)
  })

  it('to removals leave the undo complete', async () => {
    const place = await at.place({ files: ofEverything(12) })
    const { request } = await at.world.restore(place)
    const lost = new Set<string>()
    place.server.become((asked, next) => {
      if (asked.method !== 'DELETE' || lost.has(asked.path)) return next()
      lost.add(asked.path)
      next()
      return 'reset'
    })
    expect((await at.world.undo(request)).state).toBe('undone')
    for (const path of place.server.store.collections.keys()) expect(countIn(place.server, path)).toBe(0)
  })
})

describe('an undo that is asked for while the restore tries again by itself', () => {
  it('waits until the restore has let go, and nothing of it stays', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(150) } })
    place.server.become((request, next) => (request.method === 'PUT' ? { status: 507 } : next()))
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    const { id: restoreRun, status } = await at.run(requestId)
    expect(status).toBe('waiting')
    const { script, reached, letGo } = holdingBack(30)
    place.server.become(script)
    const restoring = at.advance(requestId)
    await reached
    await undoRequest(operator, { requestId })
    expect((await at.advance(requestId)).kind).toBe('again')
    letGo()
    expect((await restoring).kind).toBe('again')
    expect((await reader('every-carrier').run.findUniqueOrThrow({ where: { id: restoreRun } })).status).toBe('stopped')
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.run(requestId)).request.status).toBe('undone')
    expect(countIn(place.server, '/u/book/')).toBe(0)
    expect(await at.happened(requestId, 'request.finished')).toBe(0)
  })

  it('is not stopped by a restore that was just ending', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(5) } })
    place.server.become((request, next) => (request.method === 'PUT' ? { status: 507 } : next()))
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    let asked = false
    place.server.become(async (request, next) => {
      if (request.method === 'REPORT' && countIn(place.server, '/u/book/') === 5 && !asked) {
        asked = true
        await undoRequest(operator, { requestId })
      }
      return next()
    })
    expect((await at.advance(requestId)).kind).toBe('again')
    expect(asked).toBe(true)
    expect((await at.run(requestId)).request.status).toBe('running')
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.run(requestId)).request.status).toBe('undone')
    expect(countIn(place.server, '/u/book/')).toBe(0)
  })
})

describe('a look at a restore that is being undone', () => {
  it('does not take removals for records that vanish', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    const requestId = (await at.world.restore(place)).request
    const { id: runId } = await at.run(requestId)
    await reader('every-carrier').outcomeChunk.updateMany({ where: { runId }, data: { committedAt: new Date(0) } })
    let asked = false
    place.server.become(async (_, next) => {
      if (!asked) {
        asked = true
        await undoRequest(operator, { requestId })
        place.server.store.collections.get('/u/book/')!.items.clear()
      }
      return next()
    })
    expect(await lookAgain(at.world.open.services, runId)).toBeNull()
    expect((await at.run(requestId)).request.status).toBe('running')
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.run(requestId)).request.status).toBe('undone')
  })
})

describe('a run that goes on while it is being resumed', () => {
  it('is not begun twice', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    place.server.become((request, next) => (request.method === 'PUT' ? { status: 507 } : next()))
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    const { script, reached, letGo } = holdingBack(4)
    place.server.become(script)
    const going = at.advance(requestId)
    await reached
    await resumeRequest(operator, { requestId })
    letGo()
    expect(await going).toEqual({ kind: 'ended' })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.run(requestId)).request.status).toBe('done')
    expect(await at.happened(requestId, 'request.finished')).toBe(1)
    expect(uidsIn(place.server, '/u/book/')).toEqual(uidsUpTo(12))
  })
})
