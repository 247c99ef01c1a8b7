import type { Category } from '@/domain/record/category'
import { type Collection, DeviceAccountError, type FetchedItem } from '@/domain/restore/device-account'
import { hrefOnServer, originOf } from '@/gateways/device-account/dav-href'
import { type MultistatusResponse, readMultistatus } from '@/gateways/device-account/dav-multistatus'
import { askMultistatus, beforeAnotherTry, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { countSize, type DavSession } from '@/gateways/device-account/dav-session'
import { cal, card, dav, multigetBody, xmlType } from '@/gateways/device-account/dav-xml'

const pageItems = 500
const pageBytes = 8 * 1024 * 1024
/** A page while nothing is known about the size of the items. */
const firstPage = 100
const gets = 4
const recordLimit = 64 * 1024 * 1024
const fileLimit = 256 * 1024 * 1024

class Fetching {
  private readonly kind: 'contacts' | 'calendar'
  private readonly data: string
  private relisted = false

  constructor(
    private readonly session: DavSession,
    private readonly url: string,
    category: Category,
  ) {
    this.kind = category === 'contacts' ? 'contacts' : 'calendar'
    this.data = this.kind === 'contacts' ? card('address-data') : cal('calendar-data')
  }

  async *pages(hrefs: readonly string[]): AsyncIterable<FetchedItem> {
    for (let at = 0; at < hrefs.length; ) {
      const size = this.pageSize()
      yield* this.page(hrefs.slice(at, at + size))
      at += size
    }
  }

  /** One GET an item, a few at once, in order. */
  async *files(hrefs: readonly string[], limit: number): AsyncIterable<FetchedItem> {
    for (let at = 0; at < hrefs.length; at += gets) {
      const found = await Promise.all(hrefs.slice(at, at + gets).map(href => this.file(href, limit)))
      for (const item of found) if (item) yield item
    }
  }

  private pageSize(): number {
    const sizes = this.session.sizes.get(this.url)
    if (!sizes) return firstPage
    return Math.max(1, Math.min(pageItems, Math.floor(pageBytes / Math.max(1, sizes.bytes / sizes.items))))
  }

  private async *page(hrefs: readonly string[]): AsyncIterable<FetchedItem> {
    const pending = new Set(hrefs)
    const unclear: string[] = []
    for (let tries = 1; pending.size > 0; tries += 1) {
      const before = pending.size
      let status: number
      try {
        status = yield* this.report(pending, unclear)
      } catch (error) {
        await beforeAnotherTry(this.session.http, error, tries, this.url)
        continue
      }
      if (status !== 207) {
        yield* this.refusedPage([...pending], status)
        pending.clear()
        break
      }
      // What a server leaves out without a word is asked for once more, then one by one.
      if (pending.size === 0 || pending.size === before || tries > 2) break
    }
    if (pending.size > 0) unclear.push(...pending)
    yield* this.files(unclear, recordLimit)
  }

  /** Takes out of `pending` what the server answered for; what needs a look at its bytes goes to `unclear`. */
  private async *report(pending: Set<string>, unclear: string[]): AsyncGenerator<FetchedItem, number> {
    const paths = [...pending].map(href => href.slice(originOf(href).length))
    const body = multigetBody(this.kind, paths)
    // Smaller pages cure a page that fails; asking the same again seldom does.
    const maxTries = this.relisted ? 1 : 2
    const request = { method: 'REPORT', url: this.url, headers: { ...xmlType, depth: '1' }, body, maxTries }
    const answer = await this.session.http.open(request)
    if (answer.status !== 207) return answer.status
    for await (const response of readMultistatus(answer.body)) {
      const href = hrefOnServer(response.href, answer.url)
      if (href === null || !pending.has(href)) continue
      if (response.status === 507) continue
      pending.delete(href)
      if (response.status === 404 || response.status === 410) continue
      const item = this.itemOf(response, href)
      if (item) yield item
      else unclear.push(href)
    }
    return 207
  }

  private itemOf(response: MultistatusResponse, href: string): FetchedItem | null {
    const data = response.props.get(this.data)
    if (!data || response.tainted) return null
    const body = Buffer.from(data.text, 'utf8')
    countSize(this.session, this.url, body.length)
    return { href, etag: response.props.get(dav('getetag'))?.text.trim() || null, size: body.length, body }
  }

  /** A page refused as a whole: for one missing name (sabre), for one item that the server itself cannot read (Xandikos), for its length. */
  private async *refusedPage(hrefs: string[], status: number): AsyncIterable<FetchedItem> {
    if (status === 405 || status === 501 || hrefs.length === 1) {
      return yield* this.files(hrefs, recordLimit)
    }
    let left = hrefs
    if (!this.relisted) {
      this.relisted = true
      const live = await this.liveNames(status)
      left = hrefs.filter(href => live.has(href))
      if (left.length > 0 && left.length < hrefs.length) return yield* this.page(left)
    }
    const middle = Math.ceil(left.length / 2)
    for (const half of [left.slice(0, middle), left.slice(middle)]) if (half.length > 0) yield* this.page(half)
  }

  /** The names that are there, by one listing: cheaper than halving where several are missing, and proof that the server works. */
  private async liveNames(status: number): Promise<Set<string>> {
    const found = await askMultistatus(this.session.http, propfindRequest(this.url, '1', [dav('getetag')]))
    if (found.status === 404) throw new DeviceAccountError('not-found', 'The collection is not there any more')
    if (found.status !== 207) {
      throw new DeviceAccountError('unreachable', `${new URL(this.url).host} does not hand out its items (${status})`)
    }
    return new Set(found.responses.flatMap(response => hrefOnServer(response.href, found.url) ?? []))
  }

  private async file(href: string, limit: number): Promise<FetchedItem | null> {
    const answer = await this.session.http.exchange({ method: 'GET', url: href, limit })
    if (answer.status === 404 || answer.status === 410) return null
    if (answer.status !== 200) return this.unreadable(href, answer.status)
    return { href, etag: answer.headers.etag ?? null, size: answer.body.length, body: answer.body }
  }

  /** An item that its own server cannot hand out is left out; a server that hands out nothing is an error. */
  private async unreadable(href: string, status: number): Promise<null> {
    const found = await askMultistatus(this.session.http, propfindRequest(href, '0', [dav('getetag')]))
    if (status !== 403 && (found.status === 207 || found.status === 404)) return null
    throw new DeviceAccountError('unreachable', `${new URL(href).host} does not hand out an item (${status})`)
  }
}

/**
 * The bodies of the named items: by multiget in pages of at most 500 items and about 8 MB (RFC 6352 section 8.7, RFC 4791 section 7.9), files by GET.
 * An item whose text was not intact in XML is read again by GET, so bodies are the server's own bytes; what is gone, or what the server
 * itself cannot read, is left out. Throws {@link DeviceAccountError}: 'not-found', 'unreachable', 'not-understood'.
 */
export const fetchItems = (
  session: DavSession,
  collection: Collection,
  category: Category,
  hrefs: readonly string[],
): AsyncIterable<FetchedItem> => {
  const fetching = new Fetching(session, collection.url, category)
  const asFiles = category === 'photos' || collection.url === session.filesUrl
  return asFiles ? fetching.files(hrefs, fileLimit) : fetching.pages(hrefs)
}
