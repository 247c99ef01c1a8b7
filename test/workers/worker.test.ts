import { createPostgresBackend, Queue } from 'bullmq'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addTasks } from '@/domain/tasks'
import { reader, transaction } from '@/domain/transaction'
import { postgresConnection } from '@/gateways/queue'
import {
  addRuns,
  bareServices,
  catalogueWith,
  countOf,
  leaveEffect,
  listeningLog,
  onlyTask,
} from '@/test/workers/effects'
import { engines, openWorkPlace, until, type WorkPlace } from '@/test/workers/work-place'
import { type RunningWorker, startWorker, type WorkerSettings } from '@/workers/worker'

describe.each(engines)('a worker on %s', engine => {
  let work: WorkPlace
  let running: RunningWorker[]
  beforeEach(async () => {
    work = await openWorkPlace(engine)
    running = []
  })
  afterEach(async () => {
    await Promise.all(running.map(worker => worker.stop()))
    await work.clear()
  })

  const start = (settings: Partial<WorkerSettings>): RunningWorker => {
    const worker = startWorker({ services: bareServices(), queue: work.queue, concurrency: 4, ...settings })
    running.push(worker)
    return worker
  }
  const effects = catalogueWith(({ runId }) => leaveEffect(runId))

  it('does a thousand tasks, each once, and leaves an empty queue', async () => {
    await addRuns(1_000)
    const log = listeningLog()
    await start({ services: bareServices(log), concurrency: 8, untilIdle: true, catalogue: effects }).stopped
    expect(await countOf('effects')).toBe(1_000)
    expect(await countOf('effect_deliveries')).toBe(1_000)
    expect(await reader('every-carrier').task.count({ where: { status: 'done', attempt: 1 } })).toBe(1_000)
    expect(log.said).toEqual([])
    expect(await reader('every-carrier').workerBeat.count()).toBe(0)
    const task = await onlyTask()
    expect(await work.queue.state({ taskId: String(task.id), attempt: 1, job: task.job })).toBe('gone')
  }, 90_000)

  it('tries again after failures, gives up after the last, and keeps no content of the error', async () => {
    await addRuns(1)
    const times: number[] = []
    const log = listeningLog()
    const catalogue = catalogueWith(async () => {
      times.push(Date.now())
      throw Object.assign(new TypeError('Could not read "Ann Example"'), { code: 'E_READ' })
    }, [100, 300])
    start({ services: bareServices(log), catalogue })
    await until(async () => (await onlyTask()).status === 'failed')
    expect(times).toHaveLength(3)
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(90)
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(270)
    const task = await onlyTask()
    expect(task).toMatchObject({ failures: 3, attempt: 3 })
    expect(task.lastError).toMatch(/^TypeError E_READ at test\/workers\/worker\.test\.ts:\d+$/)
    expect(log.said.at(-1)).toMatchObject({ level: 'error', fields: { task: String(task.id), failures: 3 } })
  })

  it('runs once more when a handler asks for it, and when somebody asks while it runs', async () => {
    const add = () =>
      transaction('every-carrier', tx =>
        addTasks(tx, [
          { job: 'advance-run', payload: { runId: crypto.randomUUID() }, carrierId: null, onceKey: 'run:one' },
        ]),
      )
    await add()
    let runs = 0
    const catalogue = catalogueWith(async () => {
      runs++
      if (runs === 1) return { again: new Date(Date.now() + 100) }
      if (runs === 2) await add()
      return undefined
    })
    await start({ untilIdle: true, catalogue }).stopped
    expect(runs).toBe(3)
    expect(await reader('every-carrier').task.count({ where: { job: 'advance-run' } })).toBe(1)
    expect(await onlyTask()).toMatchObject({ status: 'done', attempt: 3, again: false, failures: 0 })
  })

  it('keeps what a handler says to be failed for good, with its code', async () => {
    await addRuns(1)
    start({ catalogue: catalogueWith(async () => ({ failed: { code: 'no-such-thing', retryAt: null } })) })
    await until(async () => (await onlyTask()).status === 'failed')
    expect(await onlyTask()).toMatchObject({ failures: 1, attempt: 1, lastError: 'no-such-thing' })
  })

  it('never hands a payload that is not ids only to a handler', async () => {
    await reader('every-carrier')
      .$executeRaw`INSERT INTO tasks (job, payload) VALUES ('advance-run', '{"runId": "Ann Example"}')`
    start({ catalogue: effects })
    await until(async () => (await onlyTask()).status === 'failed')
    expect(await onlyTask()).toMatchObject({ lastError: 'bad-payload' })
    expect(await countOf('effect_deliveries')).toBe(0)
  })

  it('does nothing for a delivery that is stale', async () => {
    await addRuns(1, { runAt: new Date(Date.now() + 3_600_000) })
    const { id } = await onlyTask()
    await work.queue.add([
      { taskId: String(id), attempt: 1, job: 'advance-run' },
      { taskId: '999999', attempt: 1, job: 'advance-run' },
    ])
    start({ catalogue: effects })
    await until(async () => (await work.queue.state({ taskId: '999999', attempt: 1, job: '' })) === 'gone')
    await until(async () => (await work.queue.state({ taskId: String(id), attempt: 1, job: '' })) === 'gone')
    expect(await countOf('effect_deliveries')).toBe(0)
    expect(await onlyTask()).toMatchObject({ status: 'waiting', attempt: 0 })
  })

  it('lets no slow device server hold all slots', async () => {
    const slow = new Set(await addRuns(40, { host: 'https://slow.example:443' }))
    let atOnce = 0
    let most = 0
    const catalogue = catalogueWith(async ({ runId }, { signal }) => {
      if (!slow.has(runId)) return leaveEffect(runId)
      most = Math.max(most, ++atOnce)
      await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
      atOnce--
      return { again: new Date() }
    })
    start({ concurrency: 8, catalogue })
    await until(() => most === 6)
    await addRuns(30, { host: 'https://quick.example:443' })
    await until(async () => (await countOf('effects')) === 30)
    expect(most).toBe(6)
  })

  it('leaves a device server alone until it may be asked again', async () => {
    const host = 'https://resting.example:443'
    const notBefore = new Date(Date.now() + 600)
    await reader('every-carrier').host.create({ data: { host, notBefore } })
    await addRuns(2, { host })
    start({ catalogue: effects })
    await until(async () => (await countOf('effects')) === 2)
    expect(Date.now()).toBeGreaterThanOrEqual(notBefore.getTime())
  })

  it('stops by letting handlers go; what they held is waiting again, without a failure', async () => {
    await addRuns(3)
    let begun = 0
    const letGo = catalogueWith(async (_payload, { signal }) => {
      begun++
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      return undefined
    })
    // It looks for work all the time: what is let go of is not to be handed out again by whoever stops.
    const worker = start({ catalogue: letGo, pace: { dispatch: 1, gather: 0 } })
    await until(() => begun === 3)
    await worker.stop()
    expect(
      await reader('every-carrier').task.count({
        where: { job: 'advance-run', status: 'waiting', failures: 0, lastError: null },
      }),
    ).toBe(3)
    await start({ untilIdle: true, catalogue: effects }).stopped
    expect(await countOf('effects')).toBe(3)
  })

  it('takes back tasks whose handlers do not let go in time', async () => {
    const [runId] = await addRuns(1)
    let hasEnded = () => {}
    let begun = false
    const stubborn = catalogueWith(async () => {
      begun = true
      await new Promise<void>(resolve => {
        hasEnded = resolve
      })
      return undefined
    })
    const worker = start({ catalogue: stubborn, pace: { grace: 200 } })
    await until(() => begun)
    await worker.stop()
    expect(await onlyTask()).toMatchObject({ status: 'waiting', attempt: 1 })
    await start({ untilIdle: true, catalogue: effects }).stopped
    hasEnded()
    expect(await countOf('effects')).toBe(1)
    expect(await onlyTask()).toMatchObject({ status: 'done', attempt: 2, payload: { runId } })
  })

  it('rebuilds a queue that was wiped in the middle', async () => {
    await addRuns(60)
    let wiped: Promise<void> | null = null
    const catalogue = catalogueWith(async ({ runId }) => {
      await new Promise(resolve => setTimeout(resolve, 20))
      if ((await countOf('effects')) > 19) wiped ??= wipe(work)
      return leaveEffect(runId)
    })
    start({ concurrency: 4, catalogue, pace: { sweep: 300, overdueAfterSeconds: 1 } })
    await until(async () => (await countOf('effects')) === 60)
    expect(wiped).not.toBeNull()
    await wiped
    await until(
      async () => (await reader('every-carrier').task.count({ where: { job: 'advance-run', status: 'done' } })) === 60,
    )
  })

  it('waits while the queue is away and goes on when it is back', async () => {
    const away = work.openQueue(work.place.url.replace(/:\d+(?=\/|$)/, ':1'))
    await addRuns(3)
    const log = listeningLog()
    const worker = start({ services: bareServices(log), queue: away, catalogue: effects })
    await until(() => log.said.some(({ fields }) => 'loop' in fields && fields.loop === 'dispatcher'))
    await worker.stop()
    expect(
      await reader('every-carrier').task.count({ where: { job: 'advance-run', status: 'waiting', failures: 0 } }),
    ).toBe(3)
    await start({ untilIdle: true, catalogue: effects }).stopped
    expect(await countOf('effects')).toBe(3)
  })

  it('lets several workers share the work', async () => {
    await addRuns(100)
    const workers = [work.queue, work.openQueue()].map(queue => start({ untilIdle: true, queue, catalogue: effects }))
    await Promise.all(workers.map(worker => worker.stopped))
    expect(await countOf('effects')).toBe(100)
    expect(await countOf('effect_deliveries')).toBe(100)
  })

  it('carries nothing but ids, in rows and in the queue', async () => {
    await addRuns(5)
    let seen: unknown[] = []
    const catalogue = catalogueWith(async () => {
      if (seen.length === 0) seen = await dataInQueue(work)
      return undefined
    })
    await start({ untilIdle: true, catalogue }).stopped
    expect(seen.length).toBeGreaterThan(0)
    for (const data of seen) {
      expect(data).toEqual({
        taskId: expect.stringMatching(/^\d+$/),
        attempt: expect.any(Number),
        job: 'advance-run',
      })
    }
    for (const { payload } of await reader('every-carrier').task.findMany({ where: { job: 'advance-run' } })) {
      expect(payload).toEqual({ runId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    }
  })
})

it('goes on when Redis fell and came back empty', async () => {
  const work = await openWorkPlace('redis')
  await addRuns(40)
  const catalogue = catalogueWith(async ({ runId }) => {
    await new Promise(resolve => setTimeout(resolve, 50))
    return leaveEffect(runId)
  })
  const pace = { sweep: 500, overdueAfterSeconds: 1 }
  const worker = startWorker({ services: bareServices(), queue: work.queue, concurrency: 4, catalogue, pace })
  await until(async () => (await countOf('effects')) > 5)
  await work.redis?.stop()
  await addRuns(10)
  await work.redis?.start()
  await until(
    async () => (await reader('every-carrier').task.count({ where: { job: 'advance-run', status: 'done' } })) === 50,
  )
  expect(await countOf('effects')).toBe(50)
  await worker.stop()
  await work.clear()
})

async function withBareQueue<T>({ place, redis }: WorkPlace, use: (queue: Queue) => Promise<T>): Promise<T> {
  const queue = redis
    ? new Queue('homeward', { connection: { url: place.url } })
    : (new Queue('homeward', { connection: postgresConnection(place, 1) }, createPostgresBackend) as unknown as Queue)
  try {
    return await use(queue)
  } finally {
    await queue.close()
  }
}

const wipe = (work: WorkPlace) => withBareQueue(work, queue => queue.obliterate({ force: true }))

const dataInQueue = (work: WorkPlace) =>
  withBareQueue(work, async queue => (await queue.getJobs(['waiting', 'active'])).map(job => job.data as unknown))
