import { afterEach, describe, expect, it } from 'vitest'
import type { SinkAnswer } from '@/bench/dav-sink'
import { type Script, type ScriptedDav, startScriptedDav } from '../../faults/scripted-dav'
import { bookAt, fetchAll, listAll, openAt, troubleOf, vcard } from './dav-support'

let server: ScriptedDav
const start = async (items: number, script?: Script): Promise<ScriptedDav> => {
  server = await startScriptedDav(script)
  for (let i = 0; i < items; i += 1) server.store.put(`/u/book/hw-${i}.vcf`, Buffer.from(vcard(`uid-${i}`)))
  return server
}
afterEach(() => server.close())

const textOf = ({ body }: SinkAnswer): string =>
  typeof body === 'string' ? body : [...(body as Iterable<string>)].join('')
const hrefsIn = (count: number): string[] => Array.from({ length: count }, (_, i) => `${server.url}u/book/hw-${i}.vcf`)
const ns = 'xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav"'

describe('listing', () => {
  it('lists names, tags and sizes by one request', async () => {
    const { url, log } = await start(300)
    const account = openAt(url)
    const items = await listAll(account, bookAt(url))
    expect(items).toHaveLength(300)
    expect(items[7]).toEqual({
      href: `${url}u/book/hw-7.vcf`,
      etag: expect.stringMatching(/^"/),
      size: vcard('uid-7').length,
    })
    expect(log).toHaveLength(1)
    await account.close()
  })

  it('spells every name in one way, and hides folders and itself', async () => {
    const { url } = await start(0, () => ({
      status: 207,
      body:
        `<D:multistatus ${ns}><D:response><D:href>/u/%62ook</D:href><D:propstat><D:prop/><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>` +
        '<D:response><D:href>http://inside:81/u/book/a@b c.vcf</D:href><D:propstat><D:prop><D:getetag>"1"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>' +
        '<D:response><D:href>/u/book/sub/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>' +
        '</D:multistatus>',
    }))
    const account = openAt(url)
    expect(await listAll(account, bookAt(url))).toEqual([
      { href: `${url}u/book/a%40b%20c.vcf`, etag: '"1"', size: null },
    ])
    await account.close()
  })

  it('goes on where the answer broke off, naming nothing twice', async () => {
    let first = true
    const { url } = await start(200, (_, next) => {
      const answer = next()
      if (!first) return answer
      first = false
      return { cutAfter: 20_000, answer }
    })
    const account = openAt(url)
    const hrefs = (await listAll(account, bookAt(url))).map(({ href }) => href)
    expect(new Set(hrefs)).toEqual(new Set(hrefsIn(200)))
    expect(hrefs).toHaveLength(200)
    await account.close()
  })

  it('gives up on a server that always breaks off', async () => {
    const { url } = await start(200, (_, next) => ({ cutAfter: 20_000, answer: next() }))
    const account = openAt(url)
    expect(await troubleOf(listAll(account, bookAt(url)))).toMatchObject({ kind: 'unreachable' })
    await account.close()
  })

  const cut = (answer: SinkAnswer, keep: number, rest: string): SinkAnswer => {
    const parts = textOf(answer).split('</D:response>')
    return { ...answer, body: `${parts.slice(0, keep).join('</D:response>')}</D:response>${rest}</D:multistatus>` }
  }
  const full =
    '<D:response><D:href>/u/book/</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>'

  it('pages by sync-collection where a listing is cut short (RFC 6578)', async () => {
    const { url } = await start(25, (request, next) => {
      const answer = next()
      if (request.method === 'PROPFIND') return cut(answer, 11, full)
      const at = Number(/sync-token>page-(\d+)</.exec(request.body.toString())?.[1] ?? 0)
      const parts = textOf(answer).split('</D:response>')
      const page = parts.slice(at, at + 10).map((part, i) => (at + i === 0 ? part : part.replace(/^/, '')))
      const head = at === 0 ? '' : `<D:multistatus ${ns}>`
      const last = at + 10 >= 25
      return {
        ...answer,
        body: `${head}${page.slice(0, last ? 25 - at : 10).join('</D:response>')}</D:response>${last ? '' : full}<D:sync-token>page-${at + 10}</D:sync-token></D:multistatus>`,
      }
    })
    const account = openAt(url)
    expect((await listAll(account, bookAt(url))).map(({ href }) => href)).toEqual(hrefsIn(25))
    expect(server.count('REPORT')).toBe(3)
    await account.close()
  })

  it('asks for it in pages where a server says that the whole is too much (507)', async () => {
    const { url } = await start(25, (request, next) => (request.method === 'PROPFIND' ? { status: 507 } : next()))
    const account = openAt(url)
    expect(await listAll(account, bookAt(url))).toHaveLength(25)
    await account.close()
  })

  it.each([403, 500, 207])(
    'never takes half a list for the whole: cut short, and sync-collection answers %i',
    async status => {
      const { url } = await start(25, (request, next) => {
        const answer = next()
        if (request.method === 'PROPFIND') return cut(answer, 11, full)
        return status === 207 ? cut(answer, 5, `${full}<D:sync-token></D:sync-token>`) : { status }
      })
      const account = openAt(url)
      const trouble = await troubleOf(listAll(account, bookAt(url)))
      expect(['unreachable', 'not-understood']).toContain(trouble.kind)
      await account.close()
    },
  )

  it('says so where the collection is gone', async () => {
    const { url } = await start(0, () => ({ status: 404 }))
    const account = openAt(url)
    expect(await troubleOf(listAll(account, bookAt(url)))).toMatchObject({ kind: 'not-found' })
    await account.close()
  })
})

describe('fetching', () => {
  it('reads 500 contacts of a known collection with one page, five requests in all at most', async () => {
    const { url, log } = await start(500)
    const account = openAt(url)
    const items = await listAll(account, bookAt(url))
    const fetched = await fetchAll(
      account,
      bookAt(url),
      items.map(({ href }) => href),
    )
    expect(fetched).toHaveLength(500)
    expect(Buffer.from(fetched[3]!.body).toString()).toBe(vcard('uid-3'))
    expect(fetched[3]!.etag).toBe(items[3]!.etag)
    expect(log).toHaveLength(2)
    await account.close()
  })

  it('reads them in two pages where it has not seen a listing', async () => {
    const { url, log } = await start(500)
    const account = openAt(url)
    expect(await fetchAll(account, bookAt(url), hrefsIn(500))).toHaveLength(500)
    expect(log).toHaveLength(2)
    await account.close()
  })

  it('makes pages by bytes where items are large', async () => {
    const { url, store, log } = await start(0)
    const photo = Buffer.alloc(1024 * 1024, 'A')
    for (let i = 0; i < 20; i += 1)
      store.put(`/u/book/hw-${i}.vcf`, Buffer.concat([Buffer.from('BEGIN:VCARD\r\nPHOTO:'), photo]))
    const account = openAt(url)
    const items = await listAll(account, bookAt(url))
    expect(
      await fetchAll(
        account,
        bookAt(url),
        items.map(({ href }) => href),
      ),
    ).toHaveLength(20)
    expect(log.length).toBe(1 + 3)
    await account.close()
  })

  it('leaves out what is not there any more', async () => {
    const { url } = await start(3)
    const account = openAt(url)
    const fetched = await fetchAll(account, bookAt(url), [...hrefsIn(3), `${url}u/book/gone.vcf`])
    expect(fetched.map(({ href }) => href)).toEqual(hrefsIn(3))
    expect(server.log).toHaveLength(1)
    await account.close()
  })

  it('reads the very bytes of an item that is not UTF-8, and keeps the others on the fast way', async () => {
    const latin = Buffer.from(vcard('uid-1', 'Ren\u00e9'), 'latin1')
    const { url, store } = await start(3, (request, next) => {
      const answer = next()
      if (request.method !== 'REPORT') return answer
      return { ...answer, body: Buffer.from(textOf(answer).replace(/Ren\uFFFD/g, 'Ren\u00e9'), 'latin1') }
    })
    store.put('/u/book/hw-1.vcf', latin)
    const account = openAt(url)
    const fetched = await fetchAll(account, bookAt(url), hrefsIn(3))
    expect(fetched.map(({ href }) => href).sort()).toEqual(hrefsIn(3))
    expect(Buffer.from(fetched.find(({ href }) => href.endsWith('hw-1.vcf'))!.body)).toEqual(latin)
    expect(server.count('GET')).toBe(1)
    await account.close()
  })

  it('goes around the one item that makes a whole page fail (Xandikos with Latin-1), and leaves out what the server cannot read itself', async () => {
    const { url } = await start(40, (request, next) => {
      const bad =
        request.method === 'REPORT'
          ? request.body.includes('hw-17.vcf') || request.body.includes('hw-23.vcf')
          : request.path.endsWith('hw-23.vcf') && request.method === 'GET'
      return bad ? { status: 500 } : next()
    })
    const account = openAt(url)
    const fetched = await fetchAll(account, bookAt(url), hrefsIn(40))
    expect(new Set(fetched.map(({ href }) => href))).toEqual(
      new Set(hrefsIn(40).filter(href => !href.endsWith('hw-23.vcf'))),
    )
    await account.close()
  })

  it('does not take a server that fails altogether for an empty account', async () => {
    const { url } = await start(4, (request, next) => (request.method === 'PROPFIND' ? next() : { status: 403 }))
    const account = openAt(url)
    expect(await troubleOf(fetchAll(account, bookAt(url), hrefsIn(4)))).toMatchObject({ kind: 'unreachable' })
    server.become(() => ({ status: 500 }))
    expect(await troubleOf(fetchAll(account, bookAt(url), hrefsIn(4)))).toMatchObject({ kind: 'unreachable' })
    await account.close()
  })

  it('reads one by one from a server without multiget', async () => {
    const { url } = await start(5, (request, next) => (request.method === 'REPORT' ? { status: 501 } : next()))
    const account = openAt(url)
    const fetched = await fetchAll(account, bookAt(url), [...hrefsIn(5), `${url}u/book/gone.vcf`])
    expect(fetched.map(({ href }) => href)).toEqual(hrefsIn(5))
    await account.close()
  })

  it('asks again for what an answer left out, and for the rest of one that broke off', async () => {
    let reports = 0
    const { url } = await start(60, (request, next) => {
      const answer = next()
      if (request.method !== 'REPORT') return answer
      reports += 1
      if (reports === 1) return { cutAfter: 6000, answer }
      if (reports > 2) return answer
      return {
        ...answer,
        body: `${textOf(answer).split('</D:response>').slice(0, 5).join('</D:response>')}</D:response></D:multistatus>`,
      }
    })
    const account = openAt(url)
    const hrefs = (await fetchAll(account, bookAt(url), hrefsIn(60))).map(({ href }) => href)
    expect(hrefs).toHaveLength(60)
    expect(new Set(hrefs).size).toBe(60)
    await account.close()
  })

  it.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "c">]><D:multistatus xmlns:D="DAV:">&b;</D:multistatus>'],
    ['half a document', '<D:multistatus xmlns:D="DAV:"><D:response>'],
    ['no XML', 'well, no'],
  ])('does not understand %s', async (_, body) => {
    const { url } = await start(2, () => ({ status: 207, body }))
    const account = openAt(url)
    expect(await troubleOf(fetchAll(account, bookAt(url), hrefsIn(2)))).toMatchObject({ kind: 'not-understood' })
    expect(await troubleOf(listAll(account, bookAt(url)))).toMatchObject({ kind: 'not-understood' })
    await account.close()
  })

  it('can be left in the middle of a listing', async () => {
    const { url } = await start(0)
    for (let i = 0; i < 20_000; i += 1) server.store.put(`/u/book/hw-${i}.vcf`, Buffer.from(vcard(`uid-${i}`)))
    const account = openAt(url)
    for await (const { href } of account.list(bookAt(url), 'contacts')) if (href.endsWith('hw-20.vcf')) break
    expect(await fetchAll(account, bookAt(url), hrefsIn(2))).toHaveLength(2)
    await account.close()
  })

  it('streams a large collection', async () => {
    const { url } = await start(0)
    for (let i = 0; i < 20_000; i += 1) server.store.put(`/u/book/hw-${i}.vcf`, Buffer.from(vcard(`uid-${i}`)))
    const account = openAt(url)
    let listed = 0
    for await (const { size } of account.list(bookAt(url), 'contacts')) listed += size === null ? 0 : 1
    expect(listed).toBe(20_000)
    await account.close()
  })
})
