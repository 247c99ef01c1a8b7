/** An object of backup storage as a listing shows it. */
export interface StoredObject {
  /** Path from the storage's root, segments joined by "/", never starting with one. */
  key: string
  /** Bytes. */
  size: number
  modifiedAt: Date
}

/** Half-open byte range: `from` is the first byte, `to` the first byte not wanted. */
export interface ByteRange {
  from: number
  to: number
}

export interface ReadOptions {
  /**
   * A chunk need stay as it is only until the next one is asked for: then its memory may be used again. For who hashes or
   * copies and keeps nothing; without it every chunk is the reader's for good.
   */
  transient?: boolean
}

/** Backup storage as the domain needs it. It may be a folder or an object store, so nothing here speaks of files. */
export interface BackupStorage {
  /** Names of what lies directly under the root: one a batch. */
  batchNames(): AsyncIterable<string>
  /** Everything under a prefix, in no promised order, never all in memory. Links and what is no plain file are left out. */
  list(prefix: string): AsyncIterable<StoredObject>
  /** Null where there is no such object. A key that ends in "/" asks whether there is such a folder (an object store: always). */
  stat(key: string): Promise<StoredObject | null>
  /** Streams the object's bytes. Throws {@link ObjectMissing}. */
  read(key: string, range?: ByteRange, options?: ReadOptions): AsyncIterable<Uint8Array>
}

export class ObjectMissing extends Error {
  constructor(readonly key: string) {
    super(`There is no object ${key} in backup storage.`)
    this.name = 'ObjectMissing'
  }
}
