import { foldPath } from '@/formats/bagit/bag-path'
import type { LedgerRow, PathLedger } from '@/formats/bagit/path-ledger'
import { SpillSorter } from './spill-sorter'

const isFile = -1

/** A ledger in sorted temporary files: for one bag, without a database. `heldAtMost` entries are kept in memory. */
export function spillLedger(heldAtMost?: number): PathLedger {
  return new SpillLedger(heldAtMost)
}

class SpillLedger implements PathLedger {
  private readonly byPath: SpillSorter
  private readonly byFold: SpillSorter

  constructor(heldAtMost?: number) {
    this.byPath = new SpillSorter(heldAtMost)
    this.byFold = new SpillSorter(heldAtMost)
  }

  async addFile(path: string, size: number): Promise<void> {
    await this.byPath.add([path, isFile, size])
    await this.byFold.add([foldPath(path), path])
  }

  async addEntry(path: string, list: number, digest: string): Promise<void> {
    await this.byPath.add([path, list, digest])
    await this.byFold.add([foldPath(path), path])
  }

  async *rows(): AsyncIterable<LedgerRow> {
    let row: LedgerRow | undefined
    for await (const [path, list, value] of this.byPath.sorted()) {
      if (row?.path !== path) {
        if (row) yield row
        row = { path, size: null, entries: [] }
      }
      if (list === isFile) row.size = Number(value)
      else row.entries.push({ list: Number(list), digest: String(value) })
    }
    if (row) yield row
  }

  async *twins(): AsyncIterable<[string, string]> {
    let last: string | undefined
    let seen: string[] = []
    for await (const [fold, value] of this.byFold.sorted()) {
      const path = String(value)
      if (fold !== last) seen = []
      else if (!seen.includes(path) && seen.length > 0 && seen.length < 10) yield [seen.at(-1)!, path]
      last = fold
      if (!seen.includes(path)) seen.push(path)
    }
  }

  async close(): Promise<void> {
    await this.byPath.close()
    await this.byFold.close()
  }
}
