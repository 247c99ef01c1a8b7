import { afterEach, describe, expect, it } from 'vitest'
import type { DeviceAccount, WriteResult } from '@/domain/restore/device-account'
import { type Script, type ScriptedDav, startScriptedDav } from '../../faults/scripted-dav'
import { bookAt, listAll, openAt, payloadOf, troubleOf, vcard } from './dav-support'

let server: ScriptedDav
let account: DeviceAccount
const start = async (script?: Script): Promise<void> => {
  server = await startScriptedDav(script)
  account = openAt(server.url)
}
afterEach(async () => {
  await account.close()
  await server.close()
})

const book = () => bookAt(server.url)
const hrefOf = (name: string): string => `${server.url}u/book/${name}`
const create = (name: string, text = vcard(name)): Promise<WriteResult> => account.create(book(), name, payloadOf(text))
/** The first write also tests the server; what follows is one request each. */
const warm = async (): Promise<void> => {
  await create('warm.vcf')
  server.log.length = 0
}
const answerPut = (status: number, body = '', headers: Record<string, string> = {}): void =>
  server.become((request, next) => (request.method === 'PUT' ? { status, body, headers } : next()))
const error = (inside: string): string =>
  `<D:error xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav">${inside}</D:error>`

describe('create', () => {
  it('creates under If-None-Match, never replaces, and stays below 1.05 requests a record', async () => {
    await start()
    const results = await Promise.all(Array.from({ length: 500 }, (_, i) => create(`hw-${i}.vcf`)))
    expect(results.every(result => result.kind === 'written' && result.etag !== null)).toBe(true)
    expect(server.log.length).toBeLessThanOrEqual(525)
    const puts = server.log.filter(({ method }) => method === 'PUT')
    expect(
      puts.every(({ headers }) => headers['if-none-match'] === '*' && headers['content-length'] !== undefined),
    ).toBe(true)
    expect(puts.some(({ headers }) => headers.expect !== undefined)).toBe(false)
    expect(await create('hw-3.vcf', vcard('other'))).toEqual({ kind: 'precondition-failed', href: hrefOf('hw-3.vcf') })
    expect(server.store.item('/u/book/hw-3.vcf')?.body.toString()).toBe(vcard('hw-3.vcf'))
  })

  it('does not touch what lies at the name even before the server is known', async () => {
    await start((request, next) => {
      delete request.headers['if-none-match']
      return next()
    })
    server.store.put('/u/book/there.vcf', Buffer.from('theirs'))
    expect(await create('there.vcf')).toMatchObject({ kind: 'precondition-failed' })
    expect(server.store.item('/u/book/there.vcf')?.body.toString()).toBe('theirs')
  })

  it('sends a stream with its length, and again from its beginning', async () => {
    let tries = 0
    await start((request, next) => {
      if (request.method !== 'PUT') return next()
      tries += 1
      return tries === 1 ? 'reset' : next()
    })
    const body = Buffer.alloc(700_000, 'photo')
    const source = async function* (): AsyncIterable<Uint8Array> {
      for (let at = 0; at < body.length; at += 100_000) yield body.subarray(at, at + 100_000)
    }
    const result = await account.create(book(), 'é #?%.jpg', {
      body: source,
      length: body.length,
      contentType: 'image/jpeg',
    })
    expect(result).toMatchObject({ kind: 'written', href: hrefOf('%C3%A9%20%23%3F%25.jpg') })
    expect(server.store.item('/u/book/é #?%.jpg')?.body.equals(body)).toBe(true)
  })

  it('passes on what the source of a payload fails with', async () => {
    await start()
    await warm()
    const source = async function* (): AsyncIterable<Uint8Array> {
      yield Buffer.from('half')
      throw Object.assign(new Error('the backup cannot be read'), { code: 'ECONNRESET' })
    }
    const payload = { body: source, length: 100, contentType: 'image/jpeg' }
    await expect(account.create(book(), 'x.jpg', payload)).rejects.toThrow('the backup cannot be read')
  })

  it('reports a PUT whose answer was lost as there already, for the plan to compare', async () => {
    await start()
    await warm()
    let lost = false
    server.become((request, next) => {
      if (request.method !== 'PUT' || lost) return next()
      lost = true
      next()
      return 'reset'
    })
    expect(await create('lost.vcf')).toMatchObject({ kind: 'precondition-failed' })
    expect(server.store.item('/u/book/lost.vcf')?.body.toString()).toBe(vcard('lost.vcf'))
  })

  it('takes the name that the server chose instead', async () => {
    await start()
    await warm()
    answerPut(201, '', { location: '/u/book/chosen%40here.vcf', etag: '"1"' })
    expect(await create('a.vcf')).toEqual({ kind: 'written', href: hrefOf('chosen%40here.vcf'), etag: '"1"' })
  })

  it.each([200, 201, 204])('takes %i for done, with or without a tag', async status => {
    await start()
    await warm()
    answerPut(status)
    expect(await create('a.vcf')).toEqual({ kind: 'written', href: hrefOf('a.vcf'), etag: null })
    answerPut(status, '', { etag: 'W/"x"' })
    expect(await create('b.vcf')).toEqual({ kind: 'written', href: hrefOf('b.vcf'), etag: null })
    expect((await account.discover()).quirks).toContain('weak-etags')
  })

  const inside = (status: string, more = ''): string =>
    `<D:multistatus xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav"><D:response><D:href>/x</D:href><D:status>HTTP/1.1 ${status}</D:status>${more}</D:response></D:multistatus>`

  it.each([
    [400, '', 'not-accepted', 'HTTP 400'],
    [403, '', 'forbidden', 'HTTP 403'],
    [403, error('<R:supported-address-data/>'), 'unsupported-type', 'HTTP 403 supported-address-data'],
    [403, error('<R:valid-address-data/>'), 'not-accepted', 'HTTP 403 valid-address-data'],
    [403, error('<C:supported-calendar-component/>'), 'unsupported-type', 'HTTP 403 supported-calendar-component'],
    [403, error('<R:max-resource-size/>'), 'too-large', 'HTTP 403 max-resource-size'],
    [403, '<D:error xmlns:D="DAV:"><constructor xmlns=""/></D:error>', 'forbidden', 'HTTP 403 constructor'],
    [413, '', 'too-large', 'HTTP 413'],
    [415, 'Unsupported', 'unsupported-type', 'HTTP 415'],
    [422, '', 'not-accepted', 'HTTP 422'],
    [301, '', 'not-accepted', 'HTTP 301'],
    [423, '', 'forbidden', 'HTTP 423'],
    [
      207,
      inside('412 Precondition Failed', '<D:error><R:valid-address-data/></D:error>'),
      'not-accepted',
      'HTTP 412 valid-address-data',
    ],
    [207, inside('423 Locked'), 'forbidden', 'HTTP 423'],
    [207, inside('200 OK'), 'not-accepted', 'HTTP 207'],
  ])('%i %s is refused as %s', async (status, body, reason, detail) => {
    await start()
    await warm()
    answerPut(status, body)
    expect(await create('a.vcf', 'FN:Secret Name')).toMatchObject({ kind: 'refused', reason, detail })
  })

  it('does not repeat what a server says, which may be what it was sent', async () => {
    await start()
    await warm()
    answerPut(400, 'Secret Name is not valid')
    expect(JSON.stringify(await create('a.vcf'))).not.toContain('Secret')
  })

  it('waits a little for a lock', async () => {
    await start()
    await warm()
    let locked = 2
    server.become((request, next) => (request.method === 'PUT' && locked-- > 0 ? { status: 423 } : next()))
    expect(await create('a.vcf')).toMatchObject({ kind: 'written' })
  })

  it.each([
    [409, error('<R:no-uid-conflict><D:href>/u/book/other%40x.vcf</D:href></R:no-uid-conflict>'), 'other%40x.vcf'],
    [403, error('<C:no-uid-conflict/>'), null],
    [409, '', null],
    [
      400,
      '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:message>Calendar object with uid already exists in this calendar collection.</s:message></d:error>',
      null,
    ],
  ])('reads a UID conflict from %i %s', async (status, body, name) => {
    await start()
    await warm()
    answerPut(status, body)
    expect(await create('a.vcf')).toEqual({ kind: 'uid-conflict', href: name && hrefOf(name) })
  })

  it.each([404, 409])('%i for a collection that is gone stops the run', async status => {
    await start()
    await warm()
    server.store.collections.delete('/u/book/')
    server.become((request, next) => (request.method === 'PUT' ? { status } : next()))
    expect(await troubleOf(create('a.vcf'))).toMatchObject({ kind: 'not-found' })
  })

  it.each([
    [507, ''],
    [403, error('<D:quota-not-exceeded/>')],
    [207, inside('507 Insufficient Storage')],
  ])('%i %s is a full account', async (status, body) => {
    await start()
    await warm()
    answerPut(status, body)
    expect(await troubleOf(create('a.vcf'))).toMatchObject({ kind: 'full' })
  })

  it('keeps a server error to the item where the rest works, and else waits', async () => {
    await start()
    await warm()
    server.become((request, next) => (request.path.endsWith('bad.vcf') ? { status: 500 } : next()))
    expect(await create('bad.vcf')).toMatchObject({ kind: 'refused', reason: 'server-error', status: 500 })
    expect(await create('good.vcf')).toMatchObject({ kind: 'written' })
    server.become(() => ({ status: 502 }))
    expect(await troubleOf(create('next.vcf'))).toMatchObject({ kind: 'unreachable' })
  })

  it('asks nothing where the collection says that the item is too large', async () => {
    await start((request, next) => {
      const answer = next()
      if (request.method !== 'PROPFIND' || !answer.body) return answer
      const text = [...(answer.body as Iterable<string>)].join('')
      return {
        ...answer,
        body: text.replaceAll(
          '<D:supported-report-set>',
          '<R:max-resource-size>100</R:max-resource-size><D:supported-report-set>',
        ),
      }
    })
    await account.discover()
    server.log.length = 0
    expect(await create('a.vcf', vcard('x'.repeat(200)))).toMatchObject({ kind: 'refused', reason: 'too-large' })
    expect(server.log).toHaveLength(0)
  })
})

describe('replace and remove', () => {
  it('changes only what is still as it was', async () => {
    await start()
    const etag = server.store.put('/u/book/a.vcf', Buffer.from('1'))
    const replaced = await account.replace(hrefOf('a.vcf'), etag, payloadOf('2'))
    expect(replaced).toMatchObject({ kind: 'written', etag: server.store.item('/u/book/a.vcf')?.etag })
    expect(await account.replace(hrefOf('a.vcf'), etag, payloadOf('3'))).toMatchObject({ kind: 'precondition-failed' })
    expect(await account.remove(hrefOf('a.vcf'), etag)).toMatchObject({ kind: 'precondition-failed' })
    expect(server.store.item('/u/book/a.vcf')?.body.toString()).toBe('2')
    const current = server.store.item('/u/book/a.vcf')!.etag
    expect(await account.remove(hrefOf('a.vcf'), current)).toMatchObject({ kind: 'written' })
    expect(server.store.item('/u/book/a.vcf')).toBeUndefined()
  })

  it('says what is gone', async () => {
    await start()
    expect(await account.replace(hrefOf('a.vcf'), '"1"', payloadOf('2'))).toMatchObject({ kind: 'missing' })
    expect(await account.remove(hrefOf('a.vcf'), '"1"')).toMatchObject({ kind: 'missing' })
    expect(await account.remove(hrefOf('a.vcf'), null)).toMatchObject({ kind: 'missing' })
  })

  it('removes what has no tag without a condition', async () => {
    await start()
    server.store.put('/u/book/a.vcf', Buffer.from('1'))
    expect(await account.remove(hrefOf('a.vcf'), null)).toMatchObject({ kind: 'written' })
  })

  it('costs one request each once the server is known', async () => {
    await start()
    const etags = Array.from({ length: 20 }, (_, i) => server.store.put(`/u/book/${i}.vcf`, Buffer.from('1')))
    await account.remove(hrefOf('0.vcf'), etags[0]!)
    server.log.length = 0
    for (let i = 1; i < 20; i += 1) await account.remove(hrefOf(`${i}.vcf`), etags[i]!)
    expect(server.log).toHaveLength(19)
  })

  it('takes a DELETE whose answer was lost for an item that is gone', async () => {
    await start()
    const etag = server.store.put('/u/book/a.vcf', Buffer.from('1'))
    await warm()
    let lost = false
    server.become((request, next) => {
      const answer = next()
      if (request.method !== 'DELETE' || lost) return answer.status === 412 ? { status: 404 } : answer
      lost = true
      return 'reset'
    })
    expect(await account.remove(hrefOf('a.vcf'), etag)).toMatchObject({ kind: 'missing' })
  })
})

describe('weak tags (mod_dav just after a write)', () => {
  const weakFor = (ms: number): Script => {
    const since = Date.now()
    return (request, next) => {
      const answer = next()
      if (!answer.body || request.method !== 'PROPFIND' || Date.now() - since > ms) return answer
      return {
        ...answer,
        body: [...(answer.body as Iterable<string>)].join('').replaceAll('<D:getetag>', '<D:getetag>W/'),
      }
    }
  }

  it('never stand in If-Match: the strong one is waited for', async () => {
    await start()
    const etag = server.store.put('/u/book/a.vcf', Buffer.from('1'))
    await warm()
    server.become(weakFor(500))
    expect(await account.replace(hrefOf('a.vcf'), `W/${etag}`, payloadOf('2'))).toMatchObject({ kind: 'written' })
    const conditions = server.log.map(({ headers }) => headers['if-match'] ?? '')
    expect(conditions.filter(Boolean)).toEqual([etag])
  })

  it('show a change all the same', async () => {
    await start(weakFor(60_000))
    server.store.put('/u/book/a.vcf', Buffer.from('1'))
    expect(await account.replace(hrefOf('a.vcf'), 'W/"other"', payloadOf('2'))).toMatchObject({
      kind: 'precondition-failed',
    })
    expect(await account.remove(hrefOf('b.vcf'), 'W/"other"')).toMatchObject({ kind: 'missing' })
  })

  it('are listed as they are, and told of', async () => {
    await start(weakFor(60_000))
    server.store.put('/u/book/a.vcf', Buffer.from('1'))
    expect((await listAll(account, book()))[0]?.etag).toMatch(/^W\/"/)
    expect((await account.discover()).quirks).toContain('weak-etags')
  })
})

describe('a server that ignores preconditions', () => {
  const deaf: Script = (request, next) => {
    request.headers = { ...request.headers, 'if-none-match': undefined, 'if-match': undefined }
    return next()
  }

  it('is found out by the first record, however many go out at once', async () => {
    await start(deaf)
    server.store.put('/u/book/hw-5.vcf', Buffer.from('theirs'))
    const results = await Promise.all(Array.from({ length: 12 }, (_, i) => create(`hw-${i}.vcf`)))
    expect(results.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 12 }, (_, i) => (i === 5 ? 'precondition-failed' : 'written')),
    )
    expect(server.store.item('/u/book/hw-5.vcf')?.body.toString()).toBe('theirs')
    expect((await account.discover()).quirks).toContain('no-preconditions')
    expect(results[0]).toMatchObject({ etag: server.store.item('/u/book/hw-0.vcf')?.etag })
  })

  it('keeps what was changed meanwhile', async () => {
    await start(deaf)
    const etag = server.store.put('/u/book/a.vcf', Buffer.from('1'))
    server.store.put('/u/book/a.vcf', Buffer.from('changed'))
    expect(await account.replace(hrefOf('a.vcf'), etag, payloadOf('2'))).toMatchObject({ kind: 'precondition-failed' })
    expect(await account.remove(hrefOf('a.vcf'), etag)).toMatchObject({ kind: 'precondition-failed' })
    const other = server.store.put('/u/book/b.vcf', Buffer.from('1'))
    expect(await account.remove(hrefOf('b.vcf'), other)).toMatchObject({ kind: 'written' })
    expect(await account.remove(hrefOf('a.vcf'), etag)).toMatchObject({ kind: 'precondition-failed' })
    expect(server.store.item('/u/book/a.vcf')?.body.toString()).toBe('changed')
  })

  it('is not taken for one because of a resumed run, whose records are all there', async () => {
    await start()
    for (let i = 0; i < 10; i += 1) server.store.put(`/u/book/hw-${i}.vcf`, Buffer.from('ours'))
    for (let i = 0; i < 10; i += 1) expect(await create(`hw-${i}.vcf`)).toMatchObject({ kind: 'precondition-failed' })
    await create('new.vcf')
    expect((await account.discover()).quirks).toEqual([])
  })
})
