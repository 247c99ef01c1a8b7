import { erasedPath } from '@/domain/retention/erased-account'
import type { Tx } from '@/domain/transaction'

/**
 * Takes out of a batch's rows what names some account ids: exceptions become "erased" and tell no path of theirs, findings go.
 * Answers how many rows were about them.
 */
export async function forgetInBatch(tx: Tx, batchId: string, accountIds: readonly string[]): Promise<number> {
  await tx.$queryRaw`SELECT FROM recovery_batches WHERE id = ${batchId}::uuid FOR UPDATE`
  const erased = new Set(accountIds)
  const folders = accountIds.map(id => `data/${id}/`)
  const rows = await tx.$queryRaw<{ id: string; carrierId: string | null; path: string }[]>`
    SELECT e.id, e.carrier_id AS "carrierId", e.path FROM batch_exceptions e
    WHERE e.batch_id = ${batchId}::uuid AND (e.unknown_id = ANY (${accountIds}::text[])
      OR EXISTS (SELECT FROM unnest(${folders}::text[]) f WHERE starts_with(e.path, f)
        OR e.path = rtrim(f, '/')))`
  if (rows.length > 0) {
    await tx.batchException.deleteMany({ where: { id: { in: rows.map(row => row.id) } } })
    // Lines of expected.csv keep their number, folders are told by what lay in them.
    const data = rows.map(({ carrierId, path }) => {
      return { batchId, carrierId, path: erasedPath(path, erased) ?? path, reason: 'erased' }
    })
    await tx.batchException.createMany({ data, skipDuplicates: true })
  }
  const findings = await tx.$executeRaw`
    UPDATE recovery_batches b SET findings = coalesce((
      SELECT jsonb_agg(f) FROM jsonb_array_elements(b.findings) f WHERE NOT EXISTS (
        SELECT FROM unnest(${folders}::text[]) d WHERE strpos(coalesce(f ->> 'path', '') || '/ ' || (f ->> 'detail') || '/', d) > 0)
    ), '[]') WHERE b.id = ${batchId}::uuid AND EXISTS (
      SELECT FROM jsonb_array_elements(b.findings) f, unnest(${folders}::text[]) d
      WHERE strpos(coalesce(f ->> 'path', '') || '/ ' || (f ->> 'detail') || '/', d) > 0)`
  return rows.length + findings
}
