import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { system } from '@/domain/actor'
import { lookAgain } from '@/domain/restore/look-again'
import { renewPassword } from '@/domain/restore/renew-password'
import { resumeRequest } from '@/domain/restore/resume-request'
import { reader } from '@/domain/transaction'
import { ofEverything, people } from '@/test/domain/restore/records'
import { countIn, ScriptedWorld, uidsIn } from '@/test/domain/restore/scripted-place'

const operator = system('test')
const twelve = Array.from({ length: 12 }, (_, i) => `p-${i}`).sort()
// A busy machine takes its time; what is slow here is the machine.
vi.setConfig({ testTimeout: 120_000 })

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

const standing = async (requestId: string) => {
  const { status, waitReason, request, tries } = await at.run(requestId)
  return {
    run: [status, waitReason],
    request: [request.status, request.waitReason],
    account: request.account.status,
    tries,
  }
}

describe('a full account', () => {
  it('waits openly with what was done, and goes on once there is room, every record once', async () => {
    const place = await at.place({
      files: { 'contacts.vcf': people(12), 'calendar.ics': ofEverything()['calendar.ics']! },
    })
    place.server.become((request, next) =>
      request.method === 'PUT' && request.path.startsWith('/u/book/') && countIn(place.server, '/u/book/') >= 5
        ? { status: 507 }
        : next(),
    )
    const requestId = await at.world.request(place)
    const next = await at.advance(requestId)
    expect(next.kind).toBe('again')
    expect(await standing(requestId)).toMatchObject({
      run: ['waiting', 'account-full'],
      request: ['waiting', 'account-full'],
      account: 'full',
    })
    // What the full collection could not take does not stop the calendar.
    expect(countIn(place.server, '/u/events/')).toBe(3)
    const before = (await at.world.report(requestId)).categories.contacts!
    expect(before.created).toBeLessThanOrEqual(5)
    expect(await at.happened(requestId, 'request.waiting')).toBe(1)

    // Tried again by itself and still full: nobody is told a second time.
    await at.advance(requestId)
    expect(await at.happened(requestId, 'request.waiting')).toBe(1)

    place.server.become((_, answer) => answer())
    await resumeRequest(operator, { requestId })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(await standing(requestId)).toMatchObject({ run: ['done', null], request: ['done', null], account: 'ready' })
    const report = await at.world.report(requestId)
    expect(report.categories.contacts).toMatchObject({ found: 12, created: 12, verified: 12, failed: 0 })
    expect(uidsIn(place.server, '/u/book/')).toEqual(twelve)
  })
})

describe('a password that is refused in the middle', () => {
  it('waits for a new one, tried before it is kept, and then finishes', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    const basic = (password: string) => `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`
    place.server.become((request, next) =>
      countIn(place.server, '/u/book/') >= 5 && request.headers.authorization !== basic('new')
        ? { status: 401, headers: { 'www-authenticate': 'Basic realm="dav"' } }
        : next(),
    )
    const requestId = await at.world.request(place)
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(await standing(requestId)).toMatchObject({
      run: ['waiting', 'password-refused'],
      request: ['waiting', 'password-refused'],
      account: 'needs_password',
    })
    const renewed = (password: string) =>
      renewPassword(operator, at.world.open.services, { accountId: place.accountId, password })
    await expect(renewed('wrong')).rejects.toMatchObject({ code: 'account-unauthorized' })
    expect((await standing(requestId)).account).toBe('needs_password')
    await renewed('new')
    expect(await standing(requestId)).toMatchObject({
      run: ['queued', null],
      request: ['running', null],
      account: 'ready',
    })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.world.report(requestId)).categories.contacts).toMatchObject({ created: 12, verified: 12 })
    expect(uidsIn(place.server, '/u/book/')).toEqual(twelve)
  })
})

describe('a server that cannot be reached', () => {
  it('is tried with growing rests, then waited for openly, and the run finishes when it is back', async () => {
    const place = await at.place({ files: ofEverything() })
    place.server.become((_, next) => (countIn(place.server, '/u/book/') >= 2 ? 'reset' : next()))
    const requestId = await at.world.request(place)
    const rests: number[] = []
    for (let tries = 1; tries <= 5; tries++) {
      const next = await at.advance(requestId)
      expect(next.kind).toBe('again')
      if (next.kind === 'again') rests.push(Math.round((next.at.getTime() - Date.now()) / 1000))
    }
    expect(rests).toEqual([2, 4, 8, 16, 32])
    expect(await standing(requestId)).toMatchObject({ run: ['running', null], request: ['running', null] })
    const next = await at.advance(requestId)
    expect(next.kind === 'again' && next.at.getTime() - Date.now()).toBeGreaterThan(14 * 60_000)
    expect(await standing(requestId)).toMatchObject({
      run: ['waiting', 'server-unreachable'],
      request: ['waiting', 'server-unreachable'],
      account: 'unreachable',
    })
    const host = `http://127.0.0.1:${place.server.port}`
    const noted = await reader('every-carrier').host.findUniqueOrThrow({ where: { host } })
    expect(noted.failures).toBe(6)
    expect(noted.notBefore!.getTime()).toBeGreaterThan(Date.now())

    place.server.become((_, answer) => answer())
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(await standing(requestId)).toMatchObject({ run: ['done', null], request: ['done', null], account: 'ready' })
    expect(await reader('every-carrier').host.findUniqueOrThrow({ where: { host } })).toMatchObject({
      failures: 0,
      notBefore: null,
    })
    for (const category of Object.values((await at.world.report(requestId)).categories)) {
      expect(category).toMatchObject({ found: 3, created: 3, verified: 3 })
    }
  })

  it('that is slow to fail is left alone too: a slice that is over with trouble rests like any other', async () => {
    const place = await at.place({ files: ofEverything() })
    place.server.become(async () => {
      await new Promise(resolve => setTimeout(resolve, 30))
      return 'reset' as const
    })
    const requestId = await at.world.request(place)
    const next = await at.advance(requestId, undefined, 20)
    expect(next.kind === 'again' && next.at.getTime() - Date.now()).toBeGreaterThan(1_500)
    expect((await standing(requestId)).tries).toBe(1)
  })
})

describe('a server that asks for rest', () => {
  it('gets it: the run comes back when it said, and its other work is held back too', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    place.server.become((request, next) =>
      request.method === 'PUT' && countIn(place.server, '/u/book/') >= 4
        ? { status: 429, headers: { 'retry-after': '3600' } }
        : next(),
    )
    const requestId = await at.world.request(place)
    const next = await at.advance(requestId)
    const hour = Date.now() + 3_600_000
    expect(next.kind === 'again' && Math.abs(next.at.getTime() - hour)).toBeLessThan(30_000)
    const noted = await reader('every-carrier').host.findUniqueOrThrow({
      where: { host: `http://127.0.0.1:${place.server.port}` },
    })
    expect(Math.abs(noted.notBefore!.getTime() - hour)).toBeLessThan(30_000)
    expect((await standing(requestId)).run).toEqual(['running', null])

    place.server.become((_, answer) => answer())
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.world.report(requestId)).categories.contacts).toMatchObject({ created: 12, verified: 12 })
    expect(uidsIn(place.server, '/u/book/')).toEqual(twelve)
  })
})

describe('one category that fails', () => {
  it.each([
    ['its collection answers nothing but 500', () => ({ status: 500 })],
    ['its collection ends every connection', () => 'reset' as const],
  ])('does not stop the others where %s', async (_, fault) => {
    const place = await at.place({ files: ofEverything() })
    place.server.become((request, next) => (request.path.startsWith('/u/events/') ? fault() : next()))
    const requestId = await at.world.request(place)
    for (let tries = 1; tries <= 6; tries++) await at.advance(requestId)
    expect((await standing(requestId)).run).toEqual(['waiting', 'server-unreachable'])
    const { categories } = await at.run(requestId)
    expect(Object.fromEntries(categories.map(one => [one.category, [one.step, one.trouble]]))).toEqual({
      contacts: ['done', null],
      calendar: ['check', 'server-unreachable'],
      tasks: ['done', null],
      notes: ['done', null],
      photos: ['done', null],
    })
    place.server.become((_request, answer) => answer())
    await resumeRequest(operator, { requestId })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    const report = await at.world.report(requestId)
    for (const category of Object.values(report.categories)) expect(category).toMatchObject({ created: 3, verified: 3 })
  })

  it('takes its turn after the others where it eats up every slice', async () => {
    const place = await at.place({ files: ofEverything() })
    place.server.become(async (request, next) => {
      if (!request.path.startsWith('/u/book/')) return next()
      await new Promise(resolve => setTimeout(resolve, 100))
      return 'reset'
    })
    const requestId = await at.world.request(place)
    for (let tries = 1; tries <= 6; tries++) await at.advance(requestId, undefined, 300)
    const { categories } = await at.run(requestId)
    expect(categories.filter(one => one.step === 'done')).toHaveLength(4)
  })
})

describe('photos on a server of their own', () => {
  const hostOf = (port: number) =>
    reader('every-carrier').host.findUnique({ where: { host: `http://127.0.0.1:${port}` } })

  it('that is in trouble hold back nobody else’s work on the account’s server', async () => {
    const files = await at.server()
    const place = await at.place({ files: ofEverything(), withFiles: files })
    files.become(() => 'reset')
    const requestId = await at.world.request(place)
    for (let tries = 1; tries <= 6; tries++) await at.advance(requestId)
    expect((await standing(requestId)).run).toEqual(['waiting', 'server-unreachable'])
    expect(await hostOf(place.server.port)).toBeNull()
    files.become((_, next) => next())
    await resumeRequest(operator, { requestId })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(countIn(files, '/files/')).toBe(3)
  })

  it('that asks for a moment are not kept waiting for a person who has to make room elsewhere', async () => {
    const files = await at.server()
    const place = await at.place({ files: ofEverything(), withFiles: files })
    place.server.become((request, next) =>
      request.method === 'PUT' && request.path.startsWith('/u/book/') ? { status: 507 } : next(),
    )
    files.become(() => ({ status: 503, headers: { 'retry-after': '60' } }))
    const requestId = await at.world.request(place)
    const next = await at.advance(requestId)
    expect((await standing(requestId)).run).toEqual(['waiting', 'account-full'])
    expect(next.kind === 'again' && next.at.getTime() - Date.now()).toBeLessThan(61_000)
    files.become((_, answer) => answer())
    const later = await at.advance(requestId)
    expect(countIn(files, '/files/')).toBe(3)
    expect(later.kind === 'again' && later.at.getTime() - Date.now()).toBeGreaterThan(3_600_000)
    expect(await at.happened(requestId, 'request.waiting')).toBe(1)
  })
})

describe('records that vanish', () => {
  it('hold the run when the first look misses them, and going on ends the hold without writing again', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    let swept = false
    place.server.become((request, next) => {
      const { items } = place.server.store.collections.get('/u/book/')!
      if (request.method === 'REPORT' && request.body.includes('hw-') && !swept) {
        swept = true
        for (const name of [...items.keys()].slice(0, 8)) items.delete(name)
      }
      return next()
    })
    const requestId = await at.world.request(place)
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(await standing(requestId)).toMatchObject({ run: ['held', 'vanishing'], request: ['held', 'vanishing'] })
    expect(await at.happened(requestId, 'request.held')).toBe(1)
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })

    await resumeRequest(operator, { requestId })
    const puts = place.server.count('PUT')
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await standing(requestId)).request).toEqual(['done', null])
    expect(place.server.count('PUT')).toBe(puts)
    expect((await at.world.report(requestId)).categories.contacts).toMatchObject({ created: 12, verified: 4 })
  })

  it('are noticed a quarter of an hour later; a few that the person removed are not', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    const requestId = (await at.world.restore(place)).request
    const { id: runId, finishedAt } = await at.run(requestId)
    const earlier = new Date(Date.now() - 15 * 60_000)
    await reader('every-carrier').outcomeChunk.updateMany({ where: { runId }, data: { committedAt: earlier } })
    const look = () => lookAgain(at.world.open.services, runId)
    const { items } = place.server.store.collections.get('/u/book/')!
    const names = [...items.keys()]
    for (const name of names.slice(0, 4)) items.delete(name)
    expect(await look()).toEqual(new Date(finishedAt!.getTime() + 24 * 3_600_000))
    expect((await standing(requestId)).request).toEqual(['done', null])
    for (const name of names.slice(4, 6)) items.delete(name)
    expect(await look()).toBeNull()
    expect((await standing(requestId)).request).toEqual(['held', 'vanishing'])
    expect(await look()).toBeNull()

    await resumeRequest(operator, { requestId })
    expect((await standing(requestId)).request).toEqual(['done', null])
    const undone = await at.world.undo(requestId)
    expect(undone.undo?.contacts).toEqual({ removed: 6, gone: 6 })
    expect(countIn(place.server, '/u/book/')).toBe(0)
  })
})

describe('recovered data that is not what was taken in', () => {
  const source = (place: { batch: string }, person: string, name: string) =>
    path.join(at.world.backup, place.batch, 'data', person, name)

  it('is not pushed: the category waits for support, the others are done', async () => {
    const place = await at.place({ files: ofEverything() })
    const [person] = await readdir(path.join(at.world.backup, place.batch, 'data'))
    const file = source(place, person!, 'contacts.vcf')
    await writeFile(file, (await readFile(file, 'utf8')).replace('Number1', 'Number9'))
    const requestId = await at.world.request(place)
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(await standing(requestId)).toMatchObject({ run: ['waiting', 'source-changed'], account: 'ready' })
    expect(countIn(place.server, '/u/book/')).toBe(0)
    expect(countIn(place.server, '/u/events/')).toBe(3)
    const changed = await readFile(file, 'utf8')
    await writeFile(file, changed.replace('Number9', 'Number1'))
    await resumeRequest(operator, { requestId })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect(countIn(place.server, '/u/book/')).toBe(3)
  })

  it('between planning and pushing fails for that photo alone', async () => {
    const place = await at.place({ files: ofEverything() })
    const [person] = await readdir(path.join(at.world.backup, place.batch, 'data'))
    place.server.become((request, next) =>
      request.method === 'PUT' && request.path.startsWith('/files/') ? { status: 507 } : next(),
    )
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    expect((await standing(requestId)).run).toEqual(['waiting', 'account-full'])
    const photo = source(place, person!, 'photos/p1.jpg')
    const bytes = await readFile(photo)
    bytes[20]! ^= 1
    await writeFile(photo, bytes)
    place.server.become((_, answer) => answer())
    await resumeRequest(operator, { requestId })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    const report = await at.world.report(requestId)
    expect(report.categories.photos).toMatchObject({ created: 2, failed: 1, verified: 2 })
    expect(report.outcomes.map(one => [one.record.title, one.reason])).toEqual([['p1.jpg', 'source-changed']])
    expect(countIn(place.server, '/files/')).toBe(2)
  })
})

describe('a frozen plan that was spoilt on disk', () => {
  it('is never followed: the run says that the fault is ours', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(12) } })
    place.server.become((request, next) => (request.method === 'PUT' ? { status: 507 } : next()))
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    place.server.become((_, answer) => answer())
    const { id } = await at.run(requestId)
    const folder = path.join(at.world.folder, 'snapshots')
    const files = await readdir(folder, { recursive: true })
    const plan = files.find(name => name.includes(id) && /contacts\/plan/.test(name))!
    const bytes = await readFile(path.join(folder, plan))
    bytes[bytes.length >> 1]! ^= 1
    await writeFile(path.join(folder, plan), bytes)

    await resumeRequest(operator, { requestId })
    expect(at.faults).toHaveLength(0)
    await at.advance(requestId)
    expect(await standing(requestId)).toMatchObject({
      run: ['waiting', 'our-fault'],
      request: ['waiting', 'our-fault'],
    })
    expect(at.faults).toHaveLength(1)
    expect(countIn(place.server, '/u/book/')).toBe(0)
  })
})
