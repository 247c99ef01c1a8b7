import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { decideBatch } from '@/domain/recovery/decide-batch'
import { runTaskAgain } from '@/domain/task/complete-task'
import { database } from '@/gateways/database'
import { people } from '@/test/domain/restore/records'
import { type Place, ScriptedWorld } from '@/test/domain/restore/scripted-place'

// A busy machine takes its time; what is slow here is the machine.
vi.setConfig({ testTimeout: 120_000 })

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

async function decide(batch: string, use: boolean): Promise<string> {
  const { id } = await database().recoveryBatch.findUniqueOrThrow({ where: { name: batch } })
  const actor = { role: 'administrator', staffId: randomUUID(), carrierId: null, provedAt: new Date() } as const
  return (await decideBatch(actor, { batchId: id, use, reason: 'Looked at.' })).status
}

const taskOf = async (requestId: string) => {
  const { id } = await at.run(requestId)
  return database().task.findFirstOrThrow({ where: { onceKey: `run:${id}` } })
}

/** As the queue hands the run's task to a worker. */
async function take(requestId: string) {
  const { id } = await taskOf(requestId)
  const { attempt } = await database().task.update({ where: { id }, data: { status: 'queued', queuedAt: new Date() } })
  return { taskId: String(id), attempt, job: 'advance-run' as const }
}

/** A restore that met its batch withheld and was put back for a quarter of an hour. */
async function waitingFor(place: Place): Promise<string> {
  const requestId = await at.world.request(place)
  expect(await decide(place.batch, false)).toBe('withheld')
  const job = await take(requestId)
  const next = await at.advance(requestId)
  if (next.kind !== 'again') throw new Error('The run ended.')
  expect(await runTaskAgain(job, next.at)).toBe(true)
  expect(await at.run(requestId)).toMatchObject({ status: 'waiting', waitReason: 'batch-withheld' })
  expect(await secondsUntilDue(requestId)).toBeGreaterThan(14 * 60)
  return requestId
}

const secondsUntilDue = async (requestId: string) => ((await taskOf(requestId)).runAt.getTime() - Date.now()) / 1_000

async function release(batch: string): Promise<void> {
  expect(await decide(batch, true)).toBe('withheld')
  expect(await decide(batch, true)).toBe('released')
}

/** Other subscribers' restores that wait for the same batch, as rows. Answers the keys of their tasks. */
async function manyLike(requestId: string, count: number): Promise<string[]> {
  const { items, ...request } = await database().restoreRequest.findUniqueOrThrow({
    where: { id: requestId },
    include: { items: true },
  })
  const { carrierId, accountId } = request
  const trouble = 'batch-withheld'
  const keys: string[] = []
  for (let i = 0; i < count; i++) {
    const [id, runId] = [randomUUID(), randomUUID()]
    const onceKey = `run:${runId}`
    await database().restoreRequest.create({
      data: {
        ...request,
        id,
        reference: `MANY-${i}`,
        filingKey: randomUUID(),
        items: {
          create: items.map(({ category, holdingId, position }) => ({ carrierId, category, holdingId, position })),
        },
        runs: {
          create: {
            ...{ id: runId, carrierId, accountId, kind: 'restore', status: 'waiting', waitReason: trouble },
            categories: { create: { carrierId, category: 'contacts', trouble } },
          },
        },
      },
    })
    const runAt = new Date(Date.now() + 15 * 60_000)
    await database().task.create({ data: { carrierId, job: 'advance-run', payload: { runId }, onceKey, runAt } })
    keys.push(onceKey)
  }
  return keys
}

describe('the release of a batch', () => {
  it('makes the restores that wait for it due at once, and no others', async () => {
    const [place, other] = [
      await at.place({ files: { 'contacts.vcf': people(3) } }),
      await at.place({ files: { 'contacts.vcf': people(3) } }),
    ]
    const [mine, theirs] = [await waitingFor(place), await waitingFor(other)]
    // The word of one changes nothing yet.
    expect(await decide(place.batch, true)).toBe('withheld')
    expect(await secondsUntilDue(mine)).toBeGreaterThan(14 * 60)
    expect(await decide(place.batch, true)).toBe('released')
    expect(await secondsUntilDue(mine)).toBeLessThanOrEqual(0)
    expect(await secondsUntilDue(theirs)).toBeGreaterThan(14 * 60)

    expect(await at.advance(mine)).toEqual({ kind: 'ended' })
    expect((await at.world.report(mine)).categories.contacts).toMatchObject({ created: 3, verified: 3 })
  })

  it('asks for a run at work once more: it may have seen the batch withheld, and not said so yet', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(3) } })
    const requestId = await at.world.request(place)
    expect(await decide(place.batch, false)).toBe('withheld')
    const job = await take(requestId)
    await release(place.batch)
    expect(await taskOf(requestId)).toMatchObject({ status: 'queued', again: true })
    expect(await runTaskAgain(job, new Date(Date.now() + 15 * 60_000))).toBe(true)
    expect(await secondsUntilDue(requestId)).toBeLessThanOrEqual(0)
  })

  it('spreads many over a minute', async () => {
    const place = await at.place({ files: { 'contacts.vcf': people(1) } })
    const requestId = await waitingFor(place)
    const keys = await manyLike(requestId, 119)
    const before = Date.now()
    await release(place.batch)
    const tasks = await database().task.findMany({ where: { onceKey: { in: keys } }, orderBy: { runAt: 'asc' } })
    const due = [await taskOf(requestId), ...tasks].map(task => task.runAt.getTime())
    expect(due).toHaveLength(120)
    expect(due[0]! - before).toBeLessThan(5_000)
    for (const [i, time] of due.entries()) expect(Math.abs(time - due[0]! - i * 500)).toBeLessThanOrEqual(2)
  })
})
