import { Client } from 'pg'
import type { LedgerRow, PathLedger } from '@/formats/bagit/path-ledger'

const insertedAtOnce = 5000
const fetchedAtOnce = 2000
const isFile = -1

/**
 * A ledger in a temporary table on a connection of its own. The sorted answer is materialised by the cursor (WITH HOLD),
 * so no transaction stays open while the files are read, however long that takes.
 */
export async function postgresLedger(connectionString: string): Promise<PathLedger> {
  const client = new Client({ connectionString, application_name: 'homeward-intake' })
  // A lost connection is told by the next query; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  await client.query('CREATE TEMP TABLE bag_paths (path text COLLATE "C", list int, size bigint, digest text)')
  return new PostgresLedger(client)
}

class PostgresLedger implements PathLedger {
  private paths: string[] = []
  private lists: number[] = []
  private sizes: (number | null)[] = []
  private digests: string[] = []

  constructor(private readonly client: Client) {}

  addFile(path: string, size: number): Promise<void> {
    return this.add(path, isFile, size, '')
  }

  addEntry(path: string, list: number, digest: string): Promise<void> {
    return this.add(path, list, null, digest)
  }

  async *rows(): AsyncIterable<LedgerRow> {
    await this.flush()
    await this.client.query(`DECLARE bag_rows NO SCROLL CURSOR WITH HOLD FOR
      SELECT path, max(size) AS size,
        array_agg(list) FILTER (WHERE list <> ${isFile}) AS lists,
        array_agg(digest) FILTER (WHERE list <> ${isFile}) AS digests
      FROM bag_paths GROUP BY path ORDER BY path`)
    for (;;) {
      const { rows } = await this.client.query<{
        path: string
        size: string | null
        lists: number[] | null
        digests: string[] | null
      }>(`FETCH ${fetchedAtOnce} FROM bag_rows`)
      for (const { path, size, lists, digests } of rows) {
        const entries = (lists ?? []).map((list, i) => ({ list, digest: digests?.[i] ?? '' }))
        yield { path, size: size === null ? null : Number(size), entries }
      }
      if (rows.length < fetchedAtOnce) return
    }
  }

  async *twins(): AsyncIterable<[string, string]> {
    await this.flush()
    // Only the first thousand: they are warnings, and nobody reads more.
    const { rows } = await this.client.query<{ before: string; path: string }>(`
      SELECT * FROM (
        SELECT path, lag(path) OVER (PARTITION BY lower(normalize(path)) ORDER BY path) AS before
        FROM (SELECT DISTINCT path FROM bag_paths) AS distinct_paths
      ) AS neighbours WHERE before IS NOT NULL ORDER BY path LIMIT 1000`)
    for (const { before, path } of rows) yield [before, path]
  }

  async close(): Promise<void> {
    await this.client.end()
  }

  private async add(path: string, list: number, size: number | null, digest: string): Promise<void> {
    this.paths.push(path)
    this.lists.push(list)
    this.sizes.push(size)
    this.digests.push(digest)
    if (this.paths.length >= insertedAtOnce) await this.flush()
  }

  private async flush(): Promise<void> {
    if (this.paths.length === 0) return
    const columns = [this.paths, this.lists, this.sizes, this.digests]
    this.paths = []
    this.lists = []
    this.sizes = []
    this.digests = []
    await this.client.query(
      'INSERT INTO bag_paths SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[])',
      columns,
    )
  }
}
