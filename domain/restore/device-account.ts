import type { Category } from '@/domain/record/category'

/** A place in a device account that takes records of some categories. */
export interface Collection {
  /** Absolute URL (dav, ends with "/") or absolute folder path (vdir). */
  url: string
  displayName: string | null
  /** The categories it takes: an address book takes contacts; a calendar what its component set says; a folder photos. */
  takes: Category[]
  writable: boolean
}

/** What discovery found, shown to the person who added the account. */
export interface Discovery {
  /** The principal's URL (RFC 6764, RFC 5397), null for a vdir. */
  principal: string | null
  collections: Collection[]
  /** Servers that ignore preconditions, lack sync-collection, close connections: what the run must know, in short codes. */
  quirks: Quirk[]
}

export type Quirk = 'no-preconditions' | 'no-sync-collection' | 'no-keep-alive' | 'weak-etags'

export interface ListedItem {
  /** Absolute URL or path of the item: the identity by which every later call names it. */
  href: string
  /** Null where the server gave none. Weak tags keep their W/. */
  etag: string | null
  /** Bytes, where the listing says. */
  size: number | null
}

export interface FetchedItem extends ListedItem {
  body: Uint8Array
}

export interface Payload {
  body: Uint8Array | (() => AsyncIterable<Uint8Array>)
  /** Bytes of the body. */
  length: number
  contentType: string
}

/** What became of one write. Everything that is about this one item only is a value here, never a throw. */
export type WriteResult =
  | { kind: 'written'; href: string; etag: string | null }
  /** 412 on If-None-Match or If-Match: somebody, perhaps we before a crash, was there first. */
  | { kind: 'precondition-failed'; href: string }
  /** The server knows the UID at another name (409 no-uid-conflict); `href` is where, if it said so. */
  | { kind: 'uid-conflict'; href: string | null }
  /** The item is gone (404 or 410 on a change or removal). */
  | { kind: 'missing'; href: string }
  /** The server will never take this item: the status it gave and a short code for the person. */
  | { kind: 'refused'; status: number; reason: RefusalReason; detail: string }

export type RefusalReason = 'unsupported-type' | 'not-accepted' | 'too-large' | 'forbidden' | 'server-error'

/** A failure of the account or its server as a whole: the run waits or stops for the person, and goes on from there. */
export class DeviceAccountError extends Error {
  constructor(
    readonly kind:
      | 'unreachable'
      | 'unauthorized'
      | 'full'
      | 'throttled'
      | 'not-found'
      | 'forbidden-address'
      | 'not-understood',
    message: string,
    /** When the server asked to be left alone until; null where it did not say. */
    readonly retryAt: Date | null = null,
  ) {
    super(message)
    this.name = 'DeviceAccountError'
  }
}

export interface MadeCollection extends Collection {
  /** False where it was there before. */
  isNew: boolean
}

/**
 * One device account, opened with its credentials. Transient faults (5xx, 408, reset connections) are retried inside,
 * a bounded number of times and within the signal; what then still fails throws {@link DeviceAccountError}.
 */
export interface DeviceAccount {
  /** The key under which slowness and failure are counted: scheme, host and port; "vdir" for folders. */
  readonly host: string
  /** How many writes may usefully be under way at once; of small ones as many again may stand ready behind them. */
  readonly connections: number
  discover(): Promise<Discovery>
  /** The folder that takes photos (and notes as text where no collection takes them), or null where the account has none. */
  filesFolder(category: 'photos' | 'notes'): Promise<Collection | null>
  /** MKCOL or MKCALENDAR. An existing collection at that name is answered as it is. Null where the server will not have one that takes the category. */
  makeCollection(category: Category, name: string): Promise<MadeCollection | null>
  /**
   * Takes away a collection that holds nothing, where that can be done so that nothing which is put into it at the same
   * moment goes with it; else leaves it. Answers whether it is gone.
   */
  removeEmptyCollection(collection: Collection): Promise<boolean>
  /** All items of a collection, streaming: one PROPFIND depth 1, or sync-collection where that is what works. */
  list(collection: Collection, category: Category): AsyncIterable<ListedItem>
  /**
   * Bodies of the named items, in pages (multiget), streaming, in any order; an item that is not there any more is left out.
   * A server that answers 404 for a whole page because of one missing name is asked again in halves.
   */
  fetch(collection: Collection, category: Category, hrefs: string[]): AsyncIterable<FetchedItem>
  /** Where an item of this file name would lie in the collection. */
  hrefOf(collection: Collection, fileName: string): string
  /** If-None-Match: *. */
  create(collection: Collection, fileName: string, payload: Payload): Promise<WriteResult>
  /** If-Match. */
  replace(href: string, etag: string, payload: Payload): Promise<WriteResult>
  /** If-Match; an item without a tag is removed only after reading it back, which is the caller's to do. */
  remove(href: string, etag: string | null): Promise<WriteResult>
  /** Ends kept-alive connections. */
  close(): Promise<void>
}
