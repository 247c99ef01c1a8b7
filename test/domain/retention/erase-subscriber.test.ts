import { existsSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportErased } from '@/domain/evidence/export-erased'
import { exportEvidence } from '@/domain/evidence/export-evidence'
import { verifyBundle } from '@/domain/evidence/verify-bundle'
import { verifyChains } from '@/domain/evidence/verify-chains'
import { reader } from '@/domain/transaction'
import { bagInMemory, ledgerInMemory } from '@/test/domain/evidence/bag-in-memory'
import {
  accountId,
  asApplication,
  asOwner,
  columnsOf,
  email,
  mark,
  markColumns,
  oldEmail,
  personal,
  phone,
} from '@/test/domain/retention/canary'
import { ErasureWorld, operator } from '@/test/domain/retention/erasure-world'
import { keptColumns } from '@/test/domain/retention/kept-columns'
import { tracesInDatabase, tracesInFiles } from '@/test/domain/retention/traces'

const traces = [mark, accountId, email, oldEmail, phone]

let world: ErasureWorld
let owner: pg.Client
let eyes: { owner: pg.Client; application: pg.Client }

beforeAll(async () => {
  world = await ErasureWorld.begin()
  owner = await asOwner()
  eyes = { owner, application: await asApplication() }
}, 120_000)
afterAll(async () => {
  await Promise.all([owner.end(), eyes.application.end()])
  await world.end()
})

describe('a subscriber who left a trace everywhere', () => {
  it('is known in every table that can hold something of a person', async () => {
    expect(await markColumns(owner, world.canary.id)).toEqual([])
    expect((await tracesInDatabase(eyes, traces)).length).toBeGreaterThan(20)
    expect(tracesInFiles(world.restores.folder, traces, ['devices']).length).toBeGreaterThan(10)
  })

  it('leaves no column unheard of: whoever adds one says whether erasure takes it', async () => {
    const known = (await columnsOf(owner))
      .filter(({ table }) => !Object.hasOwn(personal, table))
      .map(({ table, column }) => `${table}.${column}`)
    expect(known.sort()).toEqual([...keptColumns].sort())
  })

  it('is erased down to the last byte, in the database and in every file', async () => {
    const runs = await reader('every-carrier').run.findMany({ select: { id: true } })
    // What is sealed shows nothing of what it holds: it is known by its name.
    const sealed = runs.map(one => one.id)
    expect(tracesInFiles(world.restores.folder, sealed)).not.toEqual([])
    const erasureId = await world.agreed()
    await world.erase(erasureId)
    expect(await world.status(erasureId)).toBe('done')
    expect(await tracesInDatabase(eyes, traces)).toEqual([])
    expect(tracesInFiles(world.restores.folder, [...traces, ...sealed], ['devices'])).toEqual([])
    expect(world.aside()).toEqual([])
    expect(await reader('every-carrier').subscriber.count({ where: { id: world.canary.id } })).toBe(0)
  })

  it('leaves the event chains whole', async () => {
    const { signer } = world.services
    expect(await verifyChains(operator, { signer })).toMatchObject({ whole: true, first: null })
    const kinds = await reader('every-carrier').event.findMany({
      where: { subject: `subscriber:${world.canary.id}` },
      orderBy: { seq: 'asc' },
    })
    const told = kinds.map(one => one.kind)
    expect(told.slice(-4)).toEqual(['erasure.asked', 'erasure.approved', 'erasure.begun', 'erasure.done'])
  })

  it('leaves evidence that says so, with the chains, and that can be checked anywhere', async () => {
    const { signer } = world.services
    const { id: subscriberId, requestId, accountId: device } = world.canary
    const asked = { subscriberId, signer, installation: 'https://homeward.example' }
    await expect(exportEvidence(operator, asked)).rejects.toMatchObject({ kind: 'not-found' })
    const { files } = await exportErased(operator, asked)
    const bag = new Map(files.map(one => [one.path, Buffer.from(one.bytes)]))
    const verdict = await verifyBundle(bagInMemory(bag), ledgerInMemory(), { keys: [signer.publicKey] })
    expect(verdict).toMatchObject({ valid: true, faults: [] })
    const part = (name: string) => JSON.parse(bag.get(`data/${name}.json`)!.toString('utf8'))
    expect(part('subscriber')).toMatchObject({ id: subscriberId, erased: true, erasure: { status: 'done' } })
    const subjects = part('chains').map((one: { subject: string }) => one.subject)
    expect(subjects.sort()).toEqual([`account:${device}`, `request:${requestId}`, `subscriber:${subscriberId}`])
    for (const [name, bytes] of bag) expect([name, traces.filter(trace => bytes.includes(trace))]).toEqual([name, []])
    await expect(exportErased(operator, { ...asked, subscriberId: world.bystander })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('leaves whoever lives beside them as they were', async () => {
    const holdings = await reader('every-carrier').holding.findMany({ where: { subscriberId: world.bystander } })
    expect(holdings).toHaveLength(6)
    for (const { objectKey } of holdings) {
      expect(objectKey).not.toBeNull()
      expect(existsSync(path.join(world.restores.backup, objectKey!))).toBe(true)
    }
    expect(tracesInFiles(world.restores.folder, ['beside@people.example'], ['devices'])).toHaveLength(1)
    expect(tracesInFiles(world.restores.folder, ['+12025550199'])).toHaveLength(1)
  })

  it('is no way back for a later bag: nothing of it is kept, and it is told', async () => {
    await world.restores.batch('third', world.bag(accountId, 'beside'), '2009-10-09T00:00:00Z')
    const { id } = await reader('every-carrier').recoveryBatch.findUniqueOrThrow({ where: { name: 'third' } })
    const exceptions = await reader('every-carrier').batchException.findMany({ where: { batchId: id } })
    expect(exceptions.filter(one => one.reason === 'erased').length).toBeGreaterThan(2)
    expect(await tracesInDatabase(eyes, traces)).toEqual([])
    await world.clear(id)
    expect(tracesInFiles(world.restores.folder, traces, ['devices'])).toEqual([])
  })
})
