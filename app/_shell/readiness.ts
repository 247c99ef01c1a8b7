import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { reportFault } from '@/app/_shell/report-fault'
import { type QueueAge, queueAge } from '@/domain/notification/queue-age'
import { countBeating } from '@/domain/task/worker-beats'
import { database } from '@/gateways/database'

export interface Readiness {
  database: boolean
  migrations: boolean
  worker: boolean
}

const patienceMs = 3_000
const briefMs = 500

/** What a restore needs, each looked at now; what does not answer in time is not ready. */
export async function readiness(): Promise<Readiness> {
  const answers = await within(database().$queryRaw`SELECT 1`.then(() => true))
  if (!answers) return { database: false, migrations: false, worker: false }
  const [migrations, worker] = await Promise.all([
    within(allMigrated()),
    within(countBeating('worker').then(count => count > 0)),
  ])
  return { database: true, migrations, worker }
}

/** How old the queues are; null where the database does not say so at once: health is not to wait for it. */
export async function queueAges(): Promise<QueueAge | null> {
  let age: QueueAge | null = null
  const known = await within(
    queueAge().then(read => {
      age = read
      return true
    }),
    briefMs,
  )
  return known ? age : null
}

/** Every migration that this build knows is in the database, and none stands half done. */
async function allMigrated(): Promise<boolean> {
  const applied = await database().$queryRaw<{ name: string; finished: boolean }[]>`
    SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL`
  const done = new Set(applied.filter(({ finished }) => finished).map(({ name }) => name))
  const known = await readdir(path.join(process.cwd(), 'prisma/migrations'), { withFileTypes: true })
  return known.every(entry => !entry.isDirectory() || done.has(entry.name))
}

async function within(work: Promise<boolean>, ms = patienceMs): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    reportFault(error)
    return false
  } finally {
    clearTimeout(timer)
  }
}
