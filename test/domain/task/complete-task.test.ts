import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimTasks } from '@/domain/task/claim-tasks'
import { completeTask, failTask, letGoOfTask, openTask, runTaskAgain } from '@/domain/task/complete-task'
import { forgetDoneTasks, hasWorkWithin, overdueTasks } from '@/domain/task/overdue-tasks'
import type { QueuedJob } from '@/domain/task/work-queue'
import { beat, countBeating, stopBeating } from '@/domain/task/worker-beats'
import { addTasks } from '@/domain/tasks'
import { reader, transaction } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const runId = crypto.randomUUID()
const later = new Date(Date.now() + 600_000)
const soon = new Date(Date.now() + 1_000)

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(async () => {
  await closeDatabase()
  await database.drop()
})
beforeEach(async () => {
  await reader('every-carrier').task.deleteMany()
})

const ask = (runAt?: Date) =>
  transaction('every-carrier', tx =>
    addTasks(tx, [
      { job: 'advance-run', payload: { runId }, carrierId: null, onceKey: `run:${runId}`, ...(runAt ? { runAt } : {}) },
    ]),
  )
const claimOne = async (): Promise<QueuedJob> => {
  const [claimed] = await claimTasks({ total: 9, perLane: 9, aloneLane: 9 })
  if (!claimed) throw new Error('There was nothing to claim.')
  return claimed
}
const row = () => reader('every-carrier').task.findFirstOrThrow()

describe('the end of a task', () => {
  it('opens only the attempt that is queued', async () => {
    await ask()
    const job = await claimOne()
    expect(await openTask(job)).toEqual({ job: 'advance-run', payload: { runId }, failures: 0 })
    expect(await openTask({ ...job, attempt: 2 })).toBeNull()
    await completeTask(job)
    expect(await openTask(job)).toBeNull()
  })

  it('is done once; a second end changes nothing', async () => {
    await ask()
    const job = await claimOne()
    expect(await completeTask(job)).toBe(true)
    expect(await completeTask(job)).toBe(false)
    expect(await failTask(job, { error: 'late', retryAt: soon })).toBe(false)
    expect(await runTaskAgain(job, soon)).toBe(false)
    expect(await letGoOfTask(job)).toBe(false)
    expect(await row()).toMatchObject({ status: 'done', attempt: 1, lastError: null })
  })

  it('is not the end where it was asked for again while it ran', async () => {
    await ask()
    const job = await claimOne()
    await ask()
    expect(await reader('every-carrier').task.count()).toBe(1)
    await completeTask(job)
    expect(await row()).toMatchObject({ status: 'waiting', again: false, doneAt: null })
    await completeTask(await claimOne())
    expect(await row()).toMatchObject({ status: 'done', attempt: 2 })
  })

  it('lets a new asking cut a rest short, whichever way the task rests', async () => {
    await ask()
    await runTaskAgain(await claimOne(), later)
    await ask()
    const second = await claimOne()
    await ask(soon)
    await runTaskAgain(second, later)
    expect((await row()).runAt).toEqual(soon)
    await ask()
    const third = await claimOne()
    await ask(soon)
    await failTask(third, { error: 'E', retryAt: later })
    expect(await row()).toMatchObject({ runAt: soon, failures: 1, lastError: 'E' })
  })

  it('is failure for good, unless somebody asked anew meanwhile', async () => {
    await ask()
    const job = await claimOne()
    await ask()
    await failTask(job, { error: 'E', retryAt: null })
    expect(await row()).toMatchObject({ status: 'waiting', failures: 0 })
    await failTask(await claimOne(), { error: 'E', retryAt: null })
    expect(await row()).toMatchObject({ status: 'failed', failures: 1, lastError: 'E' })
  })

  it('counts failures in a row and forgets them after a success', async () => {
    await ask()
    for (let i = 0; i < 3; i++) await failTask(await claimOne(), { error: 'E', retryAt: new Date(0) })
    expect(await row()).toMatchObject({ failures: 3, attempt: 3, status: 'waiting' })
    await letGoOfTask(await claimOne())
    expect(await row()).toMatchObject({ failures: 3, lastError: 'E' })
    await runTaskAgain(await claimOne(), new Date(0))
    expect(await row()).toMatchObject({ failures: 0, lastError: null })
  })

  it('loses no asking that comes at the very moment of the end', async () => {
    for (let i = 0; i < 20; i++) {
      await reader('every-carrier').task.deleteMany()
      await ask()
      const job = await claimOne()
      await Promise.all([completeTask(job), ask()])
      expect(await reader('every-carrier').task.count({ where: { status: 'waiting' } })).toBe(1)
    }
  })
})

describe('what is left to do', () => {
  it('names what has been in the queue for long', async () => {
    await ask()
    const job = await claimOne()
    expect(await overdueTasks(15, 10)).toEqual([])
    await reader('every-carrier').task.updateMany({ data: { queuedAt: new Date(Date.now() - 16_000) } })
    expect(await overdueTasks(15, 10)).toEqual([{ ...job, failures: 0 }])
  })

  it('knows whether there is work within a time, background jobs and resting servers aside', async () => {
    const host = 'https://dav.example:443'
    expect(await hasWorkWithin(120, [])).toBe(false)
    await transaction('every-carrier', tx =>
      addTasks(tx, [{ job: 'look-again', payload: { runId }, carrierId: null, host }]),
    )
    expect(await hasWorkWithin(120, [])).toBe(true)
    expect(await hasWorkWithin(120, ['look-again'])).toBe(false)
    await reader('every-carrier').host.create({ data: { host, notBefore: later } })
    expect(await hasWorkWithin(120, [])).toBe(false)
    expect(await hasWorkWithin(1_200, [])).toBe(true)
    await ask(later)
    expect(await hasWorkWithin(120, ['look-again'])).toBe(false)
  })

  it('forgets tasks that have been done for long', async () => {
    await ask()
    await completeTask(await claimOne())
    expect(await forgetDoneTasks(14, 10)).toBe(0)
    await reader('every-carrier').task.updateMany({ data: { doneAt: new Date(Date.now() - 15 * 86_400_000) } })
    expect(await forgetDoneTasks(14, 10)).toBe(1)
  })
})

it('counts the processes that are up', async () => {
  const startedAt = new Date()
  expect(await beat({ id: 'a', kind: 'worker', startedAt })).toBe(1)
  expect(await beat({ id: 'b', kind: 'worker', startedAt })).toBe(2)
  await beat({ id: 'c', kind: 'portal', startedAt })
  await reader('every-carrier').workerBeat.update({
    where: { id: 'a' },
    data: { beatAt: new Date(Date.now() - 20_000) },
  })
  expect(await countBeating('worker')).toBe(1)
  await stopBeating('b')
  expect(await countBeating('worker')).toBe(0)
})
