import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askForLook } from '@/domain/recovery/ask-for-look'
import { findBatch } from '@/domain/recovery/find-batch'
import { listBatches } from '@/domain/recovery/list-batches'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { database } from '@/gateways/database'
import { card, IntakeWorld, operator } from '@/test/domain/recovery/intake-world'

let world: IntakeWorld
beforeAll(async () => {
  world = await IntakeWorld.open()
})
afterAll(() => world.close())

const agent = { role: 'support_agent', staffId: 'x', carrierId: null, provedAt: new Date() } as const

it('notes every folder once, and a task that takes it in', async () => {
  await world.bag({ name: 'a', files: { 'bob/contacts.vcf': card('B', '1') } })
  await world.bag({ name: 'b', files: {} })
  await mkdir(path.join(world.folder, '.hidden'))
  await mkdir(Buffer.concat([Buffer.from(`${world.folder}/odd-`), Buffer.from([0xe9])]))
  await writeFile(path.join(world.folder, 'file'), 'x')
  expect(await lookForBatches(operator, world, 'b')).toEqual(['b'])
  const both = await Promise.all([world.look(), world.look()])
  expect(both.flat()).toEqual(['a'])
  expect(await world.look()).toEqual([])
  const { id } = await findBatch(operator, { name: 'a' })
  const tasks = await database().task.findMany({ where: { onceKey: `batch:${id}` } })
  expect(tasks).toMatchObject([{ job: 'intake-batch', payload: { batchId: id }, status: 'waiting' }])
})

it('lists them newest first, page by page', async () => {
  await world.intake('a')
  const first = await listBatches(operator, { limit: 1 })
  expect(first).toMatchObject([
    { name: 'a', status: 'accepted', carrier: 'north', incident: 'sidekick-2009', seenFiles: 1 },
  ])
  expect(await listBatches(operator, { after: first[0]!.id })).toMatchObject([{ name: 'b', status: 'arriving' }])
  expect(await listBatches(operator, { status: 'quarantined' })).toEqual([])
})

it('is for those who may', async () => {
  await expect(lookForBatches(agent, world)).rejects.toMatchObject({ kind: 'not-allowed' })
  await expect(listBatches(agent)).rejects.toMatchObject({ kind: 'not-allowed' })
  await expect(findBatch(agent, { name: 'a' })).rejects.toMatchObject({ kind: 'not-allowed' })
  await expect(findBatch(operator, { name: 'c' })).rejects.toMatchObject({ kind: 'not-found' })
  await expect(askForLook(agent)).rejects.toMatchObject({ kind: 'not-allowed' })
  await askForLook(operator)
  await askForLook(operator)
  expect(await database().task.count({ where: { job: 'look-for-batches' } })).toBe(1)
})
