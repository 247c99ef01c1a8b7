import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { invocation, type Postmaster, runningPostmaster } from '@/bin/postgres-process'
import { processStart } from '@/bin/process-lock.mjs'

const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 60_000
const POLL_MS = 20
const LOG_LIMIT_BYTES = 5_000_000

/** The folder of one cluster: data/, server.log and the port it had last. */
export interface Cluster {
  directory: string
  superuserPassword: string
  /** Test data need not survive a power cut. */
  durable: boolean
  /** Ends when the process that started it dies; otherwise it goes on for whoever else uses it. */
  endWithParent: boolean
}

const dataOf = (cluster: Cluster) => path.join(cluster.directory, 'data')
const portFileOf = (cluster: Cluster) => path.join(cluster.directory, 'port')
const logOf = (cluster: Cluster) => path.join(cluster.directory, 'server.log')

const logTail = (cluster: Cluster) =>
  existsSync(logOf(cluster)) ? readFileSync(logOf(cluster), 'utf8').split('\n').slice(-12).join('\n') : ''

/** Whether data files are there. They appear all at once. */
const isInitialised = (cluster: Cluster) => existsSync(path.join(dataOf(cluster), 'PG_VERSION'))

/** Makes the data files, unless they are there. Superuser is `postgres`; every login, local ones too, needs a password. */
export function initialise(cluster: Cluster): void {
  if (isInitialised(cluster)) return
  mkdirSync(cluster.directory, { recursive: true, mode: 0o700 })
  const draft = path.join(cluster.directory, 'data.new')
  rmSync(draft, { recursive: true, force: true })
  const passwordFile = path.join(cluster.directory, `password-${randomUUID()}`)
  writeFileSync(passwordFile, cluster.superuserPassword, { mode: 0o600 })
  try {
    const { command, args, options } = invocation(
      'initdb',
      [
        ['--pgdata', draft, '--username', 'postgres', '--auth', 'scram-sha-256', '--pwfile', passwordFile],
        // The builtin provider sorts and folds letters alike on every system; LC_CTYPE matters to pg_trgm.
        ['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        ['--locale', process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'],
        cluster.durable ? [] : ['--no-sync', '--wal-segsize', '1'],
      ].flat(),
      cluster.directory,
    )
    if (options.uid !== undefined) chownSync(passwordFile, options.uid, options.gid!)
    const done = spawnSync(command, args, { ...options, cwd: cluster.directory, encoding: 'utf8' })
    if (done.error) throw new Error(`initdb could not be run: ${done.error.message}`)
    if (done.status !== 0) throw new Error(`initdb failed (${done.status ?? done.signal}): ${done.stderr}`)
    renameSync(draft, dataOf(cluster))
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function freePort(wanted: number): Promise<number | null> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(null))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : null
      probe.close(() => resolve(port))
    })
  })
}

// The port stays the same over a restart where it can, so that who is connected finds the server again.
async function choosePort(cluster: Cluster, attempt: number): Promise<number> {
  const last = existsSync(portFileOf(cluster)) ? Number(readFileSync(portFileOf(cluster), 'utf8')) : 0
  const port = (last && attempt < 5 ? await freePort(last) : null) ?? (await freePort(0))
  if (!port) throw new Error('No free port on 127.0.0.1 for the embedded PostgreSQL.')
  writeFileSync(portFileOf(cluster), String(port))
  return port
}

async function launch(cluster: Cluster, attempt: number): Promise<() => boolean> {
  const port = await choosePort(cluster, attempt)
  // What a statement fails with may name a person, and is told to whoever sent it: the server's log leaves it out.
  const quiet = { log_min_messages: 'log', log_min_error_statement: 'panic', log_error_verbosity: 'terse' }
  const zone = { log_timezone: 'UTC', timezone: 'UTC' }
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...zone, ...quiet }
  const careless = cluster.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const given = Object.entries({ ...settings, ...careless }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { command, args, options } = invocation(
    'postgres',
    ['-D', dataOf(cluster), '-p', String(port), ...given],
    cluster.directory,
    cluster.endWithParent,
  )
  const tooLong = existsSync(logOf(cluster)) && statSync(logOf(cluster)).size > LOG_LIMIT_BYTES
  const log = openSync(logOf(cluster), tooLong ? 'w' : 'a', 0o600)
  // A process group of its own: Ctrl-C reaches those who use the server first.
  const child = spawn(command, args, {
    ...options,
    cwd: cluster.directory,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let over = false
  child.once('exit', () => (over = true))
  child.once('error', () => (over = true))
  child.unref()
  return () => over
}

/**
 * The server on these files, started if none runs. One that was killed has left a pid file, and for a moment processes
 * that still hold its memory: both are waited out. Rejects with the end of the server's log.
 */
export async function start(cluster: Cluster): Promise<Postmaster> {
  const deadline = Date.now() + START_LIMIT_MS
  let launched: (() => boolean) | null = null
  for (let attempt = 0; Date.now() < deadline; ) {
    const running = runningPostmaster(dataOf(cluster))
    if (running?.ready) return running
    if (!running && (!launched || launched())) {
      if (attempt > 0) await sleep(Math.min(100 * attempt, 1000))
      if (attempt > 20) break
      rmSync(path.join(dataOf(cluster), 'postmaster.pid'), { force: true })
      launched = await launch(cluster, attempt++)
    }
    await sleep(POLL_MS)
  }
  throw new Error(`The embedded PostgreSQL did not start:\n${logTail(cluster)}`)
}

/** Stops the server (fast shutdown: sessions are ended, nothing acknowledged is lost) and waits until it is gone. */
export async function stop(cluster: Cluster): Promise<void> {
  const running = runningPostmaster(dataOf(cluster))
  if (!running) return
  const begun = processStart(running.pid)
  const deadline = Date.now() + STOP_LIMIT_MS
  process.kill(running.pid, 'SIGINT')
  while (processStart(running.pid) === begun) {
    if (Date.now() > deadline) {
      process.kill(running.pid, 'SIGQUIT')
      return
    }
    await sleep(POLL_MS)
  }
}
