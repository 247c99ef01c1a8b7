import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { verifyChains } from '@/domain/evidence/verify-chains'
import { transaction } from '@/domain/transaction'
import { accountId, asApplication, asOwner, email, mark, oldEmail, phone } from '@/test/domain/retention/canary'
import { dayMs, ErasureWorld, operator } from '@/test/domain/retention/erasure-world'
import { tracesInDatabase, tracesInFiles } from '@/test/domain/retention/traces'

const key = `test:${randomBytes(32).toString('base64')}`
/** Some fifty uses of the outside make an erasure of this world. */
const usesAtMost = 48
const kills = Number(process.env.CAMPAIGN_KILLS ?? 4)
const traces = [mark, accountId, email, oldEmail, phone]

let world: ErasureWorld
let owner: pg.Client
let application: pg.Client
beforeAll(async () => {
  world = await ErasureWorld.begin({ HOMEWARD_KEY: key })
  owner = await asOwner()
  application = await asApplication()
}, 120_000)
afterAll(async () => {
  await Promise.all([owner.end(), application.end()])
  await world.end()
})

/** Another process, killed when it is about to use the outside for the n-th time. Answers what it was about to do, or that it ended. */
async function killedAt(n: number, erasureId: string, at: number): Promise<string> {
  const { folder, backup } = world.restores
  const env = { ...process.env, DATA_DIR: folder, BACKUP_URL: pathToFileURL(backup).href, HOMEWARD_KEY: key }
  const child = fork(path.join(projectRoot, 'test/domain/retention/erase-child.ts'), [erasureId, String(at)], {
    execArgv: ['--import', 'tsx'],
    cwd: projectRoot,
    env,
  })
  let uses = 0
  let last = 'ended'
  child.on('message', name => {
    if (++uses !== n) return
    last = String(name)
    child.kill('SIGKILL')
  })
  const [code, signal] = await once(child, 'exit')
  if (signal === null && code !== 0) throw new Error(`The child failed with ${code}.`)
  return signal === null ? 'ended' : last
}

it(
  'goes on where it was killed, and leaves no byte',
  async () => {
    const erasureId = await world.agreed()
    const met = new Set<string>()
    for (let kill = 0; kill < kills; kill++) {
      const n = 2 + Math.floor((kill * usesAtMost) / kills)
      met.add(await killedAt(n, erasureId, Date.now() + 8 * dayMs))
      // Whoever comes next would wait two minutes for the bag of the one that was killed.
      await transaction('every-carrier', tx => tx.bagLease.deleteMany({}))
    }
    expect(met.size).toBeGreaterThan(2)
    await world.erase(erasureId)
    expect(await world.status(erasureId)).toBe('done')
    expect(await tracesInDatabase({ owner, application }, traces)).toEqual([])
    expect(tracesInFiles(world.restores.folder, traces, ['devices'])).toEqual([])
    expect(world.aside()).toEqual([])
    for (const name of ['first', 'second']) expect(await world.faults(name)).toEqual([])
    expect(await verifyChains(operator, { signer: world.services.signer })).toMatchObject({ whole: true })
  },
  240_000 + kills * 30_000,
)
