import type { ChainRow } from '@/domain/evidence/check-chain'
import { Prisma, type Tx } from '@/domain/transaction'

const pageSize = 2_000

interface Told {
  id: string
  subject: string
  seq: number
  kind: string
  carrierId: string | null
  actorRole: string
  actorId: string | null
  /** In UTC, as PostgreSQL writes it as JSON. */
  time: string
  data: string
  previous: string
  hash: string
}

/** Every event in the order of subject, number and id; a page of them in memory. What is added meanwhile may be in or not. */
export async function* readChainRows(db: Tx): AsyncIterable<ChainRow> {
  for (let last: Told | null = null; ; ) {
    const behind: Prisma.Sql =
      last === null
        ? Prisma.empty
        : Prisma.sql`WHERE (events.subject, events.seq, events.id) > (${last.subject}, ${last.seq}, ${last.id}::text::bigint)`
    // As one text: so many rows would each be taken apart column by column.
    const [page]: { rows: string }[] = await db.$queryRaw<{ rows: string }[]>`
      SELECT coalesce(json_agg(e), '[]')::text AS rows FROM (
        SELECT id::text, subject, seq, kind, carrier_id AS "carrierId", actor_role AS "actorRole",
          actor_id AS "actorId", at AT TIME ZONE 'UTC' AS time, data,
          encode(previous, 'hex') AS previous, encode(hash, 'hex') AS hash
        FROM events ${behind} ORDER BY events.subject, events.seq, events.id LIMIT ${pageSize}
      ) e`
    const rows = JSON.parse(page!.rows) as Told[]
    for (const row of rows) yield chainRow(row)
    if (rows.length < pageSize) return
    last = rows.at(-1)!
  }
}

/** What we write: "infinity", years before our era and parts of a millisecond are nobody's. */
const ownTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?$/

function chainRow({ id, time, previous, hash, ...row }: Told): ChainRow {
  return {
    ...row,
    id: BigInt(id),
    at: new Date(ownTime.test(time) ? `${time}Z` : Number.NaN),
    previous: Buffer.from(previous, 'hex'),
    hash: Buffer.from(hash, 'hex'),
  }
}
