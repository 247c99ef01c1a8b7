import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type EmbeddedPostgres, joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { runningPostmaster } from '@/bin/postgres-process'
import { projectRoot } from '@/bin/project-root'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const folder = temporaryFolder('embedded')
const data = path.join(folder, 'data')
const server = () => runningPostmaster(path.join(data, 'postgres/data'))

beforeAll(async () => {
  await (await joinEmbeddedPostgres(data)).leave()
})
afterAll(() => {
  const left = server()
  if (left) process.kill(left.pid, 'SIGKILL')
  removeFolder(folder)
})

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

/** Another process that uses the server until it is told to leave, or killed. */
async function neighbour(): Promise<ChildProcess> {
  const script = `
    import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'
    const used = await joinEmbeddedPostgres(${JSON.stringify(data)})
    process.send('joined')
    process.once('message', async () => { await used.leave(); process.exit(0) })`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await once(child, 'message')
  return child
}

it('keeps its secrets to its user, and asks everyone for a password', async () => {
  expect(statSync(path.join(data, 'secrets.json')).mode & 0o777).toBe(0o600)
  const used = await joinEmbeddedPostgres(data)
  const { username, port } = new URL(used.applicationUrl)
  for (const name of [username, 'postgres']) {
    const guess = `postgresql://${name}:guess@127.0.0.1:${port}/homeward`
    await expect(ask(guess, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
  }
  expect(await ask(used.applicationUrl, `SELECT lower('ÉTÉ') AS l, current_setting('is_superuser') AS s`)).toEqual([
    { l: 'été', s: 'off' },
  ])
  await used.leave()
  expect(server()).toBeNull()
})

it('writes nothing into its log of what a statement was about, not when it fails either', async () => {
  const used = await joinEmbeddedPostgres(data)
  const failing = [
    `SELECT 'Quillfeather'::uuid`,
    `CREATE TEMP TABLE t (name text UNIQUE CHECK (name <> 'x')); INSERT INTO t VALUES ('Quillfeather'), ('Quillfeather')`,
    `CREATE TEMP TABLE t (name text, n int CHECK (n > 0)); INSERT INTO t VALUES ('Quillfeather', 0)`,
    `DO $$ BEGIN RAISE WARNING 'Quillfeather'; RAISE EXCEPTION 'Quillfeather'; END $$`,
  ]
  for (const query of failing) await expect(ask(used.applicationUrl, query)).rejects.toThrow()
  await used.leave()
  const log = readFileSync(path.join(data, 'postgres/server.log'), 'utf8')
  expect(log).toContain('database system is ready')
  expect(log).not.toContain('Quillfeather')
})

it('goes on while somebody uses it, whoever started it', async () => {
  const child = await neighbour()
  const used = await joinEmbeddedPostgres(data)
  child.send('leave')
  await once(child, 'exit')
  expect(await ask(used.applicationUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  await used.leave()
  expect(server()).toBeNull()
})

it('takes a killed process for one that left', async () => {
  const used = await joinEmbeddedPostgres(data)
  const child = await neighbour()
  child.kill('SIGKILL')
  await once(child, 'exit')
  await used.leave()
  expect(server()).toBeNull()
})

it('waits until the server has noticed that a process was killed', async () => {
  const used = await joinEmbeddedPostgres(data)
  const child = await neighbour()
  const session = `SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'homeward ${child.pid} %'`
  const [backend] = (await ask(used.ownerUrl, session)) as { pid: number }[]
  process.kill(backend!.pid, 'SIGSTOP')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const left = used.leave()
  await sleep(500)
  expect(server()).not.toBeNull()
  process.kill(backend!.pid, 'SIGCONT')
  await left
  expect(server()).toBeNull()
})

it('says that the server was killed, and starts it again without losing what was acknowledged', async () => {
  const used = await joinEmbeddedPostgres(data)
  await ask(used.ownerUrl, 'CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS n')
  const before = server()
  process.kill(before!.pid, 'SIGKILL')
  await used.lost
  const again = await joinEmbeddedPostgres(data)
  expect(again.applicationUrl).toBe(used.applicationUrl)
  expect(await ask(again.ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  await used.leave()
  expect(server()).not.toBeNull()
  await again.leave()
  expect(server()).toBeNull()
})

it('starts beside a pid file whose number belongs to another process by now', async () => {
  const pidFile = path.join(data, 'postgres/data/postmaster.pid')
  const used = await joinEmbeddedPostgres(data)
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  await used.leave()
  writeFileSync(pidFile, [String(process.ppid), ...lines.slice(1)].join('\n'))
  await (await joinEmbeddedPostgres(data)).leave()
  expect(existsSync(pidFile)).toBe(false)
})

it('is joined and left by many at once', async () => {
  const rounds = Array.from({ length: 6 }, async (_, i) => {
    for (let round = 0; round < 4; round++) {
      const used: EmbeddedPostgres = await joinEmbeddedPostgres(data)
      expect(await ask(used.applicationUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
      await sleep(i * 3)
      await used.leave()
    }
  })
  await Promise.all(rounds)
  expect(server()).toBeNull()
})

it('refuses data whose secrets are gone', async () => {
  rmSync(path.join(data, 'secrets.json'))
  await expect(joinEmbeddedPostgres(data)).rejects.toThrow(/secrets\.json is missing/)
  expect(existsSync(path.join(data, 'secrets.json'))).toBe(false)
})
