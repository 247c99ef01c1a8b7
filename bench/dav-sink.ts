import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface SinkRequest {
  method: string
  /** Percent-decoded. */
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

export interface SinkAnswer {
  status: number
  headers?: Record<string, string>
  /** Pieces are written one by one, so that a long listing is never held. */
  body?: string | Buffer | Iterable<string>
}

export interface SinkCollection {
  kind: 'contacts' | 'calendar' | 'folder'
  components: string[] | null
  items: Map<string, SinkItem>
}

interface SinkItem {
  body: Buffer
  etag: string
}

const xml = { 'content-type': 'application/xml; charset=utf-8' }
const namespaces =
  'xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'

const escapeXml = (text: string): string =>
  text.replace(/[&<>\r]/g, c => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&#13;'))
const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')
const ok = (props: string): string =>
  `<D:propstat><D:prop>${props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>`
const response = (path: string, inside: string): string =>
  `<D:response><D:href>${encodePath(path)}</D:href>${inside}</D:response>`
const multistatus = function* (responses: Iterable<string>): Iterable<string> {
  yield `<?xml version="1.0" encoding="utf-8"?><D:multistatus ${namespaces}>`
  yield* responses
  yield '</D:multistatus>'
}

/**
 * A CardDAV, CalDAV and WebDAV server that keeps everything in memory and knows one person, `/u/`, whose address books and calendars lie
 * there and whose files lie in `/files/`. It judges nothing it is given; whoever needs a stricter one wraps `answer`.
 */
export class DavStore {
  readonly collections = new Map<string, SinkCollection>()
  private changes = 0

  constructor(collections: Record<string, Omit<SinkCollection, 'items'>> = {}) {
    for (const [path, collection] of Object.entries(collections))
      this.collections.set(path, { ...collection, items: new Map() })
  }

  put(path: string, body: Buffer): string {
    const { collection, name } = this.locate(path)
    this.changes += 1
    const etag = `"${this.changes.toString(36)}-${body.length.toString(36)}"`
    collection?.items.set(name, { body, etag })
    return etag
  }

  item(path: string): SinkItem | undefined {
    const { collection, name } = this.locate(path)
    return collection?.items.get(name)
  }

  locate(path: string): { collection: SinkCollection | undefined; name: string } {
    const at = path.lastIndexOf('/') + 1
    return { collection: this.collections.get(path.slice(0, at)), name: path.slice(at) }
  }

  answer(request: SinkRequest): SinkAnswer {
    switch (request.method) {
      case 'PROPFIND':
        return this.propfind(request)
      case 'REPORT':
        return this.report(request)
      case 'MKCOL':
      case 'MKCALENDAR':
        return this.make(request)
      case 'PUT':
      case 'DELETE':
        return this.change(request)
      case 'GET':
      case 'HEAD': {
        const item = this.item(request.path)
        return item ? { status: 200, headers: { etag: item.etag }, body: item.body } : { status: 404 }
      }
      default:
        return { status: 405 }
    }
  }

  private propfind({ path, headers }: SinkRequest): SinkAnswer {
    const item = this.item(path)
    if (item) return { status: 207, headers: xml, body: multistatus([response(path, ok(this.itemProps(item)))]) }
    const at = path.endsWith('/') ? path : `${path}/`
    const collection = this.collections.get(at)
    if (!collection && at !== '/' && at !== '/u/') return { status: 404 }
    const self = response(at, ok(collection ? this.collectionProps(collection) : this.principalProps(at)))
    if (headers.depth === '0') return { status: 207, headers: xml, body: multistatus([self]) }
    return { status: 207, headers: xml, body: multistatus(this.members(at, self)) }
  }

  private *members(at: string, self: string): Iterable<string> {
    yield self
    for (const [name, item] of this.collections.get(at)?.items ?? [])
      yield response(at + name, ok(this.itemProps(item)))
    for (const [path, collection] of this.collections) {
      if (path !== at && path.startsWith(at) && path.slice(at.length).split('/').length === 2) {
        yield response(path, ok(this.collectionProps(collection)))
      }
    }
  }

  private itemProps({ body, etag }: SinkItem): string {
    return `<D:getetag>${escapeXml(etag)}</D:getetag><D:getcontentlength>${body.length}</D:getcontentlength><D:resourcetype/>`
  }

  private principalProps(path: string): string {
    const type = path === '/u/' ? '<D:principal/>' : ''
    const home = '<D:href>/u/</D:href>'
    return (
      `<D:resourcetype><D:collection/>${type}</D:resourcetype><D:current-user-principal>${home}</D:current-user-principal>` +
      (type &&
        `<R:addressbook-home-set>${home}</R:addressbook-home-set><C:calendar-home-set>${home}</C:calendar-home-set>`)
    )
  }

  private collectionProps({ kind, components }: SinkCollection): string {
    const type = { contacts: '<R:addressbook/>', calendar: '<C:calendar/>', folder: '' }[kind]
    const set = components?.map(name => `<C:comp name="${name}"/>`).join('')
    const report = (name: string) => `<D:supported-report><D:report><${name}/></D:report></D:supported-report>`
    return (
      `<D:resourcetype><D:collection/>${type}</D:resourcetype>` +
      '<D:current-user-privilege-set><D:privilege><D:write/></D:privilege></D:current-user-privilege-set>' +
      `<D:supported-report-set>${report('D:sync-collection')}</D:supported-report-set>` +
      (set === undefined ? '' : `<C:supported-calendar-component-set>${set}</C:supported-calendar-component-set>`)
    )
  }

  private report({ path, body }: SinkRequest): SinkAnswer {
    const collection = this.collections.get(path)
    if (!collection) return { status: 404 }
    const text = body.toString()
    if (text.includes('sync-collection')) {
      const members = [...collection.items].map(([name, item]) => response(path + name, ok(this.itemProps(item))))
      return {
        status: 207,
        headers: xml,
        body: multistatus([...members, `<D:sync-token>urn:sink:${this.changes}</D:sync-token>`]),
      }
    }
    const data = collection.kind === 'contacts' ? 'R:address-data' : 'C:calendar-data'
    const paths = [...text.matchAll(/<(?:\w+:)?href>([^<]*)</g)].map(match => decodeURIComponent(match[1]!))
    const found = (name: string): string => {
      const item = this.item(name)
      if (!item) return response(name, '<D:status>HTTP/1.1 404 Not Found</D:status>')
      return response(
        name,
        ok(`<D:getetag>${item.etag}</D:getetag><${data}>${escapeXml(item.body.toString())}</${data}>`),
      )
    }
    return { status: 207, headers: xml, body: multistatus(mapped(paths, found)) }
  }

  private make({ path, body, method }: SinkRequest): SinkAnswer {
    const at = path.endsWith('/') ? path : `${path}/`
    if (this.collections.has(at)) return { status: 405 }
    const parent = at.slice(0, at.slice(0, -1).lastIndexOf('/') + 1)
    if (parent !== '/' && parent !== '/u/' && !this.collections.has(parent)) return { status: 409 }
    const text = body.toString()
    const components = [...text.matchAll(/comp name="(\w+)"/g)].map(match => match[1]!)
    const kind =
      method === 'MKCALENDAR' || text.includes('calendar/>')
        ? 'calendar'
        : text.includes('addressbook/>')
          ? 'contacts'
          : 'folder'
    this.collections.set(at, { kind, components: components.length > 0 ? components : null, items: new Map() })
    return { status: 201 }
  }

  private change({ method, path, headers, body }: SinkRequest): SinkAnswer {
    const { collection, name } = this.locate(path)
    const item = collection?.items.get(name)
    if (!collection) return { status: method === 'PUT' ? 409 : 404 }
    if (headers['if-none-match'] === '*' && item) return { status: 412 }
    if (headers['if-match'] !== undefined && headers['if-match'] !== item?.etag) return { status: 412 }
    if (method === 'DELETE') return { status: collection.items.delete(name) ? 204 : 404 }
    return { status: item ? 204 : 201, headers: { etag: this.put(path, body) } }
  }
}

const mapped = function* <A, B>(from: Iterable<A>, to: (a: A) => B): Iterable<B> {
  for (const one of from) yield to(one)
}

export const readRequest = async (incoming: IncomingMessage): Promise<SinkRequest> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const path = decodeURIComponent(new URL(incoming.url ?? '/', 'http://sink').pathname)
  return { method: incoming.method ?? 'GET', path, headers: incoming.headers, body: Buffer.concat(chunks) }
}

export const writeAnswer = async (outgoing: ServerResponse, { status, headers, body }: SinkAnswer): Promise<void> => {
  outgoing.writeHead(status, headers)
  if (body === undefined || typeof body === 'string' || body instanceof Buffer) {
    outgoing.end(body)
    return
  }
  let pending = ''
  for (const piece of body) {
    pending += piece
    if (pending.length < 65_536) continue
    if (!outgoing.write(pending)) await new Promise(resolve => outgoing.once('drain', resolve))
    pending = ''
  }
  outgoing.end(pending)
}

/** A server for figures: every request takes `delayMs`; `GET /-/counts` answers the number of requests by method and `DELETE` forgets them. */
export const startDavSink = async (
  delayMs: number,
  port = 0,
): Promise<{ url: string; server: Server; store: DavStore }> => {
  const store = new DavStore({ '/files/': { kind: 'folder', components: null } })
  let counts: Record<string, number> = {}
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming)
    if (request.path === '/-/counts') {
      await writeAnswer(outgoing, { status: 200, body: JSON.stringify(counts) })
      if (request.method === 'DELETE') counts = {}
      return
    }
    counts[request.method] = (counts[request.method] ?? 0) + 1
    await sleep(delayMs)
    await writeAnswer(outgoing, store.answer(request))
  }
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(error => outgoing.destroy(error))
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server, store }
}

if (process.argv[1]?.endsWith('dav-sink.ts')) {
  const [delay = '2', port = '0'] = process.argv.slice(2)
  const { url } = await startDavSink(Number(delay), Number(port))
  console.log(JSON.stringify({ url, files: `${url}files/` }))
}
