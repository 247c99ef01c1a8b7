import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode, syncFolder, temporaryName } from '@/gateways/durable-files'

/**
 * Writes files into a folder that is not there yet, or is empty: beside it, in their order, and then put in its place at once.
 * What fails on the way leaves nothing. Answers false, with nothing written, where the folder holds something.
 */
export async function writeNewFolder(folder: string, files: { path: string; bytes: Uint8Array }[]): Promise<boolean> {
  if (!(await isFree(folder))) return false
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  const draft = join(parent, temporaryName())
  await mkdir(draft, { mode: 0o700 })
  try {
    const folders = new Set([draft])
    for (const { path, bytes } of files) {
      const file = join(draft, path)
      await mkdir(dirname(file), { recursive: true })
      folders.add(dirname(file))
      const handle = await open(file, 'wx', 0o600)
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
    }
    for (const one of folders) await syncFolder(one)
    await rename(draft, folder)
    await syncFolder(parent)
    return true
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Somebody else put something there meanwhile.
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errorCode(error))) return false
    throw error
  }
}

/** Whether something new may be put there: nothing is, or an empty folder. */
export async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true
    if (errorCode(error) === 'ENOTDIR') return false
    throw error
  }
}

export async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory()
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false
    throw error
  }
}
