import { failTask, letGoOfTask } from '@/domain/task/complete-task'
import { overdueTasks } from '@/domain/task/overdue-tasks'
import type { QueuedJob, WorkQueue } from '@/domain/task/work-queue'
import type { Log } from '@/workers/handler'
import { isJobName, type JobCatalogue, retryAt } from '@/workers/jobs'

/**
 * Seconds after being claimed from which a task may be called lost. The dispatcher writes the row first and then waits up
 * to 5 s for the queue to take the job: thrice that, and a job the queue does not know never came or is gone.
 */
export const overdueAfter = 15
const atOnce = 500

interface SweepSettings {
  queue: WorkQueue
  catalogue: JobCatalogue
  log: Log
  overdueAfterSeconds: number
  /** Whether this process works on it now, whatever the queue has forgotten. */
  isAtWork: (job: QueuedJob) => boolean
}

/**
 * Puts back what should be in the queue and is not: the queue was wiped, a job was added to a server that then lost it, a
 * worker could not write down the end. It gets a new attempt, so that neither a late delivery nor the old id is in its way.
 */
export async function sweep({ queue, catalogue, log, overdueAfterSeconds, isAtWork }: SweepSettings): Promise<void> {
  for (const task of await overdueTasks(overdueAfterSeconds, atOnce)) {
    if (isAtWork(task)) continue
    const state = await queue.state(task)
    if (state === 'live') continue
    const fields = { task: task.taskId, job: task.job, attempt: task.attempt }
    if (state === 'gone') {
      if (await letGoOfTask(task)) log.warn(fields, 'A task was not in the queue any more and was put back')
      continue
    }
    const retryAfter = isJobName(task.job) ? catalogue[task.job].retryAfter : []
    const at = retryAt(retryAfter, task.failures + 1, new Date())
    if (await failTask(task, { error: 'delivery-failed', retryAt: at }))
      log.error(fields, 'A task was given up by the queue: its workers were lost, or could not write down its end')
  }
}
