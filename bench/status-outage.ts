import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import autocannon from 'autocannon'
import { median, newFolder } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { siteWith } from '@/bench/status-publisher'
import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { migrate } from '@/bin/migrate'
import { installationSecrets } from '@/bin/secrets-file'
import { folderStatusFiles } from '@/gateways/status-files'

const rounds = 5
const roundSeconds = 4
const [port, redisPort] = [3391, 3392]
const addresses = ['/en', '/api/v2/summary.json']

/** What the portal answers a second with PostgreSQL and Redis running and with both stopped, in turn. */
export async function benchStatusOutage(): Promise<BenchResult[]> {
  if (!existsSync('.next/BUILD_ID')) spawnSync('node_modules/.bin/next', ['build'], { stdio: 'ignore' })
  const folder = newFolder()
  const root = path.join(folder, 'status')
  await folderStatusFiles({ root }).publish({ number: 1, publishedAt: new Date(), files: siteWith('first') })
  let postgres = await joinEmbeddedPostgres(folder)
  await migrate(postgres.ownerUrl, postgres.applicationUrl)
  let redis = await startRedis()
  const portal = startPortal(folder, root, postgres.applicationUrl)
  try {
    await once(portal, 'message')
    for (const address of addresses) await rate(address)
    const measured: { running: number[]; stopped: number[] }[] = []
    for (let round = 0; round < rounds; round++) {
      // It has connections to lose.
      await fetch(`http://127.0.0.1:${port}/readyz`)
      const running = await rates()
      await Promise.all([postgres.leave(), stop(redis)])
      const stopped = await rates()
      measured.push({ running, stopped })
      postgres = await joinEmbeddedPostgres(folder)
      redis = await startRedis()
    }
    return addresses.map((address, i) => ({
      name: `status page: ${address}, requests/s with PostgreSQL and Redis stopped : running`,
      ratio: median(measured.map(one => one.stopped[i]! / one.running[i]!)),
      target: 0.95,
      ours: median(measured.map(one => one.stopped[i]!)),
      theirs: median(measured.map(one => one.running[i]!)),
      unit: 'requests/s',
    }))
  } finally {
    portal.kill()
    await Promise.all([postgres.leave(), stop(redis)])
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startRedis(): Promise<ChildProcess> {
  const args = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const redis = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(redis.stdout)) if (line.includes('Ready to accept connections')) return redis
  throw new Error('redis-server did not start.')
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

function startPortal(folder: string, root: string, databaseUrl: string) {
  const { homewardKey, nextauthSecret } = installationSecrets(folder)
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    PORT: String(port),
    PORTAL_HOST: '127.0.0.1',
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    STATUS_URL: pathToFileURL(root).href,
    BACKUP_URL: pathToFileURL(folder).href,
    SNAPSHOT_URL: pathToFileURL(folder).href,
    MAIL_FROM: 'bench@homeward.example',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    NEXTAUTH_SECRET: nextauthSecret,
    HOMEWARD_KEY: homewardKey,
  }
  return spawn(process.execPath, ['bin/portal.mjs'], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
}

async function rates(): Promise<number[]> {
  const measured: number[] = []
  for (const address of addresses) measured.push(await rate(address))
  return measured
}

/** Requests a second at fifty connections. Throws where one of them was not answered with 200. */
async function rate(address: string): Promise<number> {
  const url = `http://127.0.0.1:${port}${address}`
  const result = await autocannon({ url, connections: 50, duration: roundSeconds })
  if (result.errors + result.non2xx > 0) throw new Error(`${url} was not answered each time.`)
  return result.requests.average
}
