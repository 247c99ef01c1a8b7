import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import type { Tx } from '@/domain/transaction'

/** The first line of the file; amounts are minor units of the currency. */
const columns = [
  ...(['account_id', 'reference', 'amount', 'currency', 'rule_version', 'decided_at', 'notify_by'] as const),
  ...(['grant', 'months'] as const),
]
const pageSize = 1_000

interface Row {
  id: string
  account_id: string
  reference: string
  amount: bigint | null
  currency: string | null
  number: number
  decided_at: Date
  notify_by: string
  grant_kind: string
  months: number | null
}

/** RFC 4180, and nothing that a spreadsheet would run as a formula. */
const csv = (lines: unknown[][]): Buffer =>
  Buffer.from(stringify(lines, { escape_formulas: true, record_delimiter: 'windows' }), 'utf8')

/** An export's file, a page of rows at a time in the order in which they were decided: the same bytes whenever it is asked for. */
export async function* exportBytes(db: Tx, exportId: string): AsyncGenerator<{ bytes: Buffer; rows: number }> {
  yield { bytes: csv([[...columns]]), rows: 0 }
  for (let after: string | null = null; ; ) {
    const rows: Row[] = await db.$queryRaw<Row[]>`
      SELECT d.id, s.account_id, d.reference, d.amount, d.currency, v.number, d.decided_at,
        to_char(d.notify_by, 'YYYY-MM-DD') AS notify_by, d.grant_kind::text, d.months
      FROM compensation_decisions d
      JOIN subscribers s ON s.id = d.subscriber_id JOIN compensation_versions v ON v.id = d.version_id
      WHERE d.export_id = ${exportId}::uuid AND (${after}::uuid IS NULL OR d.id > ${after}::uuid)
      ORDER BY d.id LIMIT ${pageSize}`
    if (rows.length > 0) yield { bytes: csv(rows.map(lineOf)), rows: rows.length }
    if (rows.length < pageSize) return
    after = rows.at(-1)!.id
  }
}

const lineOf = (row: Row): unknown[] => [
  ...[row.account_id, row.reference, row.amount === null ? '' : String(row.amount), row.currency ?? ''],
  ...[String(row.number), row.decided_at.toISOString(), row.notify_by, row.grant_kind, row.months ?? ''],
]

/** How many rows the file has, and its SHA-256 in hex; no more than a page of it is in memory. */
export async function digestOf(db: Tx, exportId: string): Promise<{ count: number; digest: string }> {
  const hash = createHash('sha256')
  let count = 0
  for await (const { bytes, rows } of exportBytes(db, exportId)) {
    hash.update(bytes)
    count += rows
  }
  return { count, digest: hash.digest('hex') }
}

export const signatureFormat = 'homeward-compensation-signature-1'

/** What is signed: which export it is, of how many rows, and the digest of its file. */
export interface Signed {
  export: string
  carrier: string
  incident: string
  madeAt: string
  rows: number
  sha256: string
}

/** The bytes that the signature is over. */
export const signedBytes = ({ export: id, carrier, incident, madeAt, rows, sha256 }: Signed): Buffer =>
  Buffer.from(`${JSON.stringify({ format: signatureFormat, export: id, carrier, incident, madeAt, rows, sha256 })}\n`)
