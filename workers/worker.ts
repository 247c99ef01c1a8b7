import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { retentionPeriods } from '@/domain/retention/retention-periods'
import { letGoOfTask } from '@/domain/task/complete-task'
import { forgetDoneTasks, hasWorkWithin } from '@/domain/task/overdue-tasks'
import type { QueuedJob, WorkQueue } from '@/domain/task/work-queue'
import { beat, stopBeating } from '@/domain/task/worker-beats'
import type { JobName } from '@/domain/tasks'
import { wakeEndpoints } from '@/domain/webhook/wake-endpoints'
import { dispatch } from '@/workers/dispatcher'
import type { ProcessServices } from '@/workers/handler'
import { type JobCatalogue, jobs } from '@/workers/jobs'
import { startLoop } from '@/workers/loop'
import { runTask } from '@/workers/run-task'
import { addScheduledTask, keepSchedules } from '@/workers/schedules'
import { overdueAfter, sweep } from '@/workers/sweep'

export interface WorkerSettings {
  services: ProcessServices
  queue: WorkQueue
  /** Jobs at work at the same time in this process. */
  concurrency: number
  /** Stops by itself when no task is in the queue or due within two minutes, background jobs aside; keeps no schedule. */
  untilIdle?: boolean
  catalogue?: JobCatalogue
  pace?: Partial<typeof usualPace>
}

export interface RunningWorker {
  /** Resolves when it has stopped, by itself or by `stop`. */
  stopped: Promise<void>
  /** Takes nothing new, lets handlers let go, waits for them a bounded time. The queue and services stay open. */
  stop(): Promise<void>
}

/** Milliseconds, except where named. */
const usualPace = {
  dispatch: 150,
  gather: 10,
  sweep: 10_000,
  webhooks: 1_000,
  beat: 5_000,
  idle: 250,
  grace: 20_000,
  farewell: 2_000,
  overdueAfterSeconds: overdueAfter,
}
const idleWithinSeconds = 120

/** Moves tasks into the queue, works on what the queue hands out, and sweeps. Returns at once. */
export function startWorker(settings: WorkerSettings): RunningWorker {
  const { services, queue, concurrency, untilIdle = false, catalogue = jobs } = settings
  const { log } = services
  const pace = { ...usualPace, ...settings.pace }
  const beating = { id: beatId(), kind: 'worker', startedAt: services.now() }
  const atWork = new Map<string, { job: QueuedJob; control: AbortController; ended: Promise<void> }>()
  let slots = concurrency
  let stopping: Promise<void> | null = null
  let hasStopped = () => {}
  const stopped = new Promise<void>(resolve => {
    hasStopped = resolve
  })

  const dispatcher = startLoop('dispatcher', pace.dispatch, () => dispatch(queue, slots), log)
  // Tasks end in bursts: what ends within a moment is followed up by one claim, not one each.
  let soon: NodeJS.Timeout | undefined
  const dispatchSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined
      dispatcher.wake()
    }, pace.gather)
  }
  const consumer = queue.consume({
    concurrency,
    onSchedule: addScheduledTask,
    async process(job, lost) {
      const control = new AbortController()
      const giveUp = () => control.abort()
      if (stopping) giveUp()
      lost.addEventListener('abort', giveUp, { once: true })
      const ended = runTask(catalogue, services, { job, signal: control.signal, isLost: () => lost.aborted })
      atWork.set(keyOf(job), { job, control, ended })
      try {
        await ended
      } finally {
        atWork.delete(keyOf(job))
        dispatchSoon()
      }
    },
  })
  const isAtWork = (job: QueuedJob) => atWork.has(keyOf(job))
  const loops = [
    dispatcher,
    startLoop(
      'heartbeat',
      pace.beat,
      async () => {
        slots = concurrency * Math.max(1, await beat(beating))
      },
      log,
    ),
    startLoop('webhooks', pace.webhooks, () => wakeEndpoints(services.now()), log),
    startLoop(
      'sweep',
      pace.sweep,
      async () => {
        if (!untilIdle) await keepSchedules(queue)
        await sweep({ queue, catalogue, log, overdueAfterSeconds: pace.overdueAfterSeconds, isAtWork })
        await forgetDoneTasks(retentionPeriods.tasks.days, 1_000)
      },
      log,
    ),
  ]
  const background = (Object.keys(catalogue) as JobName[]).filter(job => catalogue[job].background)
  const idleWatch = startLoop(
    'idle watch',
    pace.idle,
    async () => {
      if (untilIdle && !stopping && !(await hasWorkWithin(idleWithinSeconds, background))) void stop()
    },
    log,
  )

  function stop(): Promise<void> {
    stopping ??= shutDown().finally(hasStopped)
    return stopping
  }

  async function shutDown(): Promise<void> {
    clearTimeout(soon)
    // First of all: what handlers let go of below must wait for another worker, not be queued again by this one.
    await endsWithin(pace.farewell, dispatcher.stop())
    for (const { control } of atWork.values()) control.abort()
    const closed = consumer.close()
    // The idle watch may be what called: to wait for it first would be to wait for ourselves.
    const idleWatchEnded = idleWatch.stop()
    await Promise.all(loops.map(loop => loop.stop()))
    const handlersEnded = Promise.allSettled([...atWork.values()].map(({ ended }) => ended))
    try {
      if (!(await endsWithin(pace.grace, handlersEnded))) {
        log.warn({ tasks: [...atWork.keys()] }, 'Tasks that did not let go are put back')
        // What their handlers still write names an attempt that is past once another worker has taken them.
        for (const { job } of atWork.values()) await letGoOfTask(job)
      }
      // With nothing at work, only a queue that is away keeps its consumer from closing: nothing is lost by leaving it.
      await endsWithin(pace.farewell, closed)
      await stopBeating(beating.id)
    } catch (error) {
      log.warn({ err: error }, 'The worker could not say goodbye: others take over what it held')
    }
    await idleWatchEnded
  }

  return { stopped, stop }
}

const keyOf = (job: QueuedJob) => `${job.taskId}-${job.attempt}`
const beatId = () => `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`

async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const ended = await Promise.race([work.then(() => true as const), late])
  clearTimeout(timer)
  return ended
}
