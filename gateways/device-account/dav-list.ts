import { type Collection, DeviceAccountError, type ListedItem } from '@/domain/restore/device-account'
import { isCollection } from '@/gateways/device-account/dav-collection'
import { asCollectionUrl, hrefOnServer } from '@/gateways/device-account/dav-href'
import {
  type MultistatusEnd,
  type MultistatusResponse,
  readMultistatus,
} from '@/gateways/device-account/dav-multistatus'
import { beforeAnotherTry, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { countSize, type DavSession, isWeak } from '@/gateways/device-account/dav-session'
import { dav, syncBody, xmlType } from '@/gateways/device-account/dav-xml'

const listProps = [dav('getetag'), dav('getcontentlength'), dav('resourcetype')]
const syncPage = 1000
/** No collection has this many pages; a server that never ends its list does. */
const maxSyncPages = 10_000

const itemOf = (response: MultistatusResponse, href: string): ListedItem => {
  const length = response.props.get(dav('getcontentlength'))?.text.trim()
  return {
    href,
    etag: response.props.get(dav('getetag'))?.text.trim() || null,
    size: length && /^\d+$/.test(length) ? Number(length) : null,
  }
}

/** How a listing ended: in whole, cut short by the server, or not answered with the status it gave. */
type Ending = 'whole' | 'cut' | number

class Listing {
  /** Items already handed over, for the second try after an answer that broke off. */
  private readonly seen = new Set<string>()

  constructor(
    private readonly session: DavSession,
    private readonly url: string,
  ) {}

  async *all(): AsyncIterable<ListedItem> {
    const ending = yield* this.patiently(() => this.propfind())
    if (ending === 'whole') return
    if (ending === 404 || ending === 410)
      throw new DeviceAccountError('not-found', 'The collection is not there any more')
    const reports = this.session.known.get(this.url)?.reports
    if (reports?.has(dav('sync-collection')) === false) throw this.unlisted(ending)
    const synced = yield* this.patiently(() => this.sync())
    if (synced !== 'whole') throw this.unlisted(ending === 'cut' ? synced : ending)
  }

  private async *patiently(list: () => AsyncGenerator<ListedItem, Ending>): AsyncGenerator<ListedItem, Ending> {
    for (let tries = 1; ; tries += 1) {
      try {
        return yield* list()
      } catch (error) {
        await beforeAnotherTry(this.session.http, error, tries, this.url)
      }
    }
  }

  private unlisted(ending: Ending): DeviceAccountError {
    const host = new URL(this.url).host
    if (typeof ending === 'number' && ending >= 500 && ending !== 507) {
      return new DeviceAccountError('unreachable', `${host} fails to list the collection (${ending})`)
    }
    return new DeviceAccountError('not-understood', `${host} does not list the whole collection (${ending})`)
  }

  private async *propfind(): AsyncGenerator<ListedItem, Ending> {
    const answer = await this.session.http.open(propfindRequest(this.url, '1', listProps))
    if (answer.status !== 207) return answer.status
    return yield* this.read(answer.body, answer.url, { syncToken: null })
  }

  /** RFC 6578 from the beginning, page after page where the server cuts its answers (section 3.6). */
  private async *sync(): AsyncGenerator<ListedItem, Ending> {
    const end: MultistatusEnd = { syncToken: '' }
    for (let page = 0; page < maxSyncPages; page += 1) {
      const token: string | null = end.syncToken
      const body = syncBody(token ?? '', listProps, syncPage)
      const answer = await this.session.http.open({
        method: 'REPORT',
        url: this.url,
        headers: { ...xmlType, depth: '0' },
        body,
      })
      if (answer.status !== 207) return answer.status
      const ending = yield* this.read(answer.body, answer.url, end)
      if (ending !== 'cut') return ending
      if (!end.syncToken || end.syncToken === token) return 'cut'
    }
    return 'cut'
  }

  private async *read(
    body: AsyncIterable<Uint8Array>,
    base: string,
    end: MultistatusEnd,
  ): AsyncGenerator<ListedItem, Ending> {
    let ending: Ending = 'whole'
    for await (const response of readMultistatus(body, end)) {
      const href = hrefOnServer(response.href, base)
      if (response.status === 507) ending = 'cut'
      if (href === null || asCollectionUrl(href) === this.url || isCollection(response)) continue
      if (response.status !== null && response.status >= 300) continue
      if (this.seen.has(href)) continue
      this.seen.add(href)
      const item = itemOf(response, href)
      if (item.size !== null) countSize(this.session, this.url, item.size)
      if (item.etag !== null && isWeak(item.etag)) this.session.quirks.add('weak-etags')
      yield item
    }
    return ending
  }
}

/**
 * The items of a collection: one PROPFIND of depth 1, and `sync-collection` only where the server does not answer that in whole.
 * Throws {@link DeviceAccountError}: 'not-found', 'unreachable', 'not-understood', and what the session's HTTP throws.
 */
export const listItems = (session: DavSession, collection: Collection): AsyncIterable<ListedItem> =>
  new Listing(session, collection.url).all()
