import { expect } from 'vitest'
import type { LedgerRow, PathLedger } from '@/formats/bagit/path-ledger'

export type Listed = { path: string; size: number } | { path: string; list: number; digest: string }

export const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

export async function fill(ledger: PathLedger, all: Listed[]): Promise<void> {
  for (const entry of all) {
    if ('size' in entry) await ledger.addFile(entry.path, entry.size)
    else await ledger.addEntry(entry.path, entry.list, entry.digest)
  }
}

export async function rowsOf(ledger: PathLedger): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = []
  for await (const row of ledger.rows()) rows.push(row)
  return rows
}

/** What every ledger must say of names that differ in case or normalization only. */
export async function expectTwins(ledger: PathLedger): Promise<void> {
  const paths = ['data/A', 'data/a', 'data/b', 'data/\u00e9', 'data/e\u0301', 'data/c']
  for (const path of paths) await ledger.addFile(path, 1)
  await ledger.addEntry('data/a', 0, 'aa')
  await ledger.addEntry('data/C', 0, 'aa')
  const pairs: string[] = []
  for await (const pair of ledger.twins()) pairs.push([...pair].sort(bytewise).join(' '))
  expect(pairs.sort()).toEqual(['data/A data/a', 'data/C data/c', 'data/e\u0301 data/\u00e9'])
}
