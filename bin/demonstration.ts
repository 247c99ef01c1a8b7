import { spawn } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Resolved } from '@/bin/environment'
import { projectRoot } from '@/bin/project-root'

async function asOwner<T>(settings: Resolved, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: settings.ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function emptyTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'
     AND tablename NOT IN ('_prisma_migrations', 'status_page')`,
  )
  await client.query(`TRUNCATE ${rows.map(row => row.name).join(', ')}`)
}

/**
 * Tells the demonstration into an empty embedded database. One that was interrupted half told is emptied and begins
 * again: nobody has used it yet.
 */
export async function seedIfEmpty(settings: Resolved, signal: AbortSignal): Promise<void> {
  const halfTold = path.join(settings.dataDirectory, 'demonstration-unfinished')
  const isEmpty = await asOwner(settings, async client => {
    if (existsSync(halfTold)) await emptyTables(client)
    return (await client.query('SELECT FROM carriers LIMIT 1')).rowCount === 0
  })
  if (!isEmpty) return
  writeFileSync(halfTold, '')
  await runSeed(signal)
  if (!signal.aborted) rmSync(halfTold)
}

function runSeed(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['--import', 'tsx', 'bin/seed-demonstration.ts']
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    signal.addEventListener('abort', () => child.kill('SIGKILL'))
    child.once('error', reject)
    child.once('exit', code =>
      code === 0 || signal.aborted ? resolve() : reject(new Error('The demonstration could not be told.')),
    )
  })
}
