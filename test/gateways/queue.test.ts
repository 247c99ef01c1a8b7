import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { QueueConsumer, QueuedJob } from '@/domain/task/work-queue'
import { queuePlace } from '@/gateways/queue'
import { engines, openWorkPlace, until, type WorkPlace } from '@/test/workers/work-place'

const job = (taskId: string, attempt = 1): QueuedJob => ({ taskId, attempt, job: 'advance-run' })

describe.each(engines)('the queue on %s', engine => {
  let work: WorkPlace
  let consumer: QueueConsumer | null
  beforeEach(async () => {
    work = await openWorkPlace(engine)
    consumer = null
  })
  afterEach(async () => {
    await consumer?.close()
    await work.clear()
  })

  const consume = (process: (job: QueuedJob, signal: AbortSignal) => Promise<void>, onSchedule = async () => {}) => {
    consumer = work.queue.consume({ concurrency: 2, process, onSchedule })
  }

  it('hands out what was added, once however often it was added, and forgets what is finished', async () => {
    await work.queue.add([job('1'), job('2')])
    await work.queue.add([job('2'), job('3')])
    expect(await work.queue.state(job('2'))).toBe('live')
    const seen: QueuedJob[] = []
    consume(async one => void seen.push(one))
    await until(() => seen.length === 3)
    await until(async () => (await work.queue.state(job('3'))) === 'gone')
    expect(seen.map(({ taskId }) => taskId).sort()).toEqual(['1', '2', '3'])
    await work.queue.add([job('1', 2)])
    await until(() => seen.length === 4)
    expect(seen[3]).toEqual(job('1', 2))
  })

  it('adds a thousand at once', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) => job(String(i + 1)))
    await work.queue.add(many)
    expect(await work.queue.state(many[999]!)).toBe('live')
  })

  it('says of a job that is being worked on that it is live, of an unknown one that it is gone', async () => {
    let end = () => {}
    let begun = false
    consume(
      () =>
        new Promise(resolve => {
          begun = true
          end = resolve
        }),
    )
    await work.queue.add([job('7')])
    await until(() => begun)
    expect(await work.queue.state(job('7'))).toBe('live')
    expect(await work.queue.state(job('7', 2))).toBe('gone')
    end()
    await until(async () => (await work.queue.state(job('7'))) === 'gone')
  })

  it('does not hand out again by itself what threw', async () => {
    let times = 0
    consume(async () => {
      times++
      throw new Error('no')
    })
    await work.queue.add([job('1')])
    await until(async () => (await work.queue.state(job('1'))) === 'died')
    expect(times).toBe(1)
    await until(() => work.troubles.includes('no'))
  })

  it('keeps a schedule, also when asked twice', async () => {
    await work.queue.keepSchedule('look-for-batches', 300)
    await work.queue.keepSchedule('look-for-batches', 300)
    const times: number[] = []
    consume(
      async () => {},
      async () => void times.push(Date.now()),
    )
    await until(() => times.length === 3)
    expect(times[2]! - times[0]!).toBeGreaterThan(400)
  })

  it('fails in time while its server is away, and says so once', async () => {
    const away = work.openQueue(work.place.url.replace(/:\d+(?=\/|$)/, ':1'))
    const began = Date.now()
    await expect(away.add([job('1')])).rejects.toThrow()
    await expect(away.state(job('1'))).rejects.toThrow()
    expect(Date.now() - began).toBeLessThan(25_000)
    expect(work.troubles.length).toBeLessThan(8)
  })
})

it('is where the settings say', () => {
  const DATABASE_URL = 'postgresql://app@db.example/homeward'
  const QUEUE_DATABASE_URL = 'postgresql://queue@db.example/queue'
  expect(queuePlace({ DATABASE_URL })).toEqual({ engine: 'postgres', url: DATABASE_URL, migrate: false })
  expect(queuePlace({ DATABASE_URL, QUEUE_DATABASE_URL })).toMatchObject({ url: QUEUE_DATABASE_URL, migrate: true })
  expect(queuePlace({ DATABASE_URL, REDIS_URL: 'redis://r.example' })).toMatchObject({ engine: 'redis' })
  expect(() => queuePlace({})).toThrow('DATABASE_URL')
})
