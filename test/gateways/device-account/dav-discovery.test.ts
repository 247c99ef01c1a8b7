import { afterEach, describe, expect, it } from 'vitest'
import type { SinkAnswer } from '@/bench/dav-sink'
import { everything, type Script, type ScriptedDav, startScriptedDav } from '../../faults/scripted-dav'
import { names, openAt, troubleOf } from './dav-support'

let server: ScriptedDav
const start = async (script?: Script, collections = everything): Promise<ScriptedDav> => {
  server = await startScriptedDav(script, collections)
  return server
}
afterEach(() => server.close())

const ns =
  'xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'
const multistatus = (...responses: [href: string, props: string][]): SinkAnswer => ({
  status: 207,
  headers: { 'content-type': 'application/xml' },
  body: `<D:multistatus ${ns}>${responses
    .map(
      ([href, props]) =>
        `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`,
    )
    .join('')}</D:multistatus>`,
})
const type = (...names: string[]): string =>
  `<D:resourcetype><D:collection/>${names.map(name => `<${name}/>`).join('')}</D:resourcetype>`
const privileges = (...names: string[]): string =>
  `<D:current-user-privilege-set>${names.map(name => `<D:privilege><D:${name}/></D:privilege>`).join('')}</D:current-user-privilege-set>`

describe('discovery', () => {
  const expected = [
    ['/u/book/', ['contacts']],
    ['/u/events/', ['calendar']],
    ['/u/todo/', ['tasks']],
    ['/u/journal/', ['notes']],
  ]

  it.each(['', 'u/', 'u', 'u/book/', 'u/book', 'u/%62ook/', 'nowhere/at/all'])(
    'finds everything from /%s',
    async path => {
      const { url } = await start()
      const account = openAt(url + path)
      const { collections, principal, quirks } = await account.discover()
      const found = collections.map(one => [new URL(one.url).pathname, one.takes])
      expect(found).toHaveLength(4)
      expect(found).toEqual(expect.arrayContaining(expected))
      expect(principal).toBe(`${url}u/`)
      expect(collections.every(one => one.writable)).toBe(true)
      expect(quirks).toEqual([])
      // A collection that was named by the account comes first.
      if (path.includes('ook')) expect(found[0]).toEqual(expected[0])
      await account.close()
    },
  )

  it('follows /.well-known to a server below a path (RFC 6764)', async () => {
    const { url } = await start((request, next) => {
      if (request.path.startsWith('/.well-known/')) return { status: 301, headers: { location: '/u/' } }
      return request.path === '/' ? { status: 302, headers: { location: 'https://login.example.net/' } } : next()
    })
    const account = openAt(url)
    expect((await account.discover()).collections).toHaveLength(4)
    await account.close()
  })

  it('asks the domain for its services where it has nothing itself, and follows none out of the house (RFC 6764)', async () => {
    const asked: string[] = []
    const { port } = await start((request, next) => (request.path.startsWith('/u/') ? next() : { status: 404 }))
    const account = openAt(`http://example.org:${port}/`, {
      allowedHosts: ['example.org', 'dav.example.org', 'attacker.example'],
      lookup: names({
        'example.org': ['127.0.0.1'],
        'dav.example.org': ['127.0.0.1'],
        'attacker.example': ['127.0.0.1'],
      }),
      lookupService: async (service, domain) => {
        asked.push(`${service} ${domain}`)
        return [`http://attacker.example:${port}/u/`, `http://dav.example.org:${port}/u/`]
      },
    })
    const found = await account.discover()
    expect(asked).toEqual(['carddavs example.org'])
    expect(found.principal).toBe(`http://dav.example.org:${port}/u/`)
    expect(server.log.some(({ headers }) => headers.host?.startsWith('attacker'))).toBe(false)
    await account.close()
  })

  it('leaves out inboxes, subscriptions and bins, and marks what may not be written', async () => {
    await start((request, next) => {
      if (request.path !== '/u/' || request.headers.depth !== '1') return next()
      return multistatus(
        ['/u/', type()],
        ['/u/inbox/', type('C:schedule-inbox') + privileges('all')],
        ['/u/outbox/', type('C:schedule-outbox')],
        ['/u/holidays/', type('C:calendar', 'S:subscribed') + privileges('read')],
        ['/u/system/', type('R:addressbook') + privileges('read')],
        ['/u/lent/', type('R:addressbook', 'S:shared') + privileges('read', 'write')],
        [
          '/u/four/',
          `${type('R:addressbook')}<R:supported-address-data><R:address-data-type content-type="text/vcard" version="4.0"/></R:supported-address-data>`,
        ],
        ['/u/mine/', `${type('R:addressbook')}<D:displayname>Mine</D:displayname>${privileges('read', 'bind')}`],
        ['/u/all/', type('C:calendar') + privileges('all')],
        ['/u/files/', type()],
      )
    })
    const account = openAt(server.url)
    const { collections } = await account.discover()
    const found = collections.map(({ url, takes, writable }) => [new URL(url).pathname, takes.join(), writable])
    expect(found).toEqual([
      ['/u/system/', 'contacts', false],
      ['/u/four/', '', false],
      ['/u/mine/', 'contacts', true],
      ['/u/all/', 'calendar,tasks,notes', true],
      ['/u/lent/', 'contacts', true],
    ])
    expect(collections[2]?.displayName).toBe('Mine')
    await account.close()
  })

  it('reads addresses that a server behind a proxy spells in its own way', async () => {
    await start((request, next) => {
      if (request.path === '/')
        return multistatus([
          'http://inside:8080/',
          '<D:current-user-principal><D:href>http://127.0.0.1:9/p/%61%40b</D:href></D:current-user-principal>',
        ])
      if (request.path.startsWith('/p/'))
        return multistatus(['/p/a@b', '<R:addressbook-home-set><D:href>/h/a@b/</D:href></R:addressbook-home-set>'])
      if (request.path.startsWith('/h/'))
        return multistatus(['/h/a%40b/', type()], ['https://inside/h/a%40b/book', type('R:addressbook')])
      return next()
    })
    const account = openAt(server.url)
    // The principal's port is one of the same host: there nobody answers, so this server cannot be used by that address.
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'unreachable' })
    await account.close()
    server.become((request, next) => {
      if (request.path === '/')
        return multistatus(['/', '<D:current-user-principal><D:href>/p/%61%40b</D:href></D:current-user-principal>'])
      if (request.path.startsWith('/p/'))
        return multistatus(['/p/a@b', '<R:addressbook-home-set><D:href>/h/a@b/</D:href></R:addressbook-home-set>'])
      if (request.path.startsWith('/h/'))
        return multistatus(['/h/a%40b/', type()], ['https://inside/h/a%40b/book', type('R:addressbook')])
      return next()
    })
    const other = openAt(server.url)
    const { collections, principal } = await other.discover()
    expect(collections.map(({ url }) => url)).toEqual([`${server.url}h/a%40b/book/`])
    expect(principal).toBe(`${server.url}p/a%40b/`)
    await other.close()
  })

  it('says what is wrong where nothing is found', async () => {
    await start(() => ({ status: 404 }), {})
    const account = openAt(server.url)
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'not-found' })
    server.become(() => ({ status: 401 }))
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'unauthorized' })
    server.become(() => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }))
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'not-understood' })
    server.become(() => ({ status: 207, body: '<html>Welcome' }))
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'not-understood' })
    await account.close()
  })

  it('puts the collections first that the account names', async () => {
    const { url, store } = await start()
    store.collections.set('/elsewhere/', { kind: 'contacts', components: null, items: new Map() })
    const account = openAt(url, {
      collections: { contacts: `${url}elsewhere/`, calendar: `${url}gone/`, tasks: 'https://other.example/t/' },
    })
    const { collections } = await account.discover()
    expect(collections[0]?.url).toBe(`${url}elsewhere/`)
    expect(collections).toHaveLength(5)
    await account.close()
  })

  it('sees that a server ends every connection, and then uses two', async () => {
    const { url } = await start((_, next) => {
      const answer = next()
      return { ...answer, headers: { ...answer.headers, connection: 'close' } }
    })
    const account = openAt(url)
    expect(account.connections).toBe(8)
    expect((await account.discover()).quirks).toContain('no-keep-alive')
    expect(account.connections).toBe(2)
    await account.close()
  })
})

describe('making collections', () => {
  it('makes an address book and calendars for one component, once', async () => {
    const { url, store } = await start(undefined, { '/u/other/': { kind: 'folder', components: null } })
    const account = openAt(url)
    const book = await account.makeCollection('contacts', 'Contacts retrouvés')
    expect(book).toMatchObject({ url: `${url}u/contacts-retrouves/`, takes: ['contacts'], writable: true })
    const tasks = await account.makeCollection('tasks', 'tasks')
    expect(tasks).toMatchObject({ takes: ['tasks'], isNew: true })
    expect(store.collections.get('/u/tasks/')?.components).toEqual(['VTODO'])
    const made = server.count('MKCOL') + server.count('MKCALENDAR')
    expect(await account.makeCollection('tasks', 'tasks')).toEqual({ ...tasks, isNew: false })
    expect(server.count('MKCOL') + server.count('MKCALENDAR')).toBe(made)
    await account.close()
  })

  it('goes beside what has the name and does not take the category', async () => {
    const { url } = await start()
    const account = openAt(url)
    expect(await account.makeCollection('tasks', 'events')).toMatchObject({
      url: `${url}u/events-homeward/`,
      takes: ['tasks'],
    })
    await account.close()
  })

  it('tries what one server knows and another does not', async () => {
    const { url, store } = await start((request, next) => {
      if (request.method === 'MKCALENDAR') return { status: 501 }
      return request.method === 'MKCOL' && request.body.includes('displayname') && request.body.includes('addressbook')
        ? { status: 400 }
        : next()
    })
    const account = openAt(url)
    expect(await account.makeCollection('notes', 'notes')).toMatchObject({ takes: ['notes'] })
    expect(await account.makeCollection('contacts', 'contacts')).toMatchObject({ takes: ['contacts'] })
    expect(store.collections.get('/u/notes/')?.components).toEqual(['VJOURNAL'])
    await account.close()
  })

  it('answers null where the server will have none', async () => {
    const { url } = await start((request, next) => (request.method.startsWith('MK') ? { status: 403 } : next()))
    const account = openAt(url)
    expect(await account.makeCollection('notes', 'notes')).toBeNull()
    server.become((request, next) => (request.method.startsWith('MK') ? { status: 507 } : next()))
    expect(await troubleOf(account.makeCollection('notes', 'notes'))).toMatchObject({ kind: 'full' })
    server.become((request, next) => (request.method.startsWith('MK') ? { status: 500 } : next()))
    expect(await troubleOf(account.makeCollection('notes', 'notes'))).toMatchObject({ kind: 'unreachable' })
    await account.close()
  })

  it('makes the folder for files, and those above it', async () => {
    const { url, store } = await start(undefined, {})
    const account = openAt(url, { filesUrl: `${url}photos/from%20the/phone` })
    expect(await account.filesFolder('photos')).toMatchObject({
      url: `${url}photos/from%20the/phone/`,
      takes: ['photos'],
    })
    expect(await account.filesFolder('notes')).toMatchObject({ takes: ['notes'] })
    expect([...store.collections.keys()]).toEqual(['/photos/', '/photos/from the/', '/photos/from the/phone/'])
    await account.close()
    const elsewhere = openAt(url, { filesUrl: 'https://files.example.org/', lookup: names({}) })
    server.store.collections.set('/u/book/', { kind: 'contacts', components: null, items: new Map() })
    // Trouble with the folder is the photos' alone.
    const { collections } = await elsewhere.discover()
    expect(collections.map(({ takes, writable }) => [takes.join(), writable])).toEqual([
      ['contacts', true],
      ['photos', false],
    ])
    expect(await troubleOf(elsewhere.filesFolder('photos'))).toMatchObject({ kind: 'unreachable' })
    await elsewhere.close()
    const without = openAt(url)
    expect(await without.filesFolder('photos')).toBeNull()
    await without.close()
  })
})
