import type { QueuedJob } from '@/domain/task/work-queue'
import { reader } from '@/domain/transaction'

export interface OpenTask {
  job: string
  payload: unknown
  /** Failures in a row so far. */
  failures: number
}

/**
 * The task behind a delivery, or null where the delivery is stale: another attempt, already finished, never there. Every
 * change below names the attempt too, so that a worker that was given up changes nothing.
 */
export async function openTask({ taskId, attempt }: QueuedJob): Promise<OpenTask | null> {
  return reader('every-carrier').task.findFirst({
    where: { id: BigInt(taskId), attempt, status: 'queued' },
    select: { job: true, payload: true, failures: true },
  })
}

/** Done, unless it was asked for again while it ran: then it waits once more. False where the attempt is past. */
export async function completeTask({ taskId, attempt }: QueuedJob): Promise<boolean> {
  const changed = await reader('every-carrier').$executeRaw`
    UPDATE tasks SET
      status = CASE WHEN again THEN 'waiting' ELSE 'done' END::task_status,
      done_at = CASE WHEN again THEN NULL ELSE now() END,
      again = false, failures = 0, last_error = NULL, queued_at = NULL
    WHERE id = ${BigInt(taskId)} AND attempt = ${attempt} AND status = 'queued'`
  return changed === 1
}

/** Runs once more at that time, or earlier where it was asked for meanwhile. */
export async function runTaskAgain({ taskId, attempt }: QueuedJob, at: Date): Promise<boolean> {
  const changed = await reader('every-carrier').$executeRaw`
    UPDATE tasks SET
      status = 'waiting',
      run_at = CASE WHEN again THEN least(run_at, ${at}::timestamptz) ELSE ${at}::timestamptz END,
      again = false, failures = 0, last_error = NULL, queued_at = NULL
    WHERE id = ${BigInt(taskId)} AND attempt = ${attempt} AND status = 'queued'`
  return changed === 1
}

/** Puts a task back that its worker let go of before its end: neither done nor failed. */
export async function letGoOfTask({ taskId, attempt }: QueuedJob): Promise<boolean> {
  const changed = await reader('every-carrier').$executeRaw`
    UPDATE tasks SET status = 'waiting', run_at = least(run_at, now()), again = false, queued_at = NULL
    WHERE id = ${BigInt(taskId)} AND attempt = ${attempt} AND status = 'queued'`
  return changed === 1
}

interface TaskFailure {
  /** What happened, in code and place; never content. */
  error: string
  /** Null: not tried again by itself, an administrator sees it among the stuck work. */
  retryAt: Date | null
}

/** Counts a failure. Whoever asked for the task again meanwhile has a new reason: then it is tried whatever the count. */
export async function failTask({ taskId, attempt }: QueuedJob, { error, retryAt }: TaskFailure): Promise<boolean> {
  const changed = await reader('every-carrier').$executeRaw`
    UPDATE tasks SET
      status = CASE WHEN again OR ${retryAt}::timestamptz IS NOT NULL THEN 'waiting' ELSE 'failed' END::task_status,
      run_at = CASE WHEN again THEN least(run_at, ${retryAt}::timestamptz)
                    ELSE coalesce(${retryAt}::timestamptz, run_at) END,
      failures = CASE WHEN again AND ${retryAt}::timestamptz IS NULL THEN 0 ELSE failures + 1 END,
      again = false, last_error = ${error}, queued_at = NULL
    WHERE id = ${BigInt(taskId)} AND attempt = ${attempt} AND status = 'queued'`
  return changed === 1
}
