import { createPostgresBackend, type Job, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import { z } from 'zod'
import type { Consumption, QueueConsumer, QueuedJob, QueuedJobState, WorkQueue } from '@/domain/task/work-queue'
import { calmTrouble } from '@/gateways/calm-trouble'
import { withinTime } from '@/gateways/within-time'

/** Where the queue lives: BullMQ on PostgreSQL (schema "bullmq"), or on Redis or Valkey. */
export interface QueuePlace {
  engine: 'postgres' | 'redis'
  url: string
  /** Whether to make the schema: in the application's own database `bin/migrate.ts` has made it. */
  migrate: boolean
}

export interface QueueSettings extends QueuePlace {
  /** Told of connections that broke and jobs that stalled, each kind once in ten seconds; the queue goes on by itself. */
  onTrouble(error: Error): void
}

/** REDIS_URL, else QUEUE_DATABASE_URL (a database of its own, whose role may create a schema), else DATABASE_URL. */
export function queuePlace(env: Record<string, string | undefined>): QueuePlace {
  if (env.REDIS_URL) return { engine: 'redis', url: env.REDIS_URL, migrate: false }
  if (env.QUEUE_DATABASE_URL) return { engine: 'postgres', url: env.QUEUE_DATABASE_URL, migrate: true }
  if (env.DATABASE_URL) return { engine: 'postgres', url: env.DATABASE_URL, migrate: false }
  throw new Error('Neither REDIS_URL nor QUEUE_DATABASE_URL nor DATABASE_URL is set.')
}

const name = 'homeward'
/** BullMQ itself waits for a server that is away without end. */
const answered = <T>(asked: Promise<T>) => withinTime(5_000, asked, 'The queue')
const reopenAfterMs = 2_000
const queued = z.strictObject({ taskId: z.string().regex(/^\d+$/), attempt: z.int().positive(), job: z.string() })

/** BullMQ ignores an id that already finished, and refuses ids with ":" or of digits only. */
const jobId = (job: QueuedJob): string => `task-${job.taskId}-${job.attempt}`

/** Finished jobs go at once: their rows say what became of them. Failed ones stay long enough for the sweep to see them. */
const retention = { removeOnComplete: true, removeOnFail: { age: 3_600, count: 200 } } as const

/**
 * The lock outlives a pause of the event loop, and a job of a worker that was killed goes on elsewhere within some twenty
 * seconds. After two such deaths the job is given up and the sweep counts a failure of its task: it may be what kills.
 */
const watch = { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 2, runRetryDelay: 2_000 } as const

/** Connects on first use. What is asked of it fails while its server is away. */
export function openQueue(settings: QueueSettings): WorkQueue {
  const trouble = calmTrouble(settings.onTrouble)
  let producer: Producer | null = null
  const queue = () => {
    if (producer) return producer.queue
    const opened = openProducer(settings, trouble)
    producer = opened
    // On PostgreSQL one whose first connection failed never recovers: the next use opens another.
    opened.queue.waitUntilReady().catch(error => {
      trouble(error)
      if (producer === opened) producer = null
      opened.close().catch(trouble)
    })
    return opened.queue
  }
  return {
    async add(jobs) {
      if (jobs.length === 0) return
      const bulk = jobs.map(({ taskId, attempt, job }) => ({
        name: job,
        data: { taskId, attempt, job },
        opts: { jobId: jobId({ taskId, attempt, job }), ...retention },
      }))
      await answered(queue().addBulk(bulk))
    },
    async state(job): Promise<QueuedJobState> {
      const state = await answered(queue().getJobState(jobId(job)))
      if (state === 'failed') return 'died'
      return state === 'completed' || state === 'unknown' ? 'gone' : 'live'
    },
    async keepSchedule(schedule, every) {
      const kept = await answered(queue().getJobScheduler(schedule))
      if (kept?.every === every) return
      await answered(queue().upsertJobScheduler(schedule, { every }, { name: schedule, data: {}, opts: retention }))
    },
    consume: consumption => consume(settings, trouble, consumption),
    async close() {
      const open = producer
      producer = null
      await open?.close().catch(trouble)
    },
  }
}

type Trouble = (error: unknown) => void

interface Producer {
  queue: Pick<Queue, 'addBulk' | 'getJobState' | 'getJobScheduler' | 'upsertJobScheduler' | 'waitUntilReady'>
  close(): Promise<void>
}

function openProducer(settings: QueueSettings, trouble: Trouble): Producer {
  const options = { streams: { events: { maxLen: 100 } } } satisfies Partial<QueueOptions>
  if (settings.engine === 'postgres') {
    const queue = new Queue(name, { ...options, connection: postgresConnection(settings, 2) }, createPostgresBackend)
    queue.on('error', trouble)
    return { queue, close: () => answered(queue.close()) }
  }
  // A command must fail while the server is away: one kept for later would be added long after its task ran otherwise.
  const connection = redis(settings.url, { maxRetriesPerRequest: 1, enableOfflineQueue: false }, trouble)
  const queue = new Queue(name, { ...options, connection })
  queue.on('error', trouble)
  return { queue, close: () => answered(queue.close()).finally(() => connection.disconnect()) }
}

function consume(settings: QueueSettings, trouble: Trouble, consumption: Consumption): QueueConsumer {
  let closing = false
  let reopening: NodeJS.Timeout | undefined
  const open = () => {
    const opened = openConsumer(settings, trouble, consumption)
    opened.worker.waitUntilReady().catch(error => {
      trouble(error)
      if (closing) return
      opened.close().catch(trouble)
      reopening = setTimeout(() => {
        current = open()
      }, reopenAfterMs)
    })
    return opened
  }
  let current = open()
  return {
    async close() {
      closing = true
      clearTimeout(reopening)
      await current.close()
    },
  }
}

function openConsumer(settings: QueueSettings, trouble: Trouble, { concurrency, process, onSchedule }: Consumption) {
  // BullMQ hands over a signal only to a function that names three parameters.
  const work = async (job: Job, _token?: string, signal?: AbortSignal): Promise<void> => {
    if (job.repeatJobKey) return onSchedule(job.repeatJobKey)
    await process(queued.parse(job.data), signal ?? new AbortController().signal)
  }
  const options = {
    ...watch,
    ...retention,
    removeOnComplete: { count: 0 },
    concurrency,
  } satisfies Partial<WorkerOptions>
  const connection = settings.engine === 'redis' ? redis(settings.url, { maxRetriesPerRequest: null }, trouble) : null
  const worker = connection
    ? new Worker(name, work, { ...options, connection })
    : new Worker(name, work, { ...options, connection: postgresConnection(settings, 4) }, createPostgresBackend)
  worker.on('error', trouble)
  worker.on('failed', (_job, error) => trouble(error))
  worker.on('lockRenewalFailed', ids => {
    for (const id of ids) worker.cancelJob(id, 'lost')
  })
  return { worker, close: () => worker.close().finally(() => connection?.disconnect()) }
}

/** What BullMQ's classes take as a connection to PostgreSQL, with a pool of so many. */
export const postgresConnection = ({ url, migrate }: QueuePlace, max: number) => ({
  connectionString: url,
  schema: 'bullmq',
  migrate,
  max,
})

function redis(url: string, options: RedisOptions, trouble: Trouble): Redis {
  const connection = new Redis(url, options)
  connection.on('error', trouble)
  return connection
}
