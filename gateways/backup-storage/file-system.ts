import fs, { closeSync, constants, fstatSync, lstatSync, readlinkSync, type Stats } from 'node:fs'
import { lstat, opendir, readdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  type BackupStorage,
  type ByteRange,
  ObjectMissing,
  type ReadOptions,
  type StoredObject,
} from '@/domain/recovery/backup-storage'
import { nameFromBytes, pathFromKey } from './object-names'

/** Big enough that reading a photo costs one call, small enough that a few files ahead cost little memory. */
const chunkBytes = 2 * 1_048_576
const statsAtOnce = 32
/** Waiting for another thread would take longer than a disk that answers within this time. */
const promptMs = 0.2
const foldersAtOnce = 32
/** A batch's own folder and its data/ may be a million wide and are streamed; what lies deeper is read in one go. */
const streamedDepth = 2
/** Chunks kept for use again: as many as a reader ahead has under way. */
const spareAtMost = 10

// Plain descriptors: a FileHandle costs as much as reading a small photo, and closing or asking one's size waits for nothing.
const open = promisify(fs.open)
const readBytes = promisify(fs.read)

const readInto = (file: number, buffer: Buffer, position: number): Promise<{ bytesRead: number; buffer: Buffer }> =>
  readBytes(file, buffer, 0, buffer.length, position)

/**
 * Backup storage in a folder. Links are never followed and never listed, below the root as little as in it; a key that
 * would leave the root names nothing. Names that are not UTF-8 are listed under the keys of object-names.ts.
 */
export function fileSystemStorage(rootUrlOrPath: string): BackupStorage {
  const root = rootUrlOrPath.startsWith('file:') ? fileURLToPath(rootUrlOrPath) : rootUrlOrPath
  return new FileSystemStorage(path.resolve(root))
}

class FileSystemStorage implements BackupStorage {
  private realRoot: Promise<string> | undefined
  private readonly spare: Buffer[] = []

  constructor(private readonly root: string) {}

  async *batchNames(): AsyncIterable<string> {
    for await (const entry of await opendir(this.root, { encoding: 'latin1' })) {
      const name = nameFromBytes(entry.name)
      if (entry.isDirectory() && !name.startsWith('.')) yield name
    }
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    if (folder !== '' && !(await this.isFolder(folder))) return
    let keys: string[] = []
    const objects = async () => {
      const found = await this.statAll(keys)
      keys = []
      return found
    }
    for await (const key of this.keys(folder, 0)) {
      if (key.startsWith(prefix)) keys.push(key)
      if (keys.length === statsAtOnce) yield* await objects()
    }
    yield* await objects()
  }

  async stat(key: string): Promise<StoredObject | null> {
    if (key.endsWith('/')) return (await this.isFolder(key)) ? { key, size: 0, modifiedAt: new Date(0) } : null
    return objectOf(key, isKey(key) ? await this.lstat(key) : null)
  }

  /** Those of the files that are there. A disk that answers at once is asked one by one, a slow one (over a network) all at once. */
  private async statAll(keys: string[]): Promise<StoredObject[]> {
    const found: (StoredObject | null)[] = []
    for (const [i, key] of keys.entries()) {
      const began = performance.now()
      found.push(objectOf(key, this.lstatNow(key)))
      if (performance.now() - began < promptMs) continue
      found.push(...(await Promise.all(keys.slice(i + 1).map(one => this.stat(one)))))
      break
    }
    return found.filter(object => object !== null)
  }

  async *read(key: string, range?: ByteRange, options: ReadOptions = {}): AsyncIterable<Uint8Array> {
    const { file, size } = await this.open(key)
    const end = Math.min(size, range?.to ?? size)
    let at = range?.from ?? 0
    const lent: Buffer[] = []
    const memory = (length: number, turn: number): Buffer => {
      if (!options.transient) return Buffer.allocUnsafeSlow(length)
      lent[turn] ??= this.spare.pop() ?? Buffer.allocUnsafeSlow(chunkBytes)
      return lent[turn].subarray(0, length)
    }
    let turn = 0
    const next = () => {
      const length = Math.min(chunkBytes, end - at)
      if (length <= 0) return null
      const asked = readInto(file, memory(length, turn), at)
      at += length
      turn = 1 - turn
      return asked
    }
    let asked = next()
    try {
      while (asked) {
        const { buffer, bytesRead } = await asked
        // A short read means that the file shrank: reading on would leave a hole.
        asked = bytesRead === buffer.length ? next() : null
        // Awaited at the next turn, which throws; until then it is nobody's unhandled rejection.
        asked?.catch(() => undefined)
        if (bytesRead > 0) yield bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead)
      }
    } finally {
      // A read that nobody takes any more must have ended before the file is closed, however it ended.
      await asked?.catch(() => undefined)
      closeSync(file)
      if (this.spare.length < spareAtMost) this.spare.push(...lent)
    }
  }

  /** Keys of the files below a folder (a key with its "/"), depth first. */
  private async *keys(folder: string, depth: number): AsyncIterable<string> {
    let narrow: Promise<string[]>[] = []
    const read = async () => {
      const all = await Promise.all(narrow)
      narrow = []
      return all
    }
    for await (const entry of await opendir(this.pathOf(folder), { encoding: 'latin1', bufferSize: 512 })) {
      const key = folder + nameFromBytes(entry.name)
      if (entry.isFile()) yield key
      else if (!entry.isDirectory()) continue
      else if (depth + 1 < streamedDepth) yield* this.keys(`${key}/`, depth + 1)
      else narrow.push(this.keysBelow(`${key}/`))
      if (narrow.length === foldersAtOnce) for (const keys of await read()) yield* keys
    }
    for (const keys of await read()) yield* keys
  }

  private async keysBelow(folder: string): Promise<string[]> {
    const keys: string[] = []
    for (const entry of await readdir(this.pathOf(folder), { encoding: 'latin1', withFileTypes: true })) {
      const key = folder + nameFromBytes(entry.name)
      if (entry.isFile()) keys.push(key)
      else if (entry.isDirectory()) for (const deeper of await this.keysBelow(`${key}/`)) keys.push(deeper)
    }
    return keys
  }

  /** A Buffer, because a name that is not UTF-8 has no string that names it. */
  private pathOf(key: string): Buffer {
    return Buffer.concat([Buffer.from(`${this.root}/`), pathFromKey(key)])
  }

  private lstatNow(key: string): Stats | null {
    try {
      return lstatSync(this.pathOf(key))
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  private async lstat(key: string): Promise<Stats | null> {
    try {
      return await lstat(this.pathOf(key))
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  private async isFolder(key: string): Promise<boolean> {
    const name = key.slice(0, -1)
    return isKey(name) && (await this.lstat(name))?.isDirectory() === true && (await this.isInside(name))
  }

  private async open(key: string): Promise<{ file: number; size: number }> {
    if (!isKey(key)) throw new ObjectMissing(key)
    this.realRoot ??= realpath(this.root)
    const root = await this.realRoot
    try {
      // O_NONBLOCK: a pipe put in a file's place must not hold the reader for ever.
      const file = await open(this.pathOf(key), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
      const stats = fstatSync(file)
      const inside = openedPath(file)?.equals(below(root, key)) ?? (await this.isInside(path.posix.dirname(key)))
      if (stats.isFile() && inside) return { file, size: stats.size }
      closeSync(file)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    throw new ObjectMissing(key)
  }

  /** Whether a folder's key leads to that folder with no link on the way from the root. */
  private async isInside(folder: string): Promise<boolean> {
    if (folder === '.') return true
    this.realRoot ??= realpath(this.root)
    try {
      return (await realpath(this.pathOf(folder), { encoding: 'buffer' })).equals(below(await this.realRoot, folder))
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }
}

const objectOf = (key: string, stats: Stats | null): StoredObject | null =>
  stats?.isFile() ? { key, size: stats.size, modifiedAt: stats.mtime } : null

const below = (root: string, key: string): Buffer =>
  Buffer.concat([Buffer.from(path.join(root, '/')), pathFromKey(key)])

/** Where an open file really lies, as Linux says without another look at the disk; null on other systems. */
function openedPath(file: number): Buffer | null {
  try {
    return readlinkSync(`/proc/self/fd/${file}`, 'buffer')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Whether a key has the form that a listing gives: plain segments, none of which climbs. */
function isKey(key: string): boolean {
  return !key.includes('\0') && key.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..')
}

/** ELOOP: a link where O_NOFOLLOW met one; ENXIO: a socket or a pipe. */
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'ENAMETOOLONG'].includes(String(code))
}
