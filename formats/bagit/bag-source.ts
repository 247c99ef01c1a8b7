/** What a bag is read from: a folder, an object store, anything that lists and streams. Keys are "/"-joined paths. */
export interface BagSource {
  /** Everything under a prefix, in any order. Links and what is no plain file are left out. */
  list(prefix: string): AsyncIterable<BagObject>
  /** Null where there is no such object; a key that ends in "/" asks for a folder. */
  stat(key: string): Promise<BagObject | null>
  /** All bytes. `transient`: a chunk need stay as it is only until the next one is asked for. */
  read(key: string, range?: undefined, options?: { transient?: boolean }): AsyncIterable<Uint8Array>
}

export interface BagObject {
  key: string
  /** Bytes. */
  size: number
  modifiedAt: Date
}
