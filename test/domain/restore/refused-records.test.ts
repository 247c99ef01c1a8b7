import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SinkAnswer } from '@/bench/dav-sink'
import { system } from '@/domain/actor'
import { undoRequest } from '@/domain/restore/undo-request'
import { calendar, card, component, ofEverything, people, phone } from '@/test/domain/restore/records'
import { countIn, holds, type Place, ScriptedWorld, uidsIn } from '@/test/domain/restore/scripted-place'

const operator = system('test')
// A busy machine takes its time; what is slow here is the machine.
vi.setConfig({ testTimeout: 120_000 })

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

const uidOf = (body: Buffer): string => /^UID:(.*?)\r?$/m.exec(body.toString())?.[1] ?? ''
const xml = (inside: string): SinkAnswer['body'] =>
  `<?xml version="1.0"?><D:error xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav">${inside}</D:error>`
const put = (place: Place, path: string, text: string): void => {
  place.server.store.put(path, Buffer.from(text))
}

describe('records that a server refuses', () => {
  it('are outcomes with a reason and stop none of the others', async () => {
    const place = await at.place({
      files: { 'contacts.vcf': people(12), 'calendar.ics': ofEverything()['calendar.ics']! },
    })
    const refusals: Record<string, SinkAnswer> = {
      'p-2': { status: 415 },
      'p-3': { status: 403 },
      'p-4': { status: 413 },
      'p-5': { status: 400 },
      'p-6': { status: 403, body: xml('<R:max-resource-size/>') },
      'p-7': { status: 500 },
      'e-1': { status: 403, body: xml('<D:need-privileges/>') },
    }
    place.server.become((request, next) => (request.method === 'PUT' && refusals[uidOf(request.body)]) || next())
    const report = await at.world.restore(place)
    expect(report.state).toBe('done')
    expect(report.categories.contacts).toMatchObject({ found: 12, created: 6, failed: 6, verified: 6 })
    expect(report.categories.calendar).toMatchObject({ found: 3, created: 2, failed: 1, verified: 2 })
    expect(report.outcomes.map(({ record, outcome, reason, href }) => [record.uid, outcome, reason, href])).toEqual([
      ['p-2', 'failed', 'unsupported-type', null],
      ['p-3', 'failed', 'forbidden', null],
      ['p-4', 'failed', 'too-large', null],
      ['p-5', 'failed', 'not-accepted', null],
      ['p-6', 'failed', 'too-large', null],
      ['p-7', 'failed', 'server-error', null],
      ['e-1', 'failed', 'forbidden', null],
    ])
    place.server.become((_, next) => next())
    const undone = await at.world.undo(report.request)
    expect(undone.undo?.contacts).toEqual({ removed: 6, untouched: 5, gone: 1 })
    expect(countIn(place.server, '/u/book/')).toBe(0)
  })

  it('where the refusal came after the write had its effect, an undo takes it back all the same', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(3) } })
    place.server.become((request, next) => {
      if (request.method !== 'PUT' || uidOf(request.body) !== 'p-1') return next()
      next()
      return { status: 500 }
    })
    const report = await at.world.restore(place)
    expect(report.categories.contacts).toMatchObject({ found: 3 })
    place.server.become((_, next) => next())
    await at.world.undo(report.request)
    expect(countIn(place.server, '/u/book/')).toBe(0)
  })
})

describe('a UID that the server knows at another name', () => {
  const conflict = (href: string): SinkAnswer => ({
    status: 409,
    body: xml(`<R:no-uid-conflict><D:href>${href}</D:href></R:no-uid-conflict>`),
  })
  const withOther = async (path: string, text: string, stated = path): Promise<Place> => {
    const place = await at.place({
      files: { 'contacts.vcf': people(3) },
      collections: {
        '/u/book/': { kind: 'contacts', components: null },
        '/u/other/': { kind: 'contacts', components: null },
        '/files/': { kind: 'folder', components: null },
      },
    })
    let isThere = false
    place.server.become((request, next) => {
      if (request.method !== 'PUT' || uidOf(request.body) !== 'p-1') return next()
      // Somebody's device was a moment faster than we.
      if (!isThere) put(place, path, text)
      isThere = true
      return conflict(stated)
    })
    return place
  }

  it('is left alone where it holds something else', async () => {
    const place = await withOther('/u/book/theirs.vcf', card('p-1', 'Somebody Else', 'TEL:+1 206 555 0177'))
    const report = await at.world.restore(place)
    expect(report.outcomes.map(one => [one.record.uid, one.outcome, one.reason])).toEqual([
      ['p-1', 'failed', 'uid-taken'],
    ])
    await at.world.undo(report.request)
    expect(Object.keys(holds(place.server, '/u/book/'))).toEqual(['theirs.vcf'])
  })

  it('counts as restored where it came into the same collection with equal meaning', async () => {
    const place = await withOther('/u/book/moved.vcf', card('p-1', 'Pat Number1', `TEL:${phone(1)}`))
    const report = await at.world.restore(place)
    expect(report.categories.contacts).toMatchObject({ created: 3, failed: 0, verified: 3 })
  })

  it('in another collection is the person’s: it is present already, and no undo removes it', async () => {
    const place = await withOther('/u/other/theirs.vcf', card('p-1', 'Pat Number1', `TEL:${phone(1)}`))
    const report = await at.world.restore(place)
    expect(report.categories.contacts).toMatchObject({ created: 2, alreadyPresent: 1, failed: 0 })
    expect(report.outcomes.map(one => [one.record.uid, one.outcome, one.reason])).toEqual([
      ['p-1', 'alreadyPresent', 'equal-in-account'],
    ])
    const undone = await at.world.undo(report.request)
    expect(undone.undo?.contacts).toEqual({ removed: 2, untouched: 1 })
    expect(Object.keys(holds(place.server, '/u/other/'))).toEqual(['theirs.vcf'])
  })

  it('that the server does not name is said to be taken', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(3) } })
    place.server.become((request, next) =>
      request.method === 'PUT' && uidOf(request.body) === 'p-1' ? { status: 409 } : next(),
    )
    const report = await at.world.restore(place)
    expect(report.outcomes.map(one => [one.record.uid, one.reason])).toEqual([['p-1', 'uid-taken']])
  })
})

describe('an account that the person changes meanwhile', () => {
  it('between snapshot and push loses nothing: what lies at the name is not overwritten', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(3) } })
    const theirs = card('mine', 'My Own', 'TEL:+1 206 555 0188')
    let name = ''
    place.server.become((request, next) => {
      if (request.method === 'PUT' && uidOf(request.body) === 'p-1' && name === '') {
        name = request.path
        put(place, name, theirs)
      }
      return next()
    })
    const report = await at.world.restore(place)
    expect(report.categories.contacts).toMatchObject({ created: 2, failed: 1 })
    expect(report.outcomes.map(one => [one.record.uid, one.reason])).toEqual([['p-1', 'name-taken']])
    expect(place.server.store.item(name)?.body.toString()).toBe(theirs)
    const undone = await at.world.undo(report.request)
    expect(undone.undo?.contacts).toEqual({ removed: 2, untouched: 1 })
    expect(uidsIn(place.server, '/u/book/')).toEqual(['mine'])
  })

  it('keeps a change made between snapshot and merge, and one made between merge and undo', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(3) } })
    for (const i of [0, 1, 2])
      put(place, `/u/book/${i}.vcf`, card(`p-${i}`, `Pat Number${i}`, `EMAIL:p${i}@people.example`))
    const own = holds(place.server, '/u/book/')
    const changed = card('p-1', 'Pat Number1', 'EMAIL:new@people.example', 'NOTE:typed just now')
    place.server.become((request, next) => {
      if (request.method === 'PUT' && request.path === '/u/book/1.vcf') put(place, '/u/book/1.vcf', changed)
      return next()
    })
    const report = await at.world.restore({ ...place, rule: 'merge' })
    expect(report.categories.contacts).toMatchObject({ merged: 2, failed: 1, verified: 2 })
    expect(report.outcomes.find(one => one.outcome === 'failed')?.reason).toBe('changed-meanwhile')
    expect(place.server.store.item('/u/book/1.vcf')?.body.toString()).toBe(changed)
    const merged = place.server.store.item('/u/book/2.vcf')!.body.toString()
    expect(merged).toMatch(/555 0102/)
    expect(merged).toMatch(/p2@people\.example/)

    const again = merged.replace('END:VCARD', 'NOTE:typed later\r\nEND:VCARD')
    put(place, '/u/book/2.vcf', again)
    const undone = await at.world.undo(report.request)
    expect(undone.undo?.contacts).toEqual({ putBack: 1, untouched: 1, spared: 1 })
    expect(holds(place.server, '/u/book/')).toEqual({ ...own, '1.vcf': changed, '2.vcf': again })
  })

  it('is spared by an undo where a restored record was changed, and listed; what is gone is gone', async () => {
    const place = await at.place({ files: ofEverything() })
    const report = await at.world.restore(place)
    const [first, second] = Object.entries(holds(place.server, '/u/events/'))
    put(place, `/u/events/${first![0]}`, first![1].replace('SUMMARY:Event', 'SUMMARY:Changed event'))
    place.server.store.collections.get('/u/events/')!.items.delete(second![0])
    put(place, '/files/p1.jpg', 'another picture')
    // Saved again with other bytes and the same meaning: that is no change of the person's.
    const [card0] = Object.entries(holds(place.server, '/u/book/'))
    put(place, `/u/book/${card0![0]}`, card0![1].replace('VERSION:3.0\r\n', 'VERSION:3.0\r\nREV:20091010T000000Z\r\n'))
    const undone = await at.world.undo(report.request)
    expect(undone.undo).toMatchObject({
      contacts: { removed: 3 },
      calendar: { removed: 1, spared: 1, gone: 1 },
      photos: { removed: 2, spared: 1 },
    })
    expect(Object.keys(holds(place.server, '/u/events/'))).toEqual([first![0]])
    expect(Object.keys(holds(place.server, '/files/'))).toEqual(['p1.jpg'])
  })
})

describe('invitations', () => {
  it('go out to nobody, neither by a restore nor by an undo: every write says that the client schedules', async () => {
    const meeting = component(
      'VEVENT',
      'meeting',
      'Meeting',
      'ORGANIZER;CN=Olga:mailto:olga@people.example',
      'ATTENDEE;PARTSTAT=ACCEPTED:mailto:gus@people.example',
      'ATTENDEE;SCHEDULE-AGENT=SERVER:mailto:hal@people.example',
      'RRULE:FREQ=WEEKLY;COUNT=5',
    )
    const override = component(
      'VEVENT',
      'meeting',
      'Meeting moved',
      'RECURRENCE-ID:20091012T090000Z',
      'ORGANIZER;CN=Olga:mailto:olga@people.example',
      'ATTENDEE:mailto:ida@people.example',
    )
    const place = await at.place({ files: { 'calendar.ics': calendar(meeting, override) } })
    const removed: string[] = []
    place.server.become((request, next) => {
      if (request.method === 'DELETE') removed.push(place.server.store.item(request.path)?.body.toString() ?? '')
      return next()
    })
    const report = await at.world.restore(place)
    await at.world.undo(report.request)
    expect(removed).not.toHaveLength(0)
    expect(countIn(place.server, '/u/events/')).toBe(0)
    const written = place.server.log.filter(({ method }) => method === 'PUT').map(({ body }) => body.toString())
    for (const text of [...written, ...removed]) {
      const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n')
      const people = lines.filter(line => /^(ATTENDEE|ORGANIZER)[;:]/.test(line))
      expect(people).toHaveLength(5)
      expect(people.every(line => line.includes('SCHEDULE-AGENT=CLIENT') && !line.includes('SERVER'))).toBe(true)
      expect(lines.some(line => line.startsWith('METHOD'))).toBe(false)
    }
  })
})

describe('an undo of what was not finished', () => {
  it('from a waiting restore takes back what was pushed, also what was never committed', async () => {
    const place = await at.place({ files: ofEverything(12) })
    put(place, '/u/book/mine.vcf', card('mine', 'My Own', 'TEL:+1 206 555 0188'))
    const isOver = (request: { method: string; path: string }) =>
      request.method === 'REPORT' && request.path === '/u/book/' && countIn(place.server, '/u/book/') === 13
    place.server.become((request, next) => (isOver(request) ? { status: 401 } : next()))
    const requestId = await at.world.request(place)
    await at.advance(requestId)
    expect((await at.run(requestId)).waitReason).toBe('password-refused')
    // Written, and not a single outcome committed: the reading back failed.
    expect((await at.world.report(requestId)).categories.contacts).toMatchObject({ created: 0 })
    expect(countIn(place.server, '/u/book/')).toBe(13)
    place.server.become((_, next) => next())
    await undoRequest(operator, { requestId })
    expect(await at.advance(requestId)).toEqual({ kind: 'ended' })
    expect((await at.run(requestId)).request.status).toBe('undone')
    expect(uidsIn(place.server, '/u/book/')).toEqual(['mine'])
    for (const path of ['/u/events/', '/u/todo/', '/u/journal/', '/files/']) expect(countIn(place.server, path)).toBe(0)
  })
})
