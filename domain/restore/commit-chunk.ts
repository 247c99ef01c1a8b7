import { type Lease, LeaseLost, renewal } from '@/domain/restore/account-lease'
import { Prisma, runStatement } from '@/domain/transaction'
import type { Category } from '@/prisma/generated/enums'

/** Outcomes of a stretch of a plan. Ordinals are inclusive; at most 100 of them. */
export interface Chunk<Outcome extends { n: number }> {
  carrierId: string
  runId: string
  runCategoryId: string
  category: Category
  outcomes: Outcome[]
  /** Totals of the category with this chunk in: per outcome, and how many were read back. */
  counts: Record<string, number>
  settled: number
  verified: number
}

/**
 * Commits a chunk in one statement, under the lease. Where the lease is lost nothing is written and {@link LeaseLost} is
 * thrown; a chunk that is already there is left as it is.
 */
export async function commitChunk<Outcome extends { n: number }>(lease: Lease, chunk: Chunk<Outcome>): Promise<void> {
  const from = chunk.outcomes[0]!.n
  const to = chunk.outcomes.at(-1)!.n
  const rows = await runStatement<{ held: boolean }>(
    'commit-chunk',
    Prisma.sql`
    WITH lease AS (${renewal(lease)} RETURNING 1), chunk AS (
      INSERT INTO outcome_chunks (run_id, category, from_ordinal, carrier_id, to_ordinal, outcomes)
      SELECT ${chunk.runId}::uuid, ${chunk.category}::category, ${from}, ${chunk.carrierId}::uuid, ${to},
             ${JSON.stringify(chunk.outcomes)}::jsonb
      FROM lease ON CONFLICT DO NOTHING RETURNING 1
    ), category AS (
      UPDATE run_categories SET settled = ${chunk.settled}, verified = ${chunk.verified},
             counts = ${JSON.stringify(chunk.counts)}::jsonb, updated_at = now()
      WHERE id = ${chunk.runCategoryId}::uuid AND EXISTS (SELECT FROM chunk)
    ), run AS (
      UPDATE runs SET progress_at = now(), tries = 0 WHERE id = ${chunk.runId}::uuid AND EXISTS (SELECT FROM chunk)
    )
    SELECT EXISTS (SELECT FROM lease) AS held`,
  )
  if (!rows[0]?.held) throw new LeaseLost()
}

/** Replaces the outcomes of a committed chunk, where a later look learned more (tags, what was read back). */
export async function amendChunk(
  lease: Lease,
  where: { runId: string; category: Category; fromOrdinal: number },
  outcomes: { n: number }[],
): Promise<void> {
  const rows = await runStatement<{ held: boolean }>(
    'amend-chunk',
    Prisma.sql`
    WITH lease AS (${renewal(lease)} RETURNING 1), chunk AS (
      UPDATE outcome_chunks SET outcomes = ${JSON.stringify(outcomes)}::jsonb
      WHERE run_id = ${where.runId}::uuid AND category = ${where.category}::category
        AND from_ordinal = ${where.fromOrdinal} AND EXISTS (SELECT FROM lease)
    )
    SELECT EXISTS (SELECT FROM lease) AS held`,
  )
  if (!rows[0]?.held) throw new LeaseLost()
}
