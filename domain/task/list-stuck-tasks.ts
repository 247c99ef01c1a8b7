import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/**
 * failed: given up after too many failures, or for a reason that time does not mend. struggling: failing, still retried.
 * late: due for more than five minutes and not taken up, although its device server is not resting.
 */
type StuckKind = 'failed' | 'struggling' | 'late'

export interface StuckTask {
  /** Decimal digits. */
  id: string
  kind: StuckKind
  job: string
  /** Ids by name. */
  payload: Record<string, string>
  carrierId: string | null
  host: string | null
  failures: number
  lastError: string | null
  createdAt: Date
  /** When it is or was due. */
  runAt: Date
}

/** Work that does not go on by itself, for administrators: failed first, then the longest due. At most `limit`. */
export async function listStuckTasks(actor: Actor, limit = 200): Promise<StuckTask[]> {
  authorizeEver(actor, 'task.list')
  const rows = await reader(actor).$queryRaw<(Omit<StuckTask, 'id'> & { id: bigint })[]>`
    SELECT * FROM (
      SELECT id, job, payload, carrier_id AS "carrierId", tasks.host, tasks.failures, last_error AS "lastError",
        created_at AS "createdAt", run_at AS "runAt",
        CASE WHEN status = 'failed' THEN 'failed'
             WHEN tasks.failures >= 3 THEN 'struggling'
             WHEN greatest(run_at, hosts.not_before) < now() - interval '5 minutes' THEN 'late' END AS kind
      FROM tasks LEFT JOIN hosts USING (host)
      WHERE status = 'waiting' OR (status = 'failed' AND NOT EXISTS (
        SELECT FROM tasks AS later WHERE later.once_key = tasks.once_key AND later.id > tasks.id))
    ) AS unfinished
    WHERE kind IS NOT NULL
    ORDER BY kind = 'failed' DESC, "runAt", id LIMIT ${limit}`
  return rows.map(row => ({ ...row, id: String(row.id) }))
}
