/** One path of a bag, with what the listing and the manifests say of it. */
export interface LedgerRow {
  path: string
  /** Bytes; null where the listing has no such file. */
  size: number | null
  entries: LedgerEntry[]
}

export interface LedgerEntry {
  /** Index of the list that names the path: a manifest, a tag manifest or fetch.txt. */
  list: number
  /** Lower-case hex; "" where the list gives none that could be read. */
  digest: string
}

/**
 * Where listing and manifests meet. A bag may hold a million paths, so whoever verifies gives a ledger that keeps them
 * outside memory: sorted files, or a table. First everything is added, then the rows are read, once.
 */
export interface PathLedger {
  addFile(path: string, size: number): Promise<void>
  addEntry(path: string, list: number, digest: string): Promise<void>
  /** Every path once, in the order of its UTF-8 bytes. */
  rows(): AsyncIterable<LedgerRow>
  /** Neighbouring pairs of paths that are equal but for case or Unicode normalization. */
  twins(): AsyncIterable<[string, string]>
  close(): Promise<void>
}
