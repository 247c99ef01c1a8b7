import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ClaimLimits, claimTasks, unclaimTasks } from '@/domain/task/claim-tasks'
import { addTasks, type NewTask } from '@/domain/tasks'
import { reader, transaction } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const wide: ClaimLimits = { total: 100, perLane: 100, aloneLane: 100 }
const [slow, quick] = ['https://slow.example:443', 'https://quick.example:443']

describe('claiming tasks', () => {
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

  const add = (count: number, common: { host?: string; runAt?: Date } = {}) => {
    const runId = crypto.randomUUID()
    const task: NewTask = { job: 'advance-run', payload: { runId }, carrierId: null, ...common }
    return transaction('every-carrier', tx => addTasks(tx, Array<NewTask>(count).fill(task)))
  }
  const hostsOf = async (claimed: { taskId: string }[]) => {
    const rows = await reader('every-carrier').task.findMany({
      where: { id: { in: claimed.map(task => BigInt(task.taskId)) } },
    })
    return rows.map(row => row.host).sort()
  }

  it('takes what is due, oldest first, with its next attempt, and takes it once', async () => {
    await add(1, { runAt: new Date(Date.now() + 60_000) })
    await add(1, { runAt: new Date('2009-10-10T00:00:00Z') })
    await add(1, { runAt: new Date('2009-10-09T00:00:00Z') })
    const first = await claimTasks({ ...wide, total: 1 })
    const [row] = await reader('every-carrier').task.findMany({ where: { status: 'queued' } })
    expect(row).toMatchObject({ attempt: 1, runAt: new Date('2009-10-09T00:00:00Z') })
    expect(first).toMatchObject([{ taskId: String(row?.id), attempt: 1, job: 'advance-run' }])
    expect(await claimTasks(wide)).toHaveLength(1)
    expect(await claimTasks(wide)).toEqual([])
  })

  it('lets lanes take turns, and a long line in one keep nobody waiting', async () => {
    await add(50, { host: slow })
    await add(3, { host: quick })
    expect(await hostsOf(await claimTasks({ ...wide, total: 4 }))).toEqual([quick, quick, slow, slow])
    expect(await hostsOf(await claimTasks({ ...wide, total: 6, perLane: 3 }))).toEqual([quick, slow])
    expect(await claimTasks({ ...wide, total: 100, perLane: 3 })).toEqual([])
  })

  it('gives more to the only lane that has work, until another comes', async () => {
    await add(50, { host: slow })
    const limits = { total: 32, perLane: 2, aloneLane: 6 }
    expect(await claimTasks(limits)).toHaveLength(6)
    await add(5, { host: quick })
    expect(await hostsOf(await claimTasks(limits))).toEqual([quick, quick])
  })

  it('keeps to the bound of what may be queued', async () => {
    await add(30)
    expect(await claimTasks({ ...wide, total: 20 })).toHaveLength(20)
    expect(await claimTasks({ ...wide, total: 20 })).toEqual([])
  })

  it('passes over a device server that rests, and only it', async () => {
    await add(2, { host: slow })
    await add(2, { host: quick })
    await reader('every-carrier').host.create({ data: { host: slow, notBefore: new Date(Date.now() + 60_000) } })
    expect(await hostsOf(await claimTasks(wide))).toEqual([quick, quick])
    await reader('every-carrier').host.update({
      where: { host: slow },
      data: { notBefore: new Date(Date.now() - 1_000) },
    })
    expect(await hostsOf(await claimTasks(wide))).toEqual([slow, slow])
  })

  it('gives no task to two who ask at the same time, and keeps to the bounds between them', async () => {
    await add(60, { host: slow })
    const limits = { total: 200, perLane: 5, aloneLane: 40 }
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimTasks(limits)))
    const ids = claims.flat().map(task => task.taskId)
    expect(ids).toHaveLength(40)
    expect(new Set(ids).size).toBe(40)
  })

  it('passes over a row that somebody is changing', async () => {
    await add(2)
    const [first] = await reader('every-carrier').task.findMany({ orderBy: { id: 'asc' } })
    await transaction('every-carrier', async tx => {
      await tx.task.update({ where: { id: first?.id }, data: { lastError: 'held' } })
      expect(await claimTasks(wide)).toHaveLength(1)
    })
    expect(await claimTasks(wide)).toHaveLength(1)
  })

  it('puts back what the queue did not take, and nothing that was claimed anew meanwhile', async () => {
    await add(2)
    const claimed = await claimTasks(wide)
    await unclaimTasks(claimed.slice(0, 1))
    const [again] = await claimTasks(wide)
    expect(again).toMatchObject({ taskId: claimed[0]?.taskId, attempt: 2 })
    await unclaimTasks(claimed.slice(0, 1))
    expect(await reader('every-carrier').task.count({ where: { status: 'queued' } })).toBe(2)
  })

  it('finds the head of one lane among twenty thousand tasks that wait in fifty others', async () => {
    await reader('every-carrier').$executeRaw`
      INSERT INTO tasks (job, payload, host, run_at)
      SELECT 'advance-run', '{}', 'https://h' || (i % 50), now() - interval '1 hour' FROM generate_series(1, 20000) AS i`
    await add(1, { host: quick })
    expect(await hostsOf(await claimTasks({ ...wide, perLane: 1 }))).toContain(quick)
  }, 120_000)
})
