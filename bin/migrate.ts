import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { LATEST_SCHEMA_VERSION, runMigrations } from 'bullmq'
import pg from 'pg'
import { APPLICATION } from '@/bin/postgres-roles'
import { projectRoot } from '@/bin/project-root'

/** The schema BullMQ keeps its tables in. */
const QUEUE_SCHEMA = 'bullmq'

const roleOf = (url: string) => decodeURIComponent(new URL(url).username)

/**
 * Brings tables and queue up to date as the owner, and lets the application's role use them. Quick when nothing is new.
 * Two at once wait for each other (both migrators take advisory locks).
 */
export async function migrate(ownerUrl: string, applicationUrl: string): Promise<{ applied: string[] }> {
  const separate = roleOf(ownerUrl) !== roleOf(applicationUrl)
  const waiting = await withClient(ownerUrl, async client => {
    if (separate) await refuseStranger(client, roleOf(applicationUrl))
    return waitingMigrations(client)
  })
  if (waiting.length > 0) await deploy(ownerUrl)
  await migrateQueue(ownerUrl, applicationUrl)
  return { applied: waiting }
}

/** Whether PostgreSQL shows a role every row whatever the policies say: the second wall between carriers then is none. */
export function passesWalls(url: string): Promise<boolean> {
  const asked = 'SELECT rolsuper OR rolbypassrls AS passes FROM pg_roles WHERE rolname = current_user'
  return withClient(url, async client => (await client.query(asked)).rows[0]?.passes === true)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect().catch(error => {
    throw new Error(`The database cannot be reached: ${error.message}`)
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function waitingMigrations(client: pg.Client): Promise<string[]> {
  const folder = path.join(projectRoot, 'prisma/migrations')
  const names = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
  const { rows: tables } = await client.query(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`)
  if (!tables[0].there) return names
  const { rows } = await client.query('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL')
  const done = new Set(rows.map(row => row.migration_name))
  return names.filter(name => !done.has(name))
}

function deploy(ownerUrl: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const prisma = path.join(projectRoot, 'node_modules/prisma/build/index.js')
    const env = { ...process.env, DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: ownerUrl }
    const child = spawn(process.execPath, [prisma, 'migrate', 'deploy'], { cwd: projectRoot, env })
    let said = ''
    child.stdout.on('data', chunk => (said += chunk))
    child.stderr.on('data', chunk => (said += chunk))
    child.once('error', reject)
    child.once('close', code =>
      code === 0 ? resolve() : reject(new Error(`The database could not be migrated:\n${said.trim()}`)),
    )
  })
}

// Tables are granted by the migrations, to a role of this name: whoever else connects has to be a member of it.
async function refuseStranger(client: pg.Client, role: string): Promise<void> {
  const known = 'SELECT pg_has_role($1, oid, $2) AS member FROM pg_roles WHERE rolname = $3'
  const { rows } = await client.query(known, [role, 'USAGE', APPLICATION])
  if (rows[0]?.member) return
  throw new Error(
    `The role "${role}" of DATABASE_URL may not use Homeward's tables. Before the first start, as superuser: ` +
      `CREATE ROLE ${APPLICATION}; GRANT ${APPLICATION} TO "${role}".`,
  )
}

async function queueVersion(client: pg.Client): Promise<number> {
  const { rows: tables } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [
    `${QUEUE_SCHEMA}.migration`,
  ])
  if (!tables[0].there) return 0
  const { rows } = await client.query(`SELECT max(version)::int AS version FROM ${QUEUE_SCHEMA}.migration`)
  return rows[0].version ?? 0
}

// BullMQ makes sequences as it runs, so its schema belongs to the application. To make that schema the application
// needs a right over the whole database, which it has no longer than that.
async function migrateQueue(ownerUrl: string, applicationUrl: string): Promise<void> {
  if ((await withClient(applicationUrl, queueVersion)) === LATEST_SCHEMA_VERSION) return
  const role = pg.escapeIdentifier(roleOf(applicationUrl))
  const database = pg.escapeIdentifier(decodeURIComponent(new URL(ownerUrl).pathname.slice(1)))
  const separate = roleOf(ownerUrl) !== roleOf(applicationUrl)
  await withClient(ownerUrl, async owner => {
    if (separate) await owner.query(`GRANT CREATE ON DATABASE ${database} TO ${role}`)
    try {
      // A pool would end before its connection does: a server that is stopped then would break it.
      await withClient(applicationUrl, client => runMigrations(client, QUEUE_SCHEMA))
    } finally {
      if (separate) await owner.query(`REVOKE CREATE ON DATABASE ${database} FROM ${role}`)
    }
  })
}
