import type { BagSource } from '@/formats/bagit/bag-source'
import type { LedgerRow, PathLedger } from '@/formats/bagit/path-ledger'

export type Files = Map<string, Buffer>

/** A bag that lies in memory. */
export function bagInMemory(files: Files): BagSource {
  const modifiedAt = new Date(0)
  return {
    async *list(prefix) {
      for (const [key, bytes] of files) if (key.startsWith(prefix)) yield { key, size: bytes.length, modifiedAt }
    },
    async stat(key) {
      const bytes = files.get(key)
      return bytes ? { key, size: bytes.length, modifiedAt } : null
    },
    async *read(key) {
      const bytes = files.get(key)
      if (!bytes) throw new Error(`There is no ${key}.`)
      yield bytes
    },
  }
}

/** For a few files. */
export function ledgerInMemory(): PathLedger {
  const rows = new Map<string, LedgerRow>()
  const row = (path: string): LedgerRow => {
    const found = rows.get(path) ?? { path, size: null, entries: [] }
    rows.set(path, found)
    return found
  }
  return {
    async addFile(path, size) {
      row(path).size = size
    },
    async addEntry(path, list, digest) {
      row(path).entries.push({ list, digest })
    },
    async *rows() {
      yield* [...rows.values()].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
    },
    async *twins() {},
    async close() {},
  }
}
