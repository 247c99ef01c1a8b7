import type { QueuedJob } from '@/domain/task/work-queue'
import { reader } from '@/domain/transaction'

interface OverdueTask extends QueuedJob {
  failures: number
}

/** Tasks that have been in the queue for longer than so many seconds, the longest first: perhaps at work, perhaps lost. */
export async function overdueTasks(seconds: number, limit: number): Promise<OverdueTask[]> {
  const rows = await reader('every-carrier').$queryRaw<(Omit<OverdueTask, 'taskId'> & { taskId: bigint })[]>`
    SELECT id AS "taskId", attempt, job, failures FROM tasks
    WHERE status = 'queued' AND queued_at < now() - make_interval(secs => ${seconds})
    ORDER BY queued_at LIMIT ${limit}`
  return rows.map(row => ({ ...row, taskId: String(row.taskId) }))
}

/** Forgets tasks done longer ago than so many days, a bounded number at a time. What happened stays in the events. */
export async function forgetDoneTasks(days: number, limit: number): Promise<number> {
  return reader('every-carrier').$executeRaw`
    DELETE FROM tasks WHERE id IN (
      SELECT id FROM tasks WHERE status = 'done' AND done_at < now() - make_interval(days => ${days}::int) LIMIT ${limit})`
}

/** Whether a task of another than the named jobs is in the queue or due within so many seconds. */
export async function hasWorkWithin(seconds: number, butNot: string[]): Promise<boolean> {
  const [work] = await reader('every-carrier').$queryRaw<{ some: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM tasks LEFT JOIN hosts USING (host)
      WHERE tasks.job <> ALL (${butNot}::text[]) AND (tasks.status = 'queued' OR (tasks.status = 'waiting'
        AND greatest(tasks.run_at, hosts.not_before) <= now() + make_interval(secs => ${seconds})))
    ) AS some`
  return work?.some ?? false
}
