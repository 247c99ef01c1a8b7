import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Actor, anonymous, staffRoles, system } from '@/domain/actor'
import { listStuckTasks } from '@/domain/task/list-stuck-tasks'
import { retryTask } from '@/domain/task/retry-task'
import { reader } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import type { Prisma } from '@/prisma/generated/client'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

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
  await reader('every-carrier').host.deleteMany()
})

const staff = (role: (typeof staffRoles)[number]): Actor => ({
  role,
  staffId: crypto.randomUUID(),
  carrierId: null,
  provedAt: new Date(),
})
const administrator = staff('administrator')
const long = new Date(Date.now() - 3_600_000)
const add = (data: Partial<Prisma.TaskCreateInput>) =>
  reader('every-carrier').task.create({
    data: { job: 'advance-run', payload: { runId: crypto.randomUUID() }, ...data },
  })

it('lists what failed, what struggles and what is late, and nothing that goes on by itself', async () => {
  await add({ status: 'done', doneAt: new Date() })
  await add({})
  await add({ failures: 1 })
  await add({ status: 'queued', runAt: long, queuedAt: long })
  const late = await add({ runAt: long })
  const resting = await add({ runAt: long, host: 'https://dav.example:443' })
  await reader('every-carrier').host.create({
    data: { host: 'https://dav.example:443', notBefore: new Date(Date.now() + 60_000) },
  })
  const failed = await add({ status: 'failed', failures: 8, lastError: 'TypeError' })
  const struggling = await add({ failures: 3 })
  const stuck = await listStuckTasks(administrator)
  expect(stuck.map(({ id, kind }) => [id, kind])).toEqual([
    [String(failed.id), 'failed'],
    [String(late.id), 'late'],
    [String(struggling.id), 'struggling'],
  ])
  expect(stuck[0]).toMatchObject({ lastError: 'TypeError', payload: { runId: expect.any(String) }, failures: 8 })
  expect(stuck.map(({ id }) => id)).not.toContain(String(resting.id))
  expect(await listStuckTasks(administrator, 1)).toHaveLength(1)
})

it('does not list what failed where a later task did the same', async () => {
  await add({ status: 'failed', onceKey: 'run:1' })
  await add({ status: 'done', onceKey: 'run:1' })
  expect(await listStuckTasks(administrator)).toEqual([])
})

it('lets an administrator retry, and writes it down', async () => {
  const { id } = await add({ status: 'failed', failures: 8, runAt: long })
  await retryTask(administrator, String(id))
  expect(await reader('every-carrier').task.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'waiting',
    failures: 0,
  })
  const event = await reader('every-carrier').event.findFirstOrThrow({ where: { subject: `task:${id}` } })
  expect(event).toMatchObject({ kind: 'task.retried', actorRole: 'administrator', data: '{"job":"advance-run"}' })
})

it('refuses what is not stuck, not there, or no id', async () => {
  const { id } = await add({ status: 'done' })
  await expect(retryTask(administrator, String(id))).rejects.toMatchObject({ code: 'task-not-stuck' })
  await expect(retryTask(administrator, '999999999')).rejects.toMatchObject({ kind: 'not-found' })
  await expect(retryTask(administrator, '1; DROP')).rejects.toMatchObject({ kind: 'bad-input', field: 'taskId' })
  const failed = await add({ status: 'failed', onceKey: 'run:2' })
  await add({ onceKey: 'run:2' })
  await expect(retryTask(administrator, String(failed.id))).rejects.toMatchObject({ code: 'task-not-stuck' })
})

it('is for administrators; auditors may look', async () => {
  const { id } = await add({ status: 'failed' })
  for (const actor of [anonymous, ...staffRoles.map(staff)]) {
    const mayRetry = actor.role === 'administrator'
    if (!mayRetry) await expect(retryTask(actor, String(id))).rejects.toMatchObject({ kind: 'not-allowed' })
    if (mayRetry || actor.role === 'auditor') expect(await listStuckTasks(actor)).toHaveLength(1)
    else await expect(listStuckTasks(actor)).rejects.toMatchObject({ kind: 'not-allowed' })
  }
  await retryTask(system('operator'), String(id))
})
