import { existsSync } from 'node:fs'
import { readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clearAbandoned, errorCode, temporaryName } from '@/gateways/durable-files'

const lockName = '.publishing'
const pollMs = 10
/** What somebody makes on the way is named after their mark: "<mark>.<what>". */
const ofMark = /^(\.hw-.+\.tmp)\.\w+$/

/** Somebody at work in a folder: a file named after the process, there for as long as the work is under way. */
export class Mark {
  private constructor(
    private readonly folder: string,
    readonly name: string,
  ) {}

  static async set(folder: string): Promise<Mark> {
    const name = temporaryName()
    await writeFile(join(folder, name), '', { flag: 'wx' })
    return new Mark(folder, name)
  }

  /** A path for something of this mark's; {@link clearUnmarked} removes it once the mark is gone. */
  path(what: string): string {
    return join(this.folder, `${this.name}.${what}`)
  }

  /** Runs `work` while no other mark in the folder does. One that was killed holds nobody up. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const lock = join(this.folder, lockName)
    while (!(await this.take(lock))) {
      await clearAbandoned(this.folder)
      if (!existsSync(lock)) await this.removeDangling(lock)
      await sleep(pollMs)
    }
    try {
      return await work()
    } finally {
      await rm(lock, { force: true })
    }
  }

  /** Takes away the mark and whatever is left of its. */
  async clear(): Promise<void> {
    await rm(join(this.folder, this.name), { force: true })
    await clearUnmarked(this.folder)
  }

  // A link to the mark: it appears whole or not at all, and leads nowhere once its owner is gone.
  private async take(lock: string): Promise<boolean> {
    try {
      await symlink(this.name, lock)
      return true
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false
      throw error
    }
  }

  // Taken aside before it is removed: who looked at a dead lock must not remove the living one that came after it.
  private async removeDangling(lock: string): Promise<void> {
    const aside = this.path('lock')
    try {
      await rename(lock, aside)
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return
      throw error
    }
    if (existsSync(aside)) await symlink(await readlink(aside), lock)
    await rm(aside, { force: true })
  }
}

/** Removes from the folder what was left on the way by those who are gone, killed ones too. */
export async function clearUnmarked(folder: string): Promise<void> {
  await clearAbandoned(folder)
  const names = await readdir(folder)
  for (const name of names) {
    const mark = ofMark.exec(name)?.[1]
    if (mark === undefined || existsSync(join(folder, mark))) continue
    await rm(join(folder, name), { recursive: true, force: true })
  }
}
