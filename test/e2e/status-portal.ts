import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '@/bin/project-root'
import { system } from '@/domain/actor'
import { openIncident } from '@/domain/incident/open-incident'
import setup from '@/test/support/global-setup'
import { RestoreWorld } from '@/test/support/restore-world'
import { freePort } from '@/test/support/server-process'
import { handle as publishStatus } from '@/workers/handlers/publish-status'

/** The portal as it runs in production, with one incident published, on a PostgreSQL of its own that can be stopped. */
export class StatusPortal {
  private constructor(
    readonly origin: string,
    readonly slug: string,
    private readonly world: RestoreWorld,
    private readonly process: ChildProcess,
    private readonly stopCluster: () => Promise<void>,
  ) {}

  static async begin(said: {
    titleEn: string
    titleFr: string
    bodyEn: string
    bodyFr: string
  }): Promise<StatusPortal> {
    const stopCluster = await setup()
    const HOMEWARD_KEY = `test:${randomBytes(32).toString('base64')}`
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const world = await RestoreWorld.begin({ HOMEWARD_KEY, PUBLIC_URL: origin })
    const now = new Date()
    const nextUpdateBy = new Date(now.getTime() + 3_600_000)
    const opening = { ...said, status: 'identified', startedAt: now, nextUpdateBy, tell: false } as const
    const { slug } = await openIncident(system('test'), opening, now)
    await publishStatus({}, { ...world.open.services, signal: new AbortController().signal })
    const child = spawn(process.execPath, ['bin/portal.mjs'], {
      cwd: projectRoot,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        NODE_ENV: 'production',
        PATH: process.env.PATH,
        PORT: String(port),
        DATABASE_URL: process.env.DATABASE_URL,
        HOMEWARD_KEY,
        NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
        NEXTAUTH_URL: origin,
        PUBLIC_URL: origin,
        MAIL_FROM: 'Homeward <no-reply@homeward.example>',
        DATA_DIR: world.folder,
        BACKUP_URL: pathToFileURL(world.backup).href,
        SNAPSHOT_URL: pathToFileURL(`${world.folder}/snapshots`).href,
        LOG_LEVEL: 'silent',
      },
    })
    const portal = new StatusPortal(origin, slug, world, child, stopCluster)
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('No portal.'))),
    ])
    return portal
  }

  /** From here on nothing can be read or written. */
  async stopDatabase(): Promise<void> {
    await this.world.open.close()
    await this.stopCluster()
  }

  async end(): Promise<void> {
    if (this.process.exitCode !== null) return
    const ended = once(this.process, 'exit')
    this.process.kill('SIGTERM')
    await Promise.race([ended, sleep(10_000).then(() => this.process.kill('SIGKILL'))])
  }
}
