import type { Quirk } from '@/domain/restore/device-account'
import type { KnownCollection } from '@/gateways/device-account/dav-collection'
import type { DavHttp } from '@/gateways/device-account/dav-http'

/** Bytes and number of the items seen in a collection, for judging how many make a page. */
interface Sizes {
  items: number
  bytes: number
}

/** What one opened account has learnt so far, shared by reading and writing. */
export interface DavSession {
  readonly http: DavHttp
  readonly quirks: Set<Quirk>
  /** By canonical address. */
  readonly known: Map<string, KnownCollection>
  readonly sizes: Map<string, Sizes>
  /** The folder for photos and text files, canonical, with a slash at the end; null where the account has none. */
  readonly filesUrl: string | null
}

export const countSize = (session: DavSession, collectionUrl: string, bytes: number): void => {
  const sizes = session.sizes.get(collectionUrl)
  if (!sizes) {
    session.sizes.set(collectionUrl, { items: 1, bytes })
    return
  }
  sizes.items += 1
  sizes.bytes += bytes
}

export const isWeak = (etag: string): boolean => etag.startsWith('W/')
