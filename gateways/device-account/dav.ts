import type { LookupFunction } from 'node:net'
import type { Category } from '@/domain/record/category'
import {
  type Collection,
  type DeviceAccount,
  DeviceAccountError,
  type Discovery,
  type FetchedItem,
  type ListedItem,
  type MadeCollection,
  type Payload,
  type Quirk,
  type WriteResult,
} from '@/domain/restore/device-account'
import type { KnownCollection } from '@/gateways/device-account/dav-collection'
import { discoverDav, type Found, type ServiceLookup } from '@/gateways/device-account/dav-discovery'
import { fetchItems } from '@/gateways/device-account/dav-fetch'
import { asCollectionUrl, canonicalUrl, memberUrl, originOf } from '@/gateways/device-account/dav-href'
import { DavHttp } from '@/gateways/device-account/dav-http'
import { listItems } from '@/gateways/device-account/dav-list'
import { makeDavCollection, makeFolder, segmentOf } from '@/gateways/device-account/dav-make'
import { askMultistatus, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { removeEmptyCollection } from '@/gateways/device-account/dav-remove-collection'
import type { RetryPolicy } from '@/gateways/device-account/dav-retry'
import type { DavSession } from '@/gateways/device-account/dav-session'
import { DavWriter } from '@/gateways/device-account/dav-write'
import { dav } from '@/gateways/device-account/dav-xml'

export interface DavAccountOptions {
  /** A collection, a home set, a principal, a host's root, or a domain alone; https where it does not say. */
  url: string
  /** The WebDAV folder for photos, made if it is missing; null where the account has none. */
  filesUrl: string | null
  username: string | null
  password: string | null
  /** Hosts inside private networks that may be reached all the same: `host` or `host:port`. */
  allowedHosts: readonly string[]
  userAgent?: string
  signal?: AbortSignal
  /** Collections named on the account, by category: found even where discovery leads elsewhere, and first in the list. */
  collections?: Partial<Record<Category, string>>
  /** Connections at once to one server that keeps them alive; 8 unless given. */
  connections?: number
  retry?: RetryPolicy
  lookup?: LookupFunction
  lookupService?: ServiceLookup
}

const parseAddress = (text: string): URL => {
  const address = text.includes('://') ? text.trim() : `https://${text.trim()}`
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new DeviceAccountError('not-found', 'The address of the account is not an http or https address')
  }
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

class DavAccount implements DeviceAccount {
  readonly host: string
  private readonly url: URL
  private readonly session: DavSession
  private readonly writer: DavWriter
  private found: Found | null = null
  /** Where the collections are: not always where the account's address leads first. */
  private origin: string

  constructor(private readonly options: DavAccountOptions) {
    this.url = parseAddress(options.url)
    this.host = this.url.origin
    this.origin = this.host
    const files = options.filesUrl === null ? null : parseAddress(options.filesUrl)
    const http = new DavHttp({
      urls: files ? [this.url, files] : [this.url],
      username: options.username,
      password: options.password,
      allowedHosts: options.allowedHosts,
      userAgent: options.userAgent ?? 'Homeward/0.1',
      connections: options.connections ?? 8,
      signal: options.signal,
      retry: options.retry,
      lookup: options.lookup,
    })
    const filesUrl = files ? asCollectionUrl(canonicalUrl(files)) : null
    this.session = { http, quirks: new Set(), known: new Map(), sizes: new Map(), filesUrl }
    this.writer = new DavWriter(this.session)
  }

  get connections(): number {
    return this.session.http.connectionsTo(this.origin)
  }

  async discover(): Promise<Discovery> {
    const found = await this.look()
    const files = await this.existingFolder()
    const quirks = new Set<Quirk>(this.session.quirks)
    if (this.session.http.closesConnections(this.origin)) quirks.add('no-keep-alive')
    const speaking = found.collections.filter(({ reports }) => reports.size > 0)
    if (speaking.some(({ reports }) => !reports.has(dav('sync-collection')))) quirks.add('no-sync-collection')
    return {
      principal: found.principal,
      collections: [...found.collections.map(plain), ...(files ? [files] : [])],
      quirks: [...quirks],
    }
  }

  async filesFolder(category: 'photos' | 'notes'): Promise<Collection | null> {
    if (this.session.filesUrl === null) return null
    const folder = await makeFolder(this.session.http, this.session.filesUrl)
    return { ...folder, takes: [category] }
  }

  async makeCollection(category: Category, name: string): Promise<MadeCollection | null> {
    if (category === 'photos') {
      if (this.session.filesUrl === null)
        throw new DeviceAccountError('not-found', 'The account has no folder for files')
      const url = asCollectionUrl(memberUrl(this.session.filesUrl, segmentOf(name)))
      return { ...(await makeFolder(this.session.http, url)), isNew: false }
    }
    const { homes } = this.found ?? (await this.look())
    const home = category === 'contacts' ? homes.contacts : homes.calendar
    const made = home === null ? null : await makeDavCollection(this.session.http, home, category, name)
    if (made === null) return null
    this.session.known.set(made.url, made)
    return { ...plain(made), isNew: made.isNew }
  }

  removeEmptyCollection({ url }: Collection): Promise<boolean> {
    return removeEmptyCollection(this.session, url)
  }

  list(collection: Collection, _category: Category): AsyncIterable<ListedItem> {
    return listItems(this.session, collection)
  }

  fetch(collection: Collection, category: Category, hrefs: string[]): AsyncIterable<FetchedItem> {
    return fetchItems(this.session, collection, category, hrefs)
  }

  hrefOf(collection: Collection, fileName: string): string {
    return memberUrl(collection.url, fileName)
  }

  create(collection: Collection, fileName: string, payload: Payload): Promise<WriteResult> {
    return this.writer.create(collection, fileName, payload)
  }

  replace(href: string, etag: string, payload: Payload): Promise<WriteResult> {
    return this.writer.replace(href, etag, payload)
  }

  remove(href: string, etag: string | null): Promise<WriteResult> {
    return this.writer.remove(href, etag)
  }

  close(): Promise<void> {
    return this.session.http.close()
  }

  private async look(): Promise<Found> {
    const { collections, lookupService } = this.options
    const found = await discoverDav(this.session.http, this.url, collections ?? {}, lookupService)
    for (const collection of found.collections) this.session.known.set(collection.url, collection)
    this.found = found
    const place = found.collections[0]?.url ?? found.homes.contacts ?? found.homes.calendar
    if (place) this.origin = originOf(place)
    return found
  }

  /** The folder as it is: nothing is made by looking. One that is missing can be made; trouble with it is that of its own category. */
  private async existingFolder(): Promise<Collection | null> {
    const url = this.session.filesUrl
    if (url === null) return null
    try {
      const { status } = await askMultistatus(this.session.http, propfindRequest(url, '0', [dav('resourcetype')]))
      return { url, displayName: null, takes: ['photos'], writable: status === 207 || status === 404 }
    } catch (error) {
      if (!(error instanceof DeviceAccountError)) throw error
      return { url, displayName: null, takes: ['photos'], writable: false }
    }
  }
}

const plain = ({ url, displayName, takes, writable }: KnownCollection): Collection => ({
  url,
  displayName,
  takes,
  writable,
})

/**
 * Opens a CardDAV, CalDAV and WebDAV account. Nothing is sent before the first call. Throws {@link DeviceAccountError} 'not-found' where
 * an address cannot be one; what every method may throw is said at {@link DeviceAccount} and {@link DavHttp}.
 */
export const openDavAccount = (options: DavAccountOptions): DeviceAccount => new DavAccount(options)
