import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Category } from '@/domain/record/category'
import type { Collection, DeviceAccount, WriteResult } from '@/domain/restore/device-account'
import { describeWith } from '@/test/support/programs'
import { startRadicale } from '@/test/support/radicale'
import { startXandikos } from '@/test/support/xandikos'
import { cyrus } from '../../faults/cyrus'
import { sabre } from '../../faults/sabre'
import { startScriptedDav } from '../../faults/scripted-dav'
import { calendarPayload, component, fetchAll, listAll, openAt, payloadOf, vcard } from './dav-support'

interface Peer {
  url: string
  username: string | null
  password: string | null
  stop(): Promise<void>
}

/** What becomes of a write on this server: its kind, and where it is refused the reason. */
interface Expected {
  byteIdentical: boolean
  oldVcard: string
  withoutUid: string
  duplicateUid: string
  garbage: string
  /** Null where a calendar cannot be made for tasks alone. */
  eventAmongTasks: string | null
  journal: string
  badRule: string
}

const radicale: Expected = {
  byteIdentical: false,
  oldVcard: 'not-accepted',
  withoutUid: 'not-accepted',
  duplicateUid: 'uid-conflict',
  garbage: 'not-accepted',
  eventAmongTasks: 'written',
  journal: 'written',
  badRule: 'not-accepted',
}
const xandikos: Expected = {
  byteIdentical: true,
  oldVcard: 'written',
  withoutUid: 'written',
  duplicateUid: 'written',
  garbage: 'not-accepted',
  eventAmongTasks: null,
  journal: 'written',
  badRule: 'written',
}
const asCyrus: Expected = {
  byteIdentical: true,
  oldVcard: 'unsupported-type',
  withoutUid: 'not-accepted',
  duplicateUid: 'written',
  garbage: 'not-accepted',
  eventAmongTasks: 'unsupported-type',
  journal: 'written',
  badRule: 'not-accepted',
}
const asSabre: Expected = {
  byteIdentical: true,
  oldVcard: 'unsupported-type',
  withoutUid: 'written',
  duplicateUid: 'written',
  garbage: 'unsupported-type',
  eventAmongTasks: 'unsupported-type',
  journal: 'unsupported-type',
  badRule: 'server-error',
}

const outcome = (result: WriteResult): string => (result.kind === 'refused' ? result.reason : result.kind)
const linesOf = (body: Uint8Array): string[] => Buffer.from(body).toString().split(/\r?\n/).filter(Boolean).sort()

function behavesAs(start: () => Promise<Peer>, expected: Expected): void {
  let peer: Peer
  let account: DeviceAccount
  const places = {} as Record<Exclude<Category, 'photos'>, Collection>
  beforeAll(async () => {
    peer = await start()
    account = openAt(peer.url, { username: peer.username, password: peer.password })
    const { collections } = await account.discover()
    for (const category of ['contacts', 'calendar', 'tasks', 'notes'] as const) {
      const found = collections.find(one => one.writable && one.takes.includes(category))
      places[category] = found ?? (await account.makeCollection(category, category))!
    }
  })
  afterAll(async () => {
    await account?.close()
    await peer?.stop()
  })

  const put = async (category: keyof typeof places, name: string, text: string | Uint8Array): Promise<WriteResult> =>
    account.create(places[category], name, category === 'contacts' ? payloadOf(text) : calendarPayload(text.toString()))

  it('is found, with a place for every category', async () => {
    const { collections, principal } = await account.discover()
    expect(principal).toMatch(/^http.*\/$/)
    for (const [category, place] of Object.entries(places)) {
      expect(place, category).toMatchObject({ writable: true, takes: expect.arrayContaining([category]) })
      expect(collections.map(({ url }) => url)).toContain(place.url)
    }
  })

  it('lets one of sixteen who race create a card', async () => {
    const clients = Array.from({ length: 4 }, () =>
      openAt(peer.url, { username: peer.username, password: peer.password }),
    )
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        clients[i % 4]!.create(places.contacts, 'race.vcf', payloadOf(vcard('race'))),
      ),
    )
    await Promise.all(clients.map(client => client.close()))
    expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1)
    expect(results.filter(({ kind }) => kind === 'precondition-failed')).toHaveLength(15)
  })

  it('changes and removes what is still as it was, and nothing else', async () => {
    const href = account.hrefOf(places.contacts, 'change.vcf')
    await put('contacts', 'change.vcf', vcard('change'))
    const [before] = await fetchAll(account, places.contacts, [href])
    expect(outcome(await account.replace(href, '"wrong"', payloadOf(vcard('change', 'No'))))).toBe(
      'precondition-failed',
    )
    expect(outcome(await account.replace(href, before!.etag!, payloadOf(vcard('change', 'Yes'))))).toBe('written')
    expect(outcome(await account.remove(href, before!.etag!))).toBe('precondition-failed')
    const [after] = await fetchAll(account, places.contacts, [href])
    expect(Buffer.from(after!.body).toString()).toContain('FN:Yes')
    expect(outcome(await account.remove(href, after!.etag!))).toBe('written')
    expect(await fetchAll(account, places.contacts, [href])).toEqual([])
  })

  it(`stores a card ${expected.byteIdentical ? 'byte for byte' : 'with its lines in another order'}`, async () => {
    const text = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé Example\r\nUID:bytes\r\nN:Example;Zoé;;;\r\nTEL;TYPE=CELL:+1 555 0100\r\nNOTE:a\\, b & <c>\r\nEND:VCARD\r\n`
    expect(outcome(await put('contacts', 'bytes.vcf', text))).toBe('written')
    const [item] = await fetchAll(account, places.contacts, [account.hrefOf(places.contacts, 'bytes.vcf')])
    expect(linesOf(item!.body)).toEqual(linesOf(Buffer.from(text)))
    const identical = Buffer.from(item!.body).toString().replace(/\r\n/g, '\n') === text.replace(/\r\n/g, '\n')
    expect(identical).toBe(expected.byteIdentical)
  })

  it(`vCard 2.1: ${expected.oldVcard}`, async () => {
    const text =
      'BEGIN:VCARD\r\nVERSION:2.1\r\nUID:old\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Ex=C3=A9;Ann=\r\n=20B;;;\r\nFN:Ann\r\nEND:VCARD\r\n'
    expect(outcome(await put('contacts', 'old.vcf', text))).toBe(expected.oldVcard)
  })

  it(`a card without UID: ${expected.withoutUid}`, async () => {
    const result = await put('contacts', 'nouid.vcf', vcard('x').replace('UID:x\r\n', ''))
    expect(outcome(result)).toBe(expected.withoutUid)
    if (expected === asSabre) expect(result).toMatchObject({ etag: null })
  })

  it(`a UID that has another name: ${expected.duplicateUid}`, async () => {
    await put('contacts', 'first.vcf', vcard('twice'))
    expect(outcome(await put('contacts', 'second.vcf', vcard('twice')))).toBe(expected.duplicateUid)
  })

  it(`garbage: ${expected.garbage}`, async () => {
    expect(outcome(await put('contacts', 'garbage.vcf', 'neither this nor that'))).toBe(expected.garbage)
    const names = (await listAll(account, places.contacts)).map(({ href }) => href)
    expect(names).not.toContain(account.hrefOf(places.contacts, 'garbage.vcf'))
  })

  it('lists what is there now, with tags, whatever it thinks of sync tokens', async () => {
    await put('contacts', 'listed é @ #1.vcf', vcard('listed'))
    const href = account.hrefOf(places.contacts, 'listed é @ #1.vcf')
    const items = await listAll(account, places.contacts)
    expect(items.every(({ etag }) => etag !== null)).toBe(true)
    expect(items.find(item => item.href === href)?.etag).toBe(
      (await fetchAll(account, places.contacts, [href]))[0]?.etag,
    )
    await account.remove(href, null)
    expect((await listAll(account, places.contacts)).map(item => item.href)).not.toContain(href)
  })

  it('reads a page with one missing name', async () => {
    const names = ['m1.vcf', 'm2.vcf', 'm3.vcf']
    for (const name of names) await put('contacts', name, vcard(name))
    const hrefs = [...names, 'missing.vcf'].map(name => account.hrefOf(places.contacts, name))
    const found = await fetchAll(account, places.contacts, hrefs)
    expect(found.map(({ href }) => href).sort()).toEqual(hrefs.slice(0, 3))
  })

  const { eventAmongTasks } = expected
  if (eventAmongTasks !== null) {
    it(`an event among tasks: ${eventAmongTasks}`, async () => {
      expect(places.tasks.takes).toEqual(['tasks'])
      expect(outcome(await put('tasks', 'event.ics', component('VEVENT', 'event')))).toBe(eventAmongTasks)
    })
  }

  it(`a note: ${expected.journal}`, async () => {
    expect(outcome(await put('notes', 'note.ics', component('VJOURNAL', 'note')))).toBe(expected.journal)
  })

  it(`a recurrence rule that is none: ${expected.badRule}`, async () => {
    expect(outcome(await put('calendar', 'rule.ics', component('VEVENT', 'rule', 'RRULE:NONSENSE\r\n')))).toBe(
      expected.badRule,
    )
    expect(outcome(await put('calendar', 'good.ics', component('VEVENT', 'good', 'RRULE:FREQ=DAILY\r\n')))).toBe(
      'written',
    )
    expect(outcome(await put('tasks', 'todo.ics', component('VTODO', 'todo')))).toBe('written')
  })

  it('keeps preconditions', async () => {
    expect((await account.discover()).quirks).not.toContain('no-preconditions')
  })
}

const scripted = (script: typeof cyrus) => async (): Promise<Peer> => {
  const { url, close } = await startScriptedDav(script)
  return { url, username: 'alice', password: 'alicepw', stop: close }
}

describeWith(['radicale'], 'Radicale', () => {
  behavesAs(startRadicale, radicale)

  it('ends every connection, which is seen in time', async () => {
    const server = await startRadicale()
    const account = openAt(server.url, { username: server.username, password: server.password })
    const { quirks } = await account.discover()
    expect(quirks).toEqual(['no-keep-alive'])
    expect(account.connections).toBe(2)
    await account.close()
    await server.stop()
  })
})

describeWith(['xandikos'], 'Xandikos', () => {
  behavesAs(async () => ({ ...(await startXandikos()), username: null, password: null }), xandikos)

  it('fails at a whole page for one card in Latin-1, which stops nobody', async () => {
    const server = await startXandikos()
    const account = openAt(server.principalUrl)
    const book = (await account.discover()).collections.find(({ takes }) => takes.includes('contacts'))!
    const latin = Buffer.from(vcard('latin', 'René'), 'latin1')
    await account.create(book, 'latin.vcf', payloadOf(latin))
    for (let i = 0; i < 20; i += 1) await account.create(book, `card-${i}.vcf`, payloadOf(vcard(`card-${i}`)))
    const hrefs = (await listAll(account, book)).map(({ href }) => href)
    const found = await fetchAll(account, book, hrefs)
    expect(found.map(({ href }) => href).sort()).toEqual(hrefs.sort())
    expect(Buffer.from(found.find(({ href }) => href.endsWith('latin.vcf'))!.body)).toEqual(latin)
    expect(account.connections).toBe(8)
    await account.close()
    await server.stop()
  })
})

describe('Cyrus, by script', () => {
  behavesAs(scripted(cyrus), asCyrus)
})

describe('sabre/dav, by script', () => {
  behavesAs(scripted(sabre), asSabre)

  it('has no sync-collection, which is told', async () => {
    const server = await startScriptedDav(sabre)
    const account = openAt(server.url)
    expect((await account.discover()).quirks).toEqual(['no-sync-collection'])
    await account.close()
    await server.close()
  })

  it('answers 404 for a whole page: with many missing names a listing is asked for, with one that comes and goes it is halved', async () => {
    const server = await startScriptedDav(sabre)
    const account = openAt(server.url)
    const [book] = (await account.discover()).collections
    for (let i = 0; i < 200; i += 1) server.store.put(`/u/book/${i}.vcf`, Buffer.from(vcard(`${i}`)))
    const hrefs = (await listAll(account, book!)).map(({ href }) => href)
    for (let i = 0; i < 100; i += 2) server.store.collections.get('/u/book/')?.items.delete(`${i}.vcf`)
    server.log.length = 0
    expect(await fetchAll(account, book!, hrefs)).toHaveLength(150)
    expect(server.log.length).toBeLessThanOrEqual(3)

    server.become((request, next) => {
      if (request.method === 'REPORT') server.store.collections.get('/u/book/')?.items.delete('199.vcf')
      return sabre(request, next)
    })
    const rest = (await listAll(account, book!)).map(({ href }) => href)
    expect(await fetchAll(account, book!, rest)).toHaveLength(149)
    await account.close()
    await server.close()
  })
})
