import { completeTask, failTask, letGoOfTask, type OpenTask, openTask, runTaskAgain } from '@/domain/task/complete-task'
import type { QueuedJob } from '@/domain/task/work-queue'
import type { JobName } from '@/domain/tasks'
import { faultLine } from '@/workers/fault'
import type { HandlerResult, ProcessServices } from '@/workers/handler'
import { isJobName, type JobCatalogue, type JobDefinition, retryAt } from '@/workers/jobs'

interface Delivery {
  job: QueuedJob
  /** Aborts when the worker stops or the job was given to another. */
  signal: AbortSignal
  /** Whether it was given to another: then what becomes of the task is theirs to say. */
  isLost: () => boolean
}

/**
 * One delivery of a task: checks in PostgreSQL that it is not stale, runs the handler and writes down what became of it.
 * Throws only where PostgreSQL cannot be asked; then the sweep brings the task back.
 */
export async function runTask(catalogue: JobCatalogue, services: ProcessServices, delivery: Delivery): Promise<void> {
  const task = await openTask(delivery.job)
  if (!task) return
  if (!isJobName(task.job)) return fail(services, delivery, task, 'unknown-job', [])
  return runJob(catalogue, task.job, task, services, delivery)
}

async function runJob<J extends JobName>(
  catalogue: JobCatalogue,
  name: J,
  task: OpenTask,
  services: ProcessServices,
  delivery: Delivery,
): Promise<void> {
  const definition: JobDefinition<J> = catalogue[name]
  const payload = definition.payload.safeParse(task.payload)
  if (!payload.success) return fail(services, delivery, task, 'bad-payload', [])
  const { job, signal } = delivery
  let result: HandlerResult
  try {
    signal.throwIfAborted()
    const { handle } = await definition.handler()
    result = await handle(payload.data, { ...services, signal })
  } catch (error) {
    if (delivery.isLost()) return
    if (signal.aborted) {
      await letGoOfTask(job)
      return
    }
    services.log.warn({ task: job.taskId, job: task.job, err: error }, 'A task failed')
    return fail(services, delivery, task, faultLine(error), definition.retryAfter)
  }
  if (result === undefined) await completeTask(job)
  else if ('again' in result) await runTaskAgain(job, result.again)
  else await failAsTold(services, delivery, task, result.failed, definition.retryAfter)
}

async function failAsTold(
  services: ProcessServices,
  delivery: Delivery,
  task: OpenTask,
  failed: { code: string; retryAt: Date | null },
  retryAfter: readonly number[],
): Promise<void> {
  const last = task.failures + 1 > retryAfter.length
  await settle(services, delivery, task, failed.code, last ? null : failed.retryAt)
}

function fail(
  services: ProcessServices,
  delivery: Delivery,
  task: OpenTask,
  error: string,
  retryAfter: readonly number[],
): Promise<void> {
  return settle(services, delivery, task, error, retryAt(retryAfter, task.failures + 1, services.now()))
}

async function settle(
  services: ProcessServices,
  { job }: Delivery,
  task: OpenTask,
  error: string,
  at: Date | null,
): Promise<void> {
  const fields = { task: job.taskId, job: task.job, failures: task.failures + 1, error }
  if (!at) services.log.error(fields, 'A task is stuck: an administrator can retry it')
  await failTask(job, { error, retryAt: at })
}
