import { link, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { clearAbandoned, errorCode, SharedFolderSync, temporaryName } from '@/gateways/durable-files'

const clearEveryMs = 3_600_000

/** A folder (0700) of files (0600) that each appear whole or not at all, and are written once: the first of a name stays. */
export class OnceFolder {
  private readonly sync: SharedFolderSync
  private clearedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly folder: string) {
    this.sync = new SharedFolderSync(folder)
  }

  /** Throws the system's error. */
  async write(name: string, bytes: Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await this.clear()
    const temporary = join(this.folder, temporaryName())
    try {
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await link(temporary, join(this.folder, name))
      await this.sync.request()
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    } finally {
      await rm(temporary, { force: true })
    }
  }

  /** Listing the folder for every file would make many files slow. */
  private async clear(): Promise<void> {
    if (Date.now() - this.clearedAt < clearEveryMs) return
    this.clearedAt = Date.now()
    await clearAbandoned(this.folder)
  }
}
