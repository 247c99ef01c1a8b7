// npm start: database, tables, demonstration, portal and workers, until Ctrl-C.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { seedIfEmpty } from '@/bin/demonstration'
import { type EmbeddedPostgres, joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { isEmbedded, type Resolved, resolveEnvironment } from '@/bin/environment'
import { migrate, passesWalls } from '@/bin/migrate'
import { canListen, waitUntilPublished, waitUntilReady } from '@/bin/reachable'
import { step, welcome } from '@/bin/start-page'
import { type Supervised, supervise } from '@/bin/supervise'

const PORTAL_LIMIT_MS = 10_000
const MIRROR_LIMIT_MS = 5_000
/** Long enough to finish a record that is being pushed. */
const WORKER_LIMIT_MS = 45_000

/** A worker's garbage is collected early: otherwise the memory of a large restore grows with it although nothing is kept. */
const memoryFlags = ['--max-semi-space-size=8', '--heap-growing-percent=60']

const stopping = new AbortController()
const { signal } = stopping
const asked = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))

/** What to stop, the first started first. */
const started: (() => Promise<void>)[] = []

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // Whoever presses Ctrl-C again does not want to wait; the children see that we are gone.
    if (signal.aborted && name === 'SIGINT') process.exit(130)
    stopping.abort()
  })
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
  stopping.abort()
}

// The owner's connection is for migrations: portal and workers do not learn of it.
const childEnvironment = (settings: Resolved): Record<string, string | undefined> => ({
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_OWNER_URL: undefined,
  PORTAL_HOST: settings.host,
  PORTAL_EMBEDDED: settings.embedded ? '1' : undefined,
})

function startPart(name: string, args: string[], settings: Resolved, limitMs: number): Supervised {
  const logs = path.join(settings.dataDirectory, 'log')
  if (settings.embedded) mkdirSync(logs, { recursive: true })
  const logFile = settings.embedded ? path.join(logs, `${name}.log`) : null
  const part = supervise({ name, args, env: childEnvironment(settings), logFile }, message => console.error(message))
  started.push(() => part.stop(limitMs))
  return part
}

/** A server that was killed comes back, on its port if that is still free; else portal and workers learn the new one. */
function keepDatabase(settings: Resolved, first: EmbeddedPostgres): { parts: Supervised[] } {
  const kept = { parts: [] as Supervised[] }
  let current = first
  let rejoining: Promise<void> = Promise.resolve()
  const watch = () =>
    current.lost.then(() => {
      if (signal.aborted) return
      console.error('PostgreSQL is gone and is started again.')
      rejoining = rejoin().catch(fail)
    })
  const rejoin = async () => {
    const before = current.applicationUrl
    current = await joinEmbeddedPostgres(settings.dataDirectory)
    watch()
    if (current.applicationUrl === before) return
    process.env.DATABASE_URL = current.applicationUrl
    for (const part of kept.parts) part.renew(childEnvironment(settings))
  }
  watch()
  started.push(async () => {
    await rejoining
    await current.leave()
  })
  return kept
}

async function run(): Promise<void> {
  if (isEmbedded()) step('Starting PostgreSQL')
  const settings = await resolveEnvironment(joinEmbeddedPostgres)
  const { port, host, embedded } = settings
  const kept = embedded ? keepDatabase(settings, embedded) : null
  if (!(await canListen(port, host))) {
    throw new Error(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`)
  }
  step('Bringing the tables up to date')
  await migrate(settings.ownerUrl, settings.databaseUrl)
  if (await passesWalls(settings.databaseUrl))
    console.error(
      'The role of DATABASE_URL passes row-level security: use one that is no superuser and has not BYPASSRLS.',
    )
  if (settings.demonstration && !signal.aborted) await seedIfEmpty(settings, signal)
  if (signal.aborted) return

  step('Starting portal and workers')
  const portal = startPart('portal', ['bin/portal.mjs'], settings, PORTAL_LIMIT_MS)
  const worker = startPart(
    'worker',
    [...memoryFlags, '--import', 'tsx', 'workers/run-worker.ts'],
    settings,
    WORKER_LIMIT_MS,
  )
  if (settings.statusUrl.startsWith('s3:'))
    startPart('status-mirror', ['--import', 'tsx', 'bin/status-mirror.ts'], settings, MIRROR_LIMIT_MS)
  kept?.parts.push(portal, worker)
  await Promise.race([Promise.all([portal.ready, worker.ready]), asked])
  await waitUntilReady(port, host, signal, step)
  await waitUntilPublished(port, host, signal, step)
  if (!signal.aborted) await welcome(settings)
  await asked
}

await run().catch(fail)
if (process.exitCode !== 1) step('Stopping')
for (const stop of started.reverse()) await stop().catch(fail)
process.exit()
