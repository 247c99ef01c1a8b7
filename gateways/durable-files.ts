import { createHash, randomBytes } from 'node:crypto'
import { type BigIntStats, readlinkSync } from 'node:fs'
import { lstat, open, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Where process ids mean the same thing: this host and, in containers, this process namespace. */
const home = createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8)
const form = /^\.hw-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}\.tmp$/
const abandonedAfterMs = 3_600_000

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

/** The code of a system error ("ENOENT"), or "" for anything else. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** A name for a file that is not there yet for anybody else: ".hw-<home>-<pid>-<random>.tmp". */
export const temporaryName = () => `.hw-${home}-${process.pid}-${randomBytes(8).toString('hex')}.tmp`

/**
 * Whether a temporary file was left by a process that is gone: it already has its real name too (killed between
 * link and unlink), its process has ended on this host, or nobody has written to it for an hour.
 */
function isAbandoned(name: string, stats: BigIntStats): boolean {
  const match = form.exec(name)
  if (!match || !stats.isFile()) return false
  if (stats.nlink > 1n || Date.now() - Number(stats.mtimeMs) > abandonedAfterMs) return true
  return match[1] === home && !isRunning(Number(match[2]))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

/** Removes the temporary file of that name in the folder where nobody will finish it any more. */
export async function clearIfAbandoned(folder: string, name: string): Promise<void> {
  if (!form.test(name)) return
  const path = join(folder, name)
  const stats = await lstat(path, { bigint: true }).catch(ignoreGone)
  if (stats && isAbandoned(name, stats)) await rm(path, { force: true })
}

/** {@link clearIfAbandoned} for everything directly in the folder. */
export async function clearAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await clearIfAbandoned(folder, name)
}

function ignoreGone(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null
  throw error
}

/** Makes names created in or removed from the folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Syncs one folder for many at once: whoever asks while a sync runs shares the next one. */
export class SharedFolderSync {
  private running: Promise<void> | null = null
  private next: Promise<void> | null = null

  constructor(private readonly folder: string) {}

  /** Resolves when a sync that began after this call is done. */
  request(): Promise<void> {
    if (!this.running) return this.start()
    this.next ??= this.running.then(
      () => this.start(),
      () => this.start(),
    )
    return this.next
  }

  private start(): Promise<void> {
    this.next = null
    const sync = syncFolder(this.folder).finally(() => {
      if (this.running === sync) this.running = null
    })
    this.running = sync
    return sync
  }
}
