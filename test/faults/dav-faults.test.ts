import { createServer as createPlainServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { SinkRequest } from '@/bench/dav-sink'
import type { DeviceAccount, WriteResult } from '@/domain/restore/device-account'
import type { DavAccountOptions } from '@/gateways/device-account/dav'
import {
  bookAt,
  fetchAll,
  impatient,
  listAll,
  names,
  openAt,
  payloadOf,
  troubleOf,
  vcard,
} from '../gateways/device-account/dav-support'
import { type Script, type ScriptedDav, startScriptedDav } from './scripted-dav'

const servers: ScriptedDav[] = []
const accounts: DeviceAccount[] = []
const serve = async (script?: Script): Promise<ScriptedDav> => {
  const server = await startScriptedDav(script)
  servers.push(server)
  return server
}
const open = (url: string, options: Partial<DavAccountOptions> = {}): DeviceAccount => {
  const account = openAt(url, options)
  accounts.push(account)
  return account
}
afterEach(async () => {
  await Promise.all(accounts.splice(0).map(account => account.close()))
  await Promise.all(servers.splice(0).map(server => server.close()))
})

const create = (account: DeviceAccount, server: ScriptedDav, name: string): Promise<WriteResult> =>
  account.create(bookAt(server.url), name, payloadOf(vcard(name)))

describe('a server that throttles', () => {
  it('is waited for where it asks for little', async () => {
    let refusals = 2
    const server = await serve((_, next) =>
      refusals-- > 0 ? { status: 429, headers: { 'retry-after': '1' } } : next(),
    )
    const account = open(server.url)
    const started = Date.now()
    expect(await listAll(account, bookAt(server.url))).toEqual([])
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000)
  })

  it.each([
    ['429', '3600', 3600],
    ['503', '120', 120],
    ['429', new Date(Date.now() + 600_000).toUTCString(), 600],
  ])('%s with Retry-After: %s ends the attempt with the time', async (status, retryAfter, seconds) => {
    const server = await serve(() => ({ status: Number(status), headers: { 'retry-after': retryAfter } }))
    const trouble = await troubleOf(listAll(open(server.url), bookAt(server.url)))
    expect(trouble.kind).toBe('throttled')
    expect(Math.abs(trouble.retryAt!.getTime() - Date.now() - seconds * 1000)).toBeLessThan(30_000)
    expect(server.log).toHaveLength(1)
  })

  it('holds back everything else meanwhile', async () => {
    const server = await serve()
    const account = open(server.url)
    await create(account, server, 'warm.vcf')
    let refusals = 1
    let resumed = 0
    server.become((_, next) => {
      if (refusals-- > 0) return { status: 429, headers: { 'retry-after': '1' } }
      resumed ||= Date.now()
      return next()
    })
    const started = Date.now()
    const first = create(account, server, 'a.vcf')
    await new Promise(resolve => setTimeout(resolve, 200))
    const second = create(account, server, 'b.vcf')
    expect((await first).kind).toBe('written')
    expect((await second).kind).toBe('written')
    expect(resumed - started).toBeGreaterThanOrEqual(950)
  })

  it('that never stops asking for a moment is left alone', async () => {
    const server = await serve(() => ({ status: 429, headers: { 'retry-after': '0' } }))
    expect(await troubleOf(listAll(open(server.url), bookAt(server.url)))).toMatchObject({ kind: 'throttled' })
    expect(server.log.length).toBeLessThanOrEqual(5)
  })
})

/** The number in the name of what a request writes. Faults go by it, so that none meets one request more often than it is tried. */
const numberOf = ({ path }: SinkRequest): number => Number(/hw-(\d+)/.exec(path)?.[1] ?? 0)

describe('a server in a storm', () => {
  it('is asked again while it answers 503, and every record arrives once', async () => {
    const asked = new Map<number, number>()
    const server = await serve((request, next) => {
      const number = numberOf(request)
      const before = asked.get(number) ?? 0
      asked.set(number, before + 1)
      return before < number % 5 ? { status: 503 } : next()
    })
    const account = open(server.url)
    const results = await Promise.all(Array.from({ length: 60 }, (_, i) => create(account, server, `hw-${i}.vcf`)))
    expect(results.every(({ kind }) => kind === 'written')).toBe(true)
    expect(server.store.collections.get('/u/book/')?.items.size).toBe(60)
    // One more, by which the account learns whether the server heeds If-None-Match.
    expect(server.count('PUT')).toBe(1 + 60 + 12 * (1 + 2 + 3 + 4))
  })

  it('resets connections, before and after it wrote, and every record is there once', async () => {
    const met = new Set<number>()
    const server = await serve((request, next) => {
      const number = numberOf(request)
      if (met.has(number) || number % 3 === 0) return next()
      met.add(number)
      if (number % 3 === 2) next()
      return 'reset'
    })
    const account = open(server.url)
    const results = await Promise.all(Array.from({ length: 60 }, (_, i) => create(account, server, `hw-${i}.vcf`)))
    const kinds = results.map(({ kind }) => kind)
    expect(kinds).toEqual(kinds.map((_, i) => (i % 3 === 2 ? 'precondition-failed' : 'written')))
    const items = server.store.collections.get('/u/book/')!.items
    expect(items.size).toBe(60)
    expect([...items].every(([name, { body }]) => body.toString() === vcard(name))).toBe(true)
  })

  it.each([500, 502, 503, 504])('that answers %i for good cannot be reached', async status => {
    const server = await serve(() => ({ status }))
    const account = open(server.url)
    expect(await troubleOf(create(account, server, 'a.vcf'))).toMatchObject({ kind: 'unreachable' })
    expect(await troubleOf(listAll(account, bookAt(server.url)))).toMatchObject({ kind: 'unreachable' })
  })
})

describe('a server that cannot be reached', () => {
  it('refuses connections', async () => {
    const server = await serve()
    await server.close()
    servers.length = 0
    expect(await troubleOf(open(server.url).discover())).toMatchObject({ kind: 'unreachable' })
  })

  it('has no address', async () => {
    const account = open('https://nowhere.example/', { lookup: names({}) })
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'unreachable' })
  })

  it('does not speak HTTP', async () => {
    const plain = createPlainServer(socket => {
      socket.on('error', () => socket.destroy())
      socket.resume().end('220 mail.example ESMTP\r\n')
    })
    await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve))
    const address = plain.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const trouble = await troubleOf(open(`http://127.0.0.1:${port}/`).discover())
    expect(trouble.kind).toBe('not-understood')
    await new Promise(resolve => plain.close(resolve))
  })

  it('is too slow, and what it did all the same is not done twice', async () => {
    const server = await serve()
    const account = open(server.url, { retry: { ...impatient, idleMs: 1000 } })
    await create(account, server, 'warm.vcf')
    let slow = true
    server.become((request, next) => {
      if (!slow || request.method !== 'PUT') return next()
      slow = false
      next()
      return 'silence'
    })
    expect(await create(account, server, 'slow.vcf')).toMatchObject({ kind: 'precondition-failed' })
    server.become(() => 'silence')
    server.log.length = 0
    expect(await troubleOf(create(account, server, 'next.vcf'))).toMatchObject({ kind: 'unreachable' })
    expect(server.log).toHaveLength(2)
  })

  it('says nothing: the caller can let go', async () => {
    const server = await serve(() => 'silence')
    const leaving = new AbortController()
    const account = open(server.url, { signal: leaving.signal })
    const waiting = create(account, server, 'a.vcf')
    setTimeout(() => leaving.abort(new Error('SIGTERM')), 50)
    await expect(waiting).rejects.toThrow('SIGTERM')
    await expect(listAll(account, bookAt(server.url))).rejects.toThrow('SIGTERM')
  })

  it('stops in the middle of an answer: the caller can let go', async () => {
    const server = await serve()
    for (let i = 0; i < 20_000; i += 1) server.store.put(`/u/book/hw-${i}.vcf`, Buffer.from(vcard(`uid-${i}`)))
    const leaving = new AbortController()
    const account = open(server.url, { signal: leaving.signal })
    const listing = async (): Promise<void> => {
      for await (const { href } of account.list(bookAt(server.url), 'contacts')) {
        if (href.endsWith('hw-20.vcf')) leaving.abort(new Error('SIGTERM'))
      }
    }
    await expect(listing()).rejects.toThrow('SIGTERM')
  })

  it('can be let go while it is waited for', async () => {
    const server = await serve(() => ({ status: 429, headers: { 'retry-after': '5' } }))
    const leaving = new AbortController()
    const account = open(server.url, {
      signal: leaving.signal,
      retry: { ...impatient, longestAskMs: 5000, patienceMs: 60_000 },
    })
    const waiting = listAll(account, bookAt(server.url))
    setTimeout(() => leaving.abort(new Error('SIGTERM')), 50)
    await expect(waiting).rejects.toThrow('SIGTERM')
  })
})

describe('passwords', () => {
  it('go out in UTF-8 from the first request on (RFC 7617)', async () => {
    const server = await serve()
    await open(server.url).discover()
    const expected = `Basic ${Buffer.from('alice:pässword').toString('base64')}`
    expect(server.log.every(({ headers }) => headers.authorization === expected)).toBe(true)
  })

  it('revoked in the middle of a run stop it', async () => {
    const server = await serve()
    const account = open(server.url)
    await create(account, server, 'a.vcf')
    server.become(() => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }))
    expect(await troubleOf(create(account, server, 'b.vcf'))).toMatchObject({ kind: 'unauthorized' })
    expect(await troubleOf(fetchAll(account, bookAt(server.url), [`${server.url}u/book/a.vcf`]))).toMatchObject({
      kind: 'unauthorized',
    })
  })

  it('never follow a redirect out of the house, nor does anything else', async () => {
    const other = await serve()
    const server = await serve(() => ({
      status: 302,
      headers: { location: `http://attacker.example:${other.port}/u/` },
    }))
    const account = open(`http://dav.example.org:${server.port}/`, {
      allowedHosts: ['dav.example.org', 'attacker.example'],
      lookup: names({ 'dav.example.org': ['127.0.0.1'], 'attacker.example': ['127.0.0.1'] }),
    })
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'not-understood' })
    expect(other.log).toHaveLength(0)
  })

  it('are not in what errors say, and neither is an address in its user part', async () => {
    const server = await serve(() => ({ status: 401 }))
    const account = open(server.url.replace('//', '//bob:hunter2@'))
    const trouble = await troubleOf(account.discover())
    expect(trouble.message).not.toMatch(/hunter2|pässword|alice/)
    expect(account.host).toBe(new URL(server.url).origin)
  })
})

describe('redirects', () => {
  it.each([301, 302, 307, 308])('%i keeps PROPFIND and REPORT what they are', async status => {
    const server = await serve((request, next) =>
      request.path.startsWith('/moved/')
        ? { status, headers: { location: request.path.replace('/moved/', '/u/') } }
        : next(),
    )
    server.store.put('/u/book/a.vcf', Buffer.from(vcard('a')))
    const account = open(server.url)
    const book = { ...bookAt(server.url), url: `${server.url}moved/book/` }
    expect((await listAll(account, book)).map(({ href }) => href)).toEqual([`${server.url}u/book/a.vcf`])
    const depths = server.log.filter(({ method }) => method === 'PROPFIND').map(({ headers }) => headers.depth)
    expect(depths).toEqual(['1', '1'])
  })

  it.each([307, 308])('%i sends a PUT on with its body, condition and password', async status => {
    const server = await serve((request, next) =>
      request.path.startsWith('/u/book/') && request.method === 'PUT'
        ? { status, headers: { location: request.path.replace('/book/', '/moved/') } }
        : next(),
    )
    server.store.collections.set('/u/moved/', { kind: 'contacts', components: null, items: new Map() })
    expect(await create(open(server.url), server, 'a.vcf')).toMatchObject({ kind: 'written' })
    expect(server.store.item('/u/moved/a.vcf')?.body.toString()).toBe(vcard('a.vcf'))
  })

  it.each([301, 302, 303])('%i does not send a PUT to what may be a sign-in page', async status => {
    const server = await serve((request, next) =>
      request.method === 'PUT' ? { status, headers: { location: '/login' } } : next(),
    )
    expect(await create(open(server.url), server, 'a.vcf')).toMatchObject({ kind: 'refused', reason: 'not-accepted' })
    expect(server.log.some(({ path }) => path === '/login')).toBe(false)
  })

  it('in a circle end', async () => {
    const server = await serve(request => ({ status: 301, headers: { location: request.path === '/a' ? '/b' : '/a' } }))
    expect(await troubleOf(listAll(open(server.url), bookAt(server.url)))).toMatchObject({ kind: 'not-understood' })
    expect(server.log.length).toBeLessThanOrEqual(6)
  })

  it.each(['http://10.0.0.1/', 'http://169.254.169.254/latest/', 'file:///etc/passwd', 'http://[::1]/', 'http://:::'])(
    'to %s are not followed',
    async location => {
      const server = await serve(() => ({ status: 307, headers: { location } }))
      const trouble = await troubleOf(listAll(open(server.url), bookAt(server.url)))
      expect(['not-understood', 'forbidden-address']).toContain(trouble.kind)
    },
  )
})

describe('private addresses', () => {
  it('are not reached unless they are named', async () => {
    const server = await serve()
    expect(await troubleOf(open(server.url, { allowedHosts: [] }).discover())).toMatchObject({
      kind: 'forbidden-address',
    })
    expect(await troubleOf(open(server.url, { allowedHosts: ['127.0.0.1:1'] }).discover())).toMatchObject({
      kind: 'forbidden-address',
    })
    expect(server.log).toHaveLength(0)
  })

  it('are not reached by a name that points to them, at any time', async () => {
    const server = await serve()
    const lookup = names({ 'rebind.example.org': ['127.0.0.1', '10.0.0.1'] })
    const account = open(`https://rebind.example.org:${server.port}/`, { allowedHosts: ['127.0.0.1'], lookup })
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'forbidden-address' })
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'forbidden-address' })
    expect(server.log).toHaveLength(0)
  })

  it('and others are spoken to without encryption only where they are named', async () => {
    const server = await serve()
    const lookup = names({ 'dav.example.org': ['93.184.216.34'] })
    const account = open(`http://dav.example.org:${server.port}/`, { allowedHosts: ['other.example.org'], lookup })
    expect(await troubleOf(account.discover())).toMatchObject({
      kind: 'forbidden-address',
      message: expect.stringContaining('without encryption'),
    })
  })

  it('are not reached by a redirect within the house', async () => {
    const server = await serve()
    server.become(() => ({ status: 301, headers: { location: `https://inside.example.org:${server.port}/u/` } }))
    const lookup = names({ 'dav.example.org': ['127.0.0.1'], 'inside.example.org': ['127.0.0.1'] })
    const account = open(`http://dav.example.org:${server.port}/`, { allowedHosts: ['dav.example.org'], lookup })
    expect(await troubleOf(account.discover())).toMatchObject({ kind: 'forbidden-address' })
    expect(server.log.every(({ headers }) => headers.host?.startsWith('dav.'))).toBe(true)
  })
})

describe('answers', () => {
  it('without end are not read to the end', async () => {
    const server = await serve((request, next) =>
      request.method === 'PUT' ? { status: 400, body: Buffer.alloc(6 * 1024 * 1024) } : next(),
    )
    expect(await troubleOf(create(open(server.url), server, 'a.vcf'))).toMatchObject({ kind: 'not-understood' })
  })

  it('that are compressed although nobody asked are not guessed at', async () => {
    const server = await serve((_, next) => ({ ...next(), headers: { 'content-encoding': 'gzip' } }))
    expect(await troubleOf(listAll(open(server.url), bookAt(server.url)))).toMatchObject({ kind: 'not-understood' })
    expect(server.log[0]?.headers['accept-encoding']).toBe('identity')
  })
})
