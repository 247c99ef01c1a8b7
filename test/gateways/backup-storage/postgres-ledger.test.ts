import { afterAll, beforeAll, expect, it } from 'vitest'
import { postgresLedger } from '@/gateways/backup-storage/postgres-ledger'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { expectTwins, fill, type Listed, rowsOf } from '@/test/support/path-ledgers'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

it('says the same as the ledger of sorted files, in the same order', async () => {
  const letters = ['a', 'A', '/', '-', 'é', 'e\u0301', '\u{1f600}', '\uffee', '%', "'", '"', '\\', '\n', ' ']
  const all: Listed[] = []
  for (let i = 0; i < 12_000; i++) {
    const path = `data/${letters[i % 14]}${letters[(i * 7) % 13]}${i % 4000}${letters[(i * 3) % 11]}`
    if (i % 3 === 0) all.push({ path, size: i })
    else all.push({ path, list: i % 5, digest: i.toString(16) })
  }
  all.push({ path: `data/${'long/'.repeat(800)}x`, size: 5_000_000_000 })
  const [table, files] = [await postgresLedger(database.url), spillLedger(5000)]
  try {
    await fill(table, all)
    await fill(files, all)
    const expected = (await rowsOf(files)).map(row => JSON.stringify({ ...row, size: null }))
    const rows = await rowsOf(table)
    expect(rows.map(row => JSON.stringify({ ...row, size: null }))).toEqual(expected)
    expect(rows.find(row => row.path.includes('long/'))?.size).toBe(5_000_000_000)
  } finally {
    await table.close()
    await files.close()
  }
})

it('finds twins', async () => {
  const ledger = await postgresLedger(database.url)
  await expectTwins(ledger)
  await ledger.close()
})

it('keeps two bags apart', async () => {
  const [one, other] = [await postgresLedger(database.url), await postgresLedger(database.url)]
  await one.addFile('data/one', 1)
  await other.addFile('data/other', 2)
  expect(await rowsOf(one)).toEqual([{ path: 'data/one', size: 1, entries: [] }])
  expect(await rowsOf(other)).toEqual([{ path: 'data/other', size: 2, entries: [] }])
  await one.close()
  await other.close()
})
