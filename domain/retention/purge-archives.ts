import type { SealedStore } from '@/domain/restore/sealed-store'
import { isHeldSql } from '@/domain/retention/legal-hold'
import { Prisma, reader, transaction } from '@/domain/transaction'

const atOnce = 200

/** Categories of runs whose request can be undone no more since `before`, with whatever they keep. */
const over = (before: Date) => Prisma.sql`
  (c.snapshot_key IS NOT NULL OR c.plan_key IS NOT NULL) AND q.status IN ('done', 'undone')
    AND q.undo_until < ${before}::timestamptz
    AND NOT EXISTS (SELECT FROM runs o WHERE o.request_id = q.id AND o.status NOT IN ('done', 'stopped'))
    AND NOT ${isHeldSql(Prisma.sql`q.subscriber_id`, Prisma.sql`q.carrier_id`)}`

const from = Prisma.sql`run_categories c JOIN runs r ON r.id = c.run_id JOIN restore_requests q ON q.id = r.request_id`

export async function countOldArchives(before: Date): Promise<number> {
  const [row] = await reader('every-carrier').$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${from} WHERE ${over(before)}`
  return row?.count ?? 0
}

/**
 * Removes a page of snapshots and plans, first the objects and then their keys: killed between, they are looked for once more
 * and are not there. Answers of how many categories of runs, and whether there may be more.
 */
export async function purgeArchives(sealed: SealedStore, before: Date): Promise<{ removed: number; more: boolean }> {
  const rows = await reader('every-carrier').$queryRaw<
    { id: string; snapshotKey: string | null; planKey: string | null }[]
  >`
    SELECT c.id, c.snapshot_key AS "snapshotKey", c.plan_key AS "planKey" FROM ${from}
    WHERE ${over(before)} ORDER BY c.id LIMIT ${atOnce}`
  for (const { snapshotKey, planKey } of rows)
    for (const key of [snapshotKey, planKey]) if (key !== null) await sealed.remove(key)
  // Two at once look at the same rows: each counts those whose keys it took away.
  const { count: removed } = await transaction('every-carrier', tx =>
    tx.runCategory.updateMany({
      where: {
        id: { in: rows.map(row => row.id) },
        OR: [{ snapshotKey: { not: null } }, { planKey: { not: null } }],
      },
      data: { snapshotKey: null, planKey: null },
    }),
  )
  return { removed, more: rows.length === atOnce }
}
