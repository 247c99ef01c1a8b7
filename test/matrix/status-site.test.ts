import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StatusFile } from '@/domain/incident/status-files'
import { folderStatusFiles } from '@/gateways/status-files'
import { languageFor } from '@/messages/language'
import { startStatusNginx } from '@/test/support/nginx'
import { describeWith } from '@/test/support/programs'
import { rawRequest } from '@/test/support/raw-request'
import { startStatusNode } from '@/test/support/status-node'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const publishedAt = new Date('2009-10-06T16:12:00Z')
const kept = 'public, max-age=10, stale-while-revalidate=60, stale-if-error=86400'
const html = (address: string, body: string): StatusFile => {
  const language = address.slice(1, 3)
  return { path: address, type: 'text/html; charset=utf-8', body: `<!doctype html>${body}`, language }
}
const file = (address: string, type: string, language: string | null = null): StatusFile => ({
  path: address,
  type: `${type}; charset=utf-8`,
  body: `of ${address}: é`,
  language,
})
const pages = ['', '/404', '/embed', '/history', '/incidents/lost-data', '/maintenance/move'].flatMap(end =>
  ['/en', '/fr'].map(language => html(`${language}${end}`, `of ${language}${end}: é`)),
)
const others = [
  file('/api/v2/summary.json', 'application/json'),
  file('/api/v2/incidents/unresolved.json', 'application/json'),
  file('/cap/4f1.xml', 'application/cap+xml'),
  file('/history.atom', 'application/atom+xml'),
  file('/history.rss', 'application/rss+xml'),
  file('/fr/history.atom', 'application/atom+xml', 'fr'),
  file('/en/badge.svg', 'image/svg+xml', 'en'),
]
const published = [...pages, ...others]

interface Served {
  origin: string
  stop(): Promise<void>
}

/** What a visitor may rely on, whichever of the two servers answers. */
function suite(start: (root: string) => Promise<Served>): void {
  const folder = temporaryFolder('status-site')
  const root = path.join(folder, 'status')
  const publish = (number: number, files: StatusFile[]) =>
    folderStatusFiles({ root }).publish({ number, publishedAt, files })
  let server: Served
  const ask = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${server.origin}${address}`, { headers, method, redirect: 'manual' })
  const status = async (address: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await ask(address, headers, method)
    await answer.arrayBuffer()
    return answer.status
  }

  beforeAll(async () => {
    server = await start(root)
  })
  afterAll(async () => {
    await server.stop()
    removeFolder(folder)
  })

  describe('before anything is published', () => {
    it('says when to come again, in the form that was asked for', async () => {
      for (const address of ['/en/incidents/lost-data', '/cap/4f1.xml', '/fr/history']) {
        const answer = await ask(address)
        expect([answer.status, answer.headers.get('retry-after')], address).toEqual([503, '5'])
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
        expect(answer.headers.get('cache-control')).toBe('no-store')
        expect(await answer.text()).toMatch(/Please try again.*Réessayez/)
      }
      const data = await ask('/api/v2/summary.json')
      expect([data.status, data.headers.get('retry-after')]).toEqual([503, '5'])
      expect(data.headers.get('access-control-allow-origin')).toBe('*')
      expect(await data.json()).toMatchObject({ error: { type: 'service_unavailable' } })
    })

    it('knows the language all the same', async () => {
      expect((await ask('/')).headers.get('location')).toBe('/en')
    })

    it('sees the first generation', async () => {
      await publish(1, published)
      const limit = Date.now() + 30_000
      while ((await status('/fr/history')) !== 200) {
        expect(Date.now()).toBeLessThan(limit)
        await sleep(20)
      }
    })
  })

  describe('what is published', () => {
    it.each(published.filter(one => !one.path.endsWith('/404')))(
      '$path is whole, with all it says of itself',
      async one => {
        const answer = await ask(one.path)
        expect(await answer.text()).toBe(one.body)
        const { headers } = answer
        expect(answer.status).toBe(200)
        expect(headers.get('content-type')).toBe(one.type)
        expect(headers.get('content-length')).toBe(String(Buffer.byteLength(one.body)))
        expect(headers.get('content-language')).toBe(one.language)
        expect(headers.get('cache-control')).toBe(kept)
        expect(headers.get('last-modified')).toBe(publishedAt.toUTCString())
        expect(headers.get('etag')).toMatch(/^"[\x21\x23-\x7e]+"$/)
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('referrer-policy')).toBe('same-origin')
        expect(headers.get('permissions-policy')).toContain('geolocation=()')
        expect(headers.get('strict-transport-security')).toBeNull()
        expect(headers.get('content-encoding')).toBeNull()
        expect(headers.get('vary')).toBeNull()
      },
    )

    it('is framed by nobody, but for what is made for it', async () => {
      for (const { path: address, type } of published) {
        const { headers } = await ask(address)
        const isPage = type.startsWith('text/html')
        const isEmbed = address.endsWith('/embed')
        expect(headers.get('x-frame-options'), address).toBe(isPage && !isEmbed ? 'DENY' : null)
        const policy = isEmbed ? 'frame-ancestors *' : "frame-ancestors 'none'"
        expect(headers.get('content-security-policy'), address).toBe(isPage ? policy : null)
        const shared = isPage && !isEmbed ? null : 'cross-origin'
        expect(headers.get('cross-origin-resource-policy'), address).toBe(shared)
        const readers = address.startsWith('/api/v2/') ? '*' : null
        expect(headers.get('access-control-allow-origin'), address).toBe(readers)
      }
    })

    it('is the same for HEAD, without the body', async () => {
      for (const address of ['/en', '/api/v2/summary.json', '/en/404', '/fr/incidents/none', '/api/v2/none.json']) {
        const [get, head] = [
          await rawRequest(server.origin, `GET ${address} HTTP/1.1`),
          await rawRequest(server.origin, `HEAD ${address} HTTP/1.1`),
        ]
        expect(head.body, address).toBe('')
        const { date: _, ...said } = head.headers
        const { date: __, ...expected } = get.headers
        expect([head.status, said], address).toEqual([get.status, expected])
      }
    })

    it('is the same with a query, and under an address that means the same', async () => {
      for (const address of ['/en?utm=1', '/en?', '/%65n', '/en/incidents/lost%2Ddata?x=%zz'])
        expect(await status(address), address).toBe(200)
      const absolute = await rawRequest(server.origin, 'GET http://status.example/fr HTTP/1.1')
      expect([absolute.status, absolute.headers['content-language']]).toEqual([200, 'fr'])
      const old = await rawRequest(server.origin, 'GET /en HTTP/1.0')
      expect(old.status).toBe(200)
    })

    it('is sent whole to who asks for a part or in another coding', async () => {
      expect(await status('/en', { range: 'bytes=0-3' })).toBe(200)
      const coded = await ask('/en', { 'accept-encoding': 'gzip, br' })
      expect(coded.headers.get('content-encoding')).toBeNull()
    })

    it('insists on encryption where there is any', async () => {
      const secure = { 'x-forwarded-proto': 'https' }
      for (const address of ['/en', '/', '/en/', '/en/incidents/none', '/api/v2/none.json'])
        expect((await ask(address, secure)).headers.get('strict-transport-security'), address).toContain(
          'max-age=31536000',
        )
    })
  })

  describe('a visitor who has it already', () => {
    it.each([
      ['the tag', (tag: string) => tag, 304],
      ['the tag, weakly', (tag: string) => `W/${tag}`, 304],
      ['it in a list', (tag: string) => `"other", W/"more",${tag}`, 304],
      ['anything', () => '*', 304],
      ['another', () => '"other"', 200],
      ['another that holds it', (tag: string) => tag.replace(/"$/, 'x"'), 200],
      ['no tag at all', () => 'nonsense', 200],
    ])('is told so by If-None-Match: %s', async (_, tags, expected) => {
      for (const address of ['/en', '/api/v2/summary.json']) {
        const first = await ask(address)
        const etag = first.headers.get('etag')!
        const again = await ask(address, { 'if-none-match': tags(etag) })
        expect(again.status, address).toBe(expected)
        if (expected !== 304) continue
        expect(await again.text()).toBe('')
        for (const name of ['etag', 'cache-control', 'access-control-allow-origin', 'x-content-type-options'])
          expect(again.headers.get(name), name).toBe(first.headers.get(name))
        expect(await status(address, { 'if-none-match': tags(etag) }, 'HEAD')).toBe(304)
      }
    })

    it.each([
      ['Tue, 06 Oct 2009 16:12:00 GMT', 304],
      ['Tue, 06 Oct 2009 16:12:01 GMT', 304],
      ['Tue, 06 Oct 2009 16:11:59 GMT', 200],
      ['yesterday', 200],
      ['2027-01-01', 200],
    ])('is told so by If-Modified-Since: %s', async (since, expected) => {
      expect(await status('/en', { 'if-modified-since': since })).toBe(expected)
    })

    it('is asked for the tag alone where there is one', async () => {
      const since = { 'if-modified-since': publishedAt.toUTCString() }
      expect(await status('/en', { ...since, 'if-none-match': '"other"' })).toBe(200)
    })

    it('gets the page that says that there is none each time', async () => {
      expect(await status('/en/404', { 'if-none-match': '*' })).toBe(404)
    })
  })

  describe('what is not there', () => {
    it.each([
      ['/en/incidents/none', 'en'],
      ['/fr/incidents/none', 'fr'],
      ['/fr/incidents/', 'fr'],
      ['/en/maintenance/none', 'en'],
      ['/fr/history/2009-11', 'fr'],
      ['/fr/badge.svg', 'fr'],
      ['/cap/none.xml', 'en'],
      ['/cap/', 'en'],
      ['/en/404', 'en'],
      ['/fr/404?x', 'fr'],
      ['/en/incidents/.manifest.json', 'en'],
      ['/en/incidents/lost-data.html', 'en'],
      ['/en/incidents/lost-data/', 'en'],
      ['/en/incidents/%5C..%5Cx', 'en'],
    ])('%s: the published page says so', async (address, language) => {
      const answer = await ask(address)
      expect(await answer.text()).toBe(`<!doctype html>of /${language}/404: é`)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('content-language')).toBe(language)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=10')
      expect(answer.headers.get('x-frame-options')).toBe('DENY')
    })

    it.each(['/api/v2/none.json', '/api/v2/', '/api/v2/incidents', '/api/v2/.x', '/api/v2/summary.json/'])(
      '%s: said as data',
      async address => {
        const answer = await ask(address)
        expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8'])
        expect(answer.headers.get('access-control-allow-origin')).toBe('*')
        expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
        expect(answer.headers.get('cache-control')).toBe('public, max-age=10')
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
        const error = { type: 'not_found', error: 'not found', message: 'There is nothing at this address.' }
        expect(await answer.json()).toEqual({ error })
      },
    )

    it.each([
      '/cap/%',
      '/cap/%zz',
      '/cap/%c3%28',
      '/cap/%00',
      '/api/v2/%',
      '/api/v2/%2e%2e/%2e%2e/.manifest.json',
      '/en/incidents/../../../etc/passwd',
      '/cap/..%2f..%2f.manifest.json',
      `/cap/${'x'.repeat(5000)}`,
      '/en/incidents/\\..\\x',
      '/cap/\u00ff',
    ])('%s: refused or not found', async address => {
      const { status: code, body } = await rawRequest(server.origin, `GET ${address} HTTP/1.1`)
      expect([400, 404]).toContain(code)
      expect(body).not.toMatch(/root:|modifiedAt/)
    })
  })

  describe('what is not asked for but done', () => {
    it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s is not allowed', async method => {
      for (const address of ['/', '/en', '/en?x', '/api/v2/summary.json', '/cap/none.xml', '/fr/404']) {
        const answer = await rawRequest(server.origin, `${method} ${address} HTTP/1.1`, ['Content-Length: 0'])
        expect([answer.status, answer.headers.allow], address).toEqual([405, 'GET, HEAD'])
        expect(answer.headers['cache-control']).toBe('no-store')
        const readers = address.startsWith('/api/v2/') ? '*' : undefined
        expect(answer.headers['access-control-allow-origin']).toBe(readers)
      }
    })
  })

  describe('the way in', () => {
    const home = async (headers: Record<string, string>, address = '/') => {
      const answer = await ask(address, headers)
      return `${answer.status} ${answer.headers.get('location')}`
    }

    it('is the language that was chosen, else the browser’s', async () => {
      const french = { 'accept-language': 'fr-CA,fr;q=0.9' }
      expect(await home(french)).toBe('307 /fr')
      expect(await home({ ...french, cookie: 'hw-language=en' })).toBe('307 /en')
      expect(await home({ cookie: 'a=b; hw-language=fr; c=d' })).toBe('307 /fr')
      expect(await home({ ...french, cookie: 'hw-language=xx' })).toBe('307 /fr')
      expect(await home({ cookie: 'hw-language=en; hw-language=fr' })).toBe('307 /fr')
      expect(await home({ ...french, cookie: '__Host-hw-language=en' })).toBe('307 /en')
      expect(await home({ ...french, cookie: 'not-hw-language=en' })).toBe('307 /fr')
      expect(await home(french, '/?from=mail')).toBe('307 /fr')
      expect(await home({ ...french, cookie: 'hw-language=en' }, '/?')).toBe('307 /en')
    })

    it('is nobody else’s', async () => {
      const { headers } = await ask('/')
      expect(headers.get('vary')).toBe('Accept-Language, Cookie')
      expect(headers.get('cache-control')).toBe('private, no-store')
      expect(headers.get('x-frame-options')).toBe('DENY')
    })

    it('agrees with every other page about what a browser asks for', async () => {
      const weights = ['', ';q=1', ';q=0.9', '; q=0.90', ';q=0.85', ';q=0.5', ';q=0.05', ';q=0', ';q=0.000', ';q=1.000']
      const combined = weights.flatMap(one =>
        weights.flatMap(other => [`en-GB${one}, fr${other}`, `FR-ca${one},de,en${other},*;q=0.1`]),
      )
      const odd = [
        '',
        '*',
        'de',
        'de, es;q=0.9',
        'frr, enm',
        'fr;q=0, en;q=0.1',
        'en;q=0',
        'en;q=0.3, fr-CA, fr;q=0.2, en',
      ]
      for (const asked of [...combined, ...odd])
        expect(await home({ 'accept-language': asked }), asked).toBe(`307 /${languageFor(asked)}`)
      const { headers } = await rawRequest(server.origin, 'GET / HTTP/1.1')
      expect(headers.location).toBe('/en')
    })

    it('has one address for each language', async () => {
      expect([await home({}, '/en/'), await home({}, '/fr/?x')]).toEqual(['308 /en', '308 /fr'])
    })
  })

  it('is wholly of one generation at every moment, and never goes back', async () => {
    const long = (number: number, address: string) => html(address, `${String(number).padStart(10)};`.repeat(30_000))
    const generation = (number: number) => [
      ...published.filter(one => !['/en', '/fr'].includes(one.path)),
      long(number, '/en'),
      long(number, '/fr'),
    ]
    await publish(100, generation(100))
    while (!(await (await ask('/en')).text()).includes(';')) await sleep(20)
    let over = false
    const tags = new Map<string, number>()
    const seen = new Set<number>()
    const visitor = async (address: string) => {
      for (let last = 0; !over; ) {
        const answer = await ask(address)
        const body = await answer.text()
        expect(answer.status).toBe(200)
        const number = Number(/\d+/.exec(body)?.[0])
        expect(body === long(number, address).body).toBe(true)
        const tag = `${address} ${answer.headers.get('etag')}`
        expect(tags.get(tag) ?? number).toBe(number)
        tags.set(tag, number)
        expect(number).toBeGreaterThanOrEqual(last)
        last = number
        seen.add(number)
      }
    }
    const visitors = Promise.all(['/en', '/fr', '/en', '/fr'].map(visitor))
    // The visitors take what both cores have; beside other work twenty generations have taken longer than forty seconds.
    const limit = Date.now() + 150_000
    try {
      for (let number = 101; seen.size < 5 || number < 120; number++) {
        await publish(number, generation(number))
        expect(Date.now()).toBeLessThan(limit)
      }
    } finally {
      over = true
      await visitors
    }
  }, 180_000)
}

describe('the portal', () => {
  suite(root => startStatusNode(root, { isHttps: false }))
})

describeWith(['nginx'], 'nginx as it is shipped', () => {
  suite(root => startStatusNginx(root))

  it('at another address than the portal leads there for what is the portal’s, and for nothing else', async () => {
    const folder = temporaryFolder('status-elsewhere')
    const root = path.join(folder, 'status')
    await folderStatusFiles({ root }).publish({ number: 1, publishedAt, files: published })
    const server = await startStatusNginx(root, 'https://portal.example')
    try {
      const ask = async (address: string) => {
        const { status, headers } = await fetch(`${server.origin}${address}`, { redirect: 'manual' })
        return `${status} ${headers.get('location')}`
      }
      expect(await ask('/account?lang=fr')).toBe('307 https://portal.example/account?lang=fr')
      expect(await ask('/fr/subscribe?lang=fr')).toBe('307 https://portal.example/fr/subscribe?lang=fr')
      for (const address of ['/accounts', '/en/subscribers', '/en/none', '/account/x'])
        expect(await ask(address), address).toBe('404 null')
      expect(await ask('/en')).toBe('200 null')
    } finally {
      await server.stop()
      removeFolder(folder)
    }
  })
})
