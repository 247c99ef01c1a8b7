import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { migrate } from '@/bin/migrate'
import { openServices } from '@/bin/services'
import type { ProcessServices } from '@/workers/handler'

export interface BenchInstallation {
  services: ProcessServices
  /** Backup storage's folder. */
  backup: string
  folder: string
  end(): Promise<void>
}

/** A whole installation in a temporary folder, as a figure needs it: nothing of it is left behind. */
export async function beginInstallation(): Promise<BenchInstallation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'homeward-bench-'))
  const backup = path.join(folder, 'backup')
  mkdirSync(backup)
  const postgres = await joinEmbeddedPostgres(folder)
  await migrate(postgres.ownerUrl, postgres.applicationUrl)
  Object.assign(process.env, {
    DATABASE_URL: postgres.applicationUrl,
    DATA_DIR: folder,
    BACKUP_URL: pathToFileURL(backup).href,
    HOMEWARD_KEY: `bench:${randomBytes(32).toString('base64')}`,
    DEVICE_ALLOWED_HOSTS: '127.0.0.1',
    LOG_LEVEL: 'silent',
  })
  const { services, close } = openServices('bench')
  return {
    services,
    backup,
    folder,
    async end() {
      await close()
      await postgres.leave()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!
