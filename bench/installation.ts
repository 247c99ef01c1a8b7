import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { migrate } from '@/bin/migrate'
import { installationSecrets } from '@/bin/secrets-file'
import { openServices } from '@/bin/services'
import type { ProcessServices } from '@/workers/handler'

export interface BenchInstallation {
  services: ProcessServices
  /** Backup storage's folder. */
  backup: string
  folder: string
  /** As the role that owns the tables. */
  ownerUrl: string
  end(): Promise<void>
}

export const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'homeward-bench-'))

/** A whole installation as a figure needs it. In a folder of its own it leaves nothing behind; a folder that is given stays. */
export async function beginInstallation(given?: string): Promise<BenchInstallation> {
  const folder = given ?? newFolder()
  const backup = path.join(folder, 'backup')
  mkdirSync(backup, { recursive: true })
  const postgres = await joinEmbeddedPostgres(folder)
  await migrate(postgres.ownerUrl, postgres.applicationUrl)
  Object.assign(process.env, {
    DATABASE_URL: postgres.applicationUrl,
    DATA_DIR: folder,
    BACKUP_URL: pathToFileURL(backup).href,
    HOMEWARD_KEY: installationSecrets(folder).homewardKey,
    DEVICE_ALLOWED_HOSTS: '127.0.0.1',
    LOG_LEVEL: 'silent',
  })
  const { services, close } = openServices('bench')
  return {
    services,
    backup,
    folder,
    ownerUrl: postgres.ownerUrl,
    async end() {
      await close()
      await postgres.leave()
      if (given === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!
