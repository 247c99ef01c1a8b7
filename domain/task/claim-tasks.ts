import type { QueuedJob } from '@/domain/task/work-queue'
import { Prisma, reader, type Tx, transaction } from '@/domain/transaction'

/** How many tasks may be in the queue, waiting there or at work. */
export interface ClaimLimits {
  /** Of all lanes together. */
  total: number
  /** Of one lane (a device server, else a kind of job) while others have work too. */
  perLane: number
  /** Of the only lane that has work: less than all slots, so that whoever comes next finds one free. */
  aloneLane: number
}

/**
 * Moves due tasks from waiting to queued, each with its next attempt, and answers them for the queue. Lanes take turns; a
 * device server that asked to be left alone (hosts.not_before) is passed over. One process claims at a time, the others
 * answer [].
 */
export async function claimTasks(limits: ClaimLimits): Promise<QueuedJob[]> {
  const [due] = await reader('every-carrier').$queryRaw<{ due: boolean }[]>`
    SELECT EXISTS (SELECT FROM tasks WHERE status = 'waiting' AND run_at <= now()) AS due`
  if (!due?.due) return []
  return transaction('every-carrier', async tx => {
    // The lanes' limits hold only if nobody else counts at the same time; the count needs a snapshot taken after the lock.
    const [lock] = await tx.$queryRaw<{ got: boolean }[]>`SELECT pg_try_advisory_xact_lock(7, 1) AS got`
    if (!lock?.got) return []
    const rows = await claim(tx, limits)
    return rows.map(row => ({ ...row, taskId: String(row.taskId) }))
  })
}

type ClaimedRow = Omit<QueuedJob, 'taskId'> & { taskId: bigint }

// Not coalesce(): behind row-level security PostgreSQL would read every row for it instead of the index.
const lane = Prisma.sql`(CASE WHEN host IS NULL THEN job ELSE host END)`

const claim = (tx: Tx, { total, perLane, aloneLane }: ClaimLimits) => tx.$queryRaw<ClaimedRow[]>`
  WITH RECURSIVE lanes (lane) AS (
    (SELECT ${lane} FROM tasks WHERE status = 'waiting' ORDER BY ${lane} LIMIT 1)
    UNION ALL
    SELECT (SELECT ${lane} FROM tasks WHERE status = 'waiting' AND ${lane} > lanes.lane
            ORDER BY ${lane} LIMIT 1)
    FROM lanes WHERE lanes.lane IS NOT NULL
  ), busy AS (
    SELECT ${lane} AS lane, count(*)::int AS held FROM tasks WHERE status = 'queued' GROUP BY 1
  ), due AS (
    SELECT lane, coalesce(busy.held, 0) AS held
    FROM lanes LEFT JOIN busy USING (lane) LEFT JOIN hosts ON hosts.host = lanes.lane
    WHERE (hosts.not_before IS NULL OR hosts.not_before <= now())
      AND EXISTS (SELECT FROM tasks WHERE status = 'waiting' AND ${lane} = lanes.lane AND run_at <= now())
  ), share AS (
    SELECT CASE WHEN count(*) > 1 THEN ${perLane}::int ELSE ${aloneLane}::int END AS most
    FROM (SELECT lane FROM due UNION SELECT lane FROM busy) AS working
  ), picked AS (
    SELECT head.id FROM due CROSS JOIN share CROSS JOIN LATERAL (
      SELECT id, run_at, row_number() OVER (ORDER BY run_at, id) AS place FROM tasks
      WHERE status = 'waiting' AND ${lane} = due.lane AND run_at <= now()
      ORDER BY run_at, id LIMIT greatest(share.most - due.held, 0)
    ) AS head
    ORDER BY head.place, head.run_at, head.id
    LIMIT (SELECT greatest(${total}::int - coalesce(sum(held), 0), 0) FROM busy)
  ), locked AS (
    SELECT id FROM tasks WHERE id IN (SELECT id FROM picked) AND status = 'waiting' FOR UPDATE SKIP LOCKED
  )
  UPDATE tasks SET status = 'queued', attempt = attempt + 1, queued_at = now(), again = false
  FROM locked WHERE tasks.id = locked.id
  RETURNING tasks.id AS "taskId", tasks.attempt, tasks.job`

/** Puts back what the queue did not take. Should it have taken it after all, that attempt is past and does nothing. */
export async function unclaimTasks(claimed: QueuedJob[]): Promise<void> {
  await reader('every-carrier').$executeRaw`
    UPDATE tasks SET status = 'waiting', queued_at = NULL, again = false
    FROM unnest(${claimed.map(task => BigInt(task.taskId))}::bigint[], ${claimed.map(task => task.attempt)}::int[])
      AS mine (id, attempt)
    WHERE tasks.id = mine.id AND tasks.attempt = mine.attempt AND tasks.status = 'queued'`
}
