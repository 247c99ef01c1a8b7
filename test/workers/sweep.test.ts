import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { claimTasks } from '@/domain/task/claim-tasks'
import type { QueuedJob, QueuedJobState, WorkQueue } from '@/domain/task/work-queue'
import { reader } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { addRuns, catalogueWith, listeningLog, onlyTask } from '@/test/workers/effects'
import { sweep } from '@/workers/sweep'

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

const queueSaying = (answer: QueuedJobState | Error): WorkQueue => {
  const absent = () => {
    throw new Error('The sweep needs only states.')
  }
  const state = async () => {
    if (answer instanceof Error) throw answer
    return answer
  }
  return { add: absent, state, keepSchedule: absent, consume: absent, close: absent }
}

async function sweepWith(
  answer: QueuedJobState | Error,
  {
    ageSeconds = 60,
    atWork = false,
    retryAfter = [1_000],
  }: { ageSeconds?: number; atWork?: boolean; retryAfter?: number[] } = {},
) {
  await addRuns(1)
  const [claimed] = await claimTasks({ total: 1, perLane: 1, aloneLane: 1 })
  await reader('every-carrier').task.updateMany({ data: { queuedAt: new Date(Date.now() - ageSeconds * 1_000) } })
  const log = listeningLog()
  const catalogue = catalogueWith(async () => undefined, retryAfter)
  const isAtWork = (job: QueuedJob) => atWork && job.taskId === claimed?.taskId
  await sweep({ queue: queueSaying(answer), catalogue, log, overdueAfterSeconds: 15, isAtWork })
  return { log, task: await onlyTask() }
}

it('puts back what the queue does not know', async () => {
  const { task, log } = await sweepWith('gone')
  expect(task).toMatchObject({ status: 'waiting', attempt: 1, failures: 0 })
  expect(log.said).toMatchObject([{ level: 'warn', fields: { job: 'advance-run', attempt: 1 } }])
})

it('leaves alone what is in the queue, at work here, or was claimed a moment ago', async () => {
  expect((await sweepWith('live')).task.status).toBe('queued')
  await reader('every-carrier').task.deleteMany()
  expect((await sweepWith('gone', { atWork: true })).task.status).toBe('queued')
  await reader('every-carrier').task.deleteMany()
  expect((await sweepWith('gone', { ageSeconds: 10 })).task.status).toBe('queued')
})

it('counts a failure where the queue gave the job up', async () => {
  const { task } = await sweepWith('died')
  expect(task).toMatchObject({ status: 'waiting', failures: 1, lastError: 'delivery-failed' })
  expect(task.runAt.getTime()).toBeGreaterThan(Date.now())
  await reader('every-carrier').task.deleteMany()
  expect((await sweepWith('died', { retryAfter: [] })).task).toMatchObject({ status: 'failed' })
})

it('changes nothing while the queue gives no answer', async () => {
  await expect(sweepWith(new Error('away'))).rejects.toThrow('away')
  expect((await onlyTask()).status).toBe('queued')
})
