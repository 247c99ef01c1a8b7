import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, initialise, start, stop } from '@/bin/postgres-cluster'
import { APPLICATION, OWNER, provision, roleUrl } from '@/bin/postgres-roles'
import { processStart, withProcessLock } from '@/bin/process-lock.mjs'
import { installationSecrets } from '@/bin/secrets-file'

/** Held shared by everyone who uses the server; who can have it alone is the last one. */
const USERS_LOCK = 4_815_162_342
const JOIN_LIMIT_MS = 120_000
const RETRY_MS = 50
const KILLED_LIMIT_MS = 10_000

/** What a server that stops or starts under our feet answers: cannot connect now, admin or crash shutdown, refused. */
const PASSING = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** One process's use of the embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** As the role of portal and workers. */
  applicationUrl: string
  /** As the role that owns the tables. */
  ownerUrl: string
  /** Resolves when the server is gone without having been left: it was killed, or somebody stopped it. */
  lost: Promise<void>
  /** Resolves when nothing else of portal and workers is connected any more, or after `limitMs`. */
  quiet(limitMs: number): Promise<void>
  /** Ends the use. The last one to leave stops the server. */
  leave(): Promise<void>
}

/** Which processes, by number and start, hold the users' lock beside us. */
const OTHER_USERS = `
  SELECT a.application_name AS name
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'advisory' AND l.granted AND l.pid <> pg_backend_pid()
    AND (l.classid::bigint << 32) + l.objid::bigint = $1`

const nameOfUse = () => `homeward ${process.pid} ${processStart(process.pid)}`

function isKilled(use: string): boolean {
  const [, pid = '', started = ''] = /^homeward (\d+) (.+)$/.exec(use) ?? []
  return pid !== '' && processStart(Number(pid)) !== started
}

const isPassing = (error: unknown) =>
  error instanceof Error &&
  (PASSING.has((error as NodeJS.ErrnoException).code ?? '') ||
    /Connection terminated|not queryable/.test(error.message))

/**
 * Uses the PostgreSQL of this data directory, started for the first user and stopped by the last. Any number of processes
 * may join and leave at any time; one that is killed has left.
 */
export async function joinEmbeddedPostgres(dataDirectory: string): Promise<EmbeddedPostgres> {
  const secrets = installationSecrets(dataDirectory)
  const cluster: Cluster = {
    directory: path.join(dataDirectory, 'postgres'),
    superuserPassword: secrets.postgresSuperuser,
    durable: true,
    endWithParent: false,
  }
  mkdirSync(cluster.directory, { recursive: true, mode: 0o700 })
  const passwords = {
    superuser: secrets.postgresSuperuser,
    owner: secrets.postgresOwner,
    app: secrets.postgresApplication,
  }
  const deadline = Date.now() + JOIN_LIMIT_MS
  for (;;) {
    try {
      const port = await withProcessLock(path.join(cluster.directory, 'lock'), () => running(cluster, passwords))
      const ownerUrl = roleUrl(port, OWNER, passwords.owner)
      const applicationUrl = roleUrl(port, APPLICATION, passwords.app)
      return { applicationUrl, ownerUrl, ...(await register(cluster, ownerUrl)) }
    } catch (error) {
      if (!isPassing(error) || Date.now() > deadline) throw error
      await sleep(RETRY_MS)
    }
  }
}

async function running(cluster: Cluster, passwords: Parameters<typeof provision>[1]): Promise<number> {
  initialise(cluster)
  const { port } = await start(cluster)
  // The number rises with what is provisioned, so that an older cluster gets the rest.
  const provisioned = path.join(cluster.directory, 'provisioned-2')
  if (!existsSync(provisioned)) {
    await provision(port, passwords)
    writeFileSync(provisioned, '')
  }
  return port
}

async function register(cluster: Cluster, ownerUrl: string) {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: nameOfUse(), keepAlive: true })
  const lost = new Promise<void>(resolve => {
    client.once('end', resolve)
    client.on('error', () => resolve())
  })
  await client.connect()
  // Waits while somebody who holds it alone is stopping the server, and is then cut off with it.
  await client.query('SELECT pg_advisory_lock_shared($1)', [USERS_LOCK])
  const others = async () => {
    const query = 'SELECT FROM pg_stat_activity WHERE usename = $1 AND datname = current_database()'
    return (await client.query(query, [APPLICATION])).rowCount
  }
  // A killed process holds its lock until the server has read that its connection is gone, which may take a moment.
  const onlyKilledOnesLeft = async () => {
    const { rows } = await client.query<{ name: string }>(OTHER_USERS, [USERS_LOCK])
    return rows.every(row => isKilled(row.name))
  }
  const isAlone = async () => {
    for (const end = Date.now() + KILLED_LIMIT_MS; ; await sleep(RETRY_MS)) {
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS alone', [USERS_LOCK])
      if (rows[0].alone) return true
      if (Date.now() > end || !(await onlyKilledOnesLeft())) return false
    }
  }
  return {
    lost,
    async quiet(limitMs: number) {
      for (const end = Date.now() + limitMs; Date.now() < end && (await others()); ) await sleep(RETRY_MS)
    },
    async leave() {
      try {
        await client.query('SELECT pg_advisory_unlock_shared($1)', [USERS_LOCK])
        if (await isAlone()) await stop(cluster)
      } catch (error) {
        // The server is gone already: there is nothing to stop.
        if (!isPassing(error)) throw error
      } finally {
        await client.end().catch(() => client.connection?.stream.destroy())
      }
    },
  }
}
