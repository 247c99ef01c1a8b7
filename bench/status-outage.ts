import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
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
const port = 3391
const addresses = ['/en', '/api/v2/summary.json']

/** What the portal answers a second with PostgreSQL running and with it stopped, in turn. Its queue lives there too. */
export async function benchStatusOutage(): Promise<BenchResult[]> {
  if (!existsSync('.next/BUILD_ID')) spawnSync('node_modules/.bin/next', ['build'], { stdio: 'ignore' })
  const folder = newFolder()
  const root = path.join(folder, 'status')
  await folderStatusFiles({ root }).publish({ number: 1, publishedAt: new Date(), files: siteWith('first') })
  let postgres = await joinEmbeddedPostgres(folder)
  await migrate(postgres.ownerUrl, postgres.applicationUrl)
  const portal = startPortal(folder, root, postgres.applicationUrl)
  try {
    await once(portal, 'message')
    for (const address of addresses) await rate(address)
    const measured: { running: number[]; stopped: number[] }[] = []
    for (let round = 0; round < rounds; round++) {
      // It has connections to lose.
      await fetch(`http://127.0.0.1:${port}/readyz`)
      const running = await rates()
      await postgres.leave()
      const stopped = await rates()
      measured.push({ running, stopped })
      postgres = await joinEmbeddedPostgres(folder)
    }
    return addresses.map((address, i) => ({
      name: `status page: ${address}, requests/s with PostgreSQL stopped : running`,
      ratio: median(measured.map(one => one.stopped[i]! / one.running[i]!)),
      target: 0.95,
      ours: median(measured.map(one => one.stopped[i]!)),
      theirs: median(measured.map(one => one.running[i]!)),
      unit: 'requests/s',
    }))
  } finally {
    portal.kill()
    await postgres.leave()
    rmSync(folder, { recursive: true, force: true })
  }
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
