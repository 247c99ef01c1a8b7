import { createHash } from 'node:crypto'
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs'
import { type FileHandle, link, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DeviceAccountError, type Payload } from '@/domain/restore/device-account'
import { asFault, onDisk } from '@/gateways/device-account/vdir-faults'
import { errorCode, temporaryName } from '@/gateways/durable-files'

const chunkBytes = 256 * 1024
const smallBytes = 65_536
const breatheAfterMs = 4

/** What tells one state of a file from another without reading it. */
export const signatureOf = (stats: BigIntStats) =>
  `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`

const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
const isNoPlainFile = (error: unknown) => ['ENOENT', 'ELOOP', 'ENXIO', 'EISDIR'].includes(errorCode(error))

/**
 * The bytes of a plain file that is small, 'large' where it is not, null where there is none. Synchronous on purpose:
 * a listing of a hundred thousand cards takes a tenth of the time that waiting for each call costs.
 */
export function readSmall(path: string): Buffer | 'large' | null {
  try {
    const descriptor = openSync(path, readOnly)
    try {
      const stats = fstatSync(descriptor)
      if (!stats.isFile()) return null
      if (stats.size > smallBytes) return 'large'
      const buffer = Buffer.allocUnsafe(stats.size)
      let filled = 0
      while (filled < buffer.length) {
        const read = readSync(descriptor, buffer, filled, buffer.length - filled, filled)
        if (read === 0) break
        filled += read
      }
      return buffer.subarray(0, filled)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (isNoPlainFile(error)) return null
    throw asFault(error)
  }
}

/** Lets the others of this process in after some milliseconds of calls that do not wait. */
export class Breather {
  private since = performance.now()

  async breathe(): Promise<void> {
    if (performance.now() - this.since < breatheAfterMs) return
    await new Promise(resolve => setImmediate(resolve))
    this.since = performance.now()
  }
}

/** Opens a plain file for reading. Null where nothing, a link, a folder or a device lies there; never waits for a pipe. */
export async function openPlain(path: string): Promise<{ file: FileHandle; stats: BigIntStats } | null> {
  let file: FileHandle
  try {
    file = await open(path, readOnly)
  } catch (error) {
    if (isNoPlainFile(error)) return null
    throw asFault(error)
  }
  const stats = await file.stat({ bigint: true })
  if (stats.isFile()) return { file, stats }
  await file.close()
  return null
}

/** SHA-256 of all the bytes, in hex, whatever was read from the handle before. */
export async function digestOf(file: FileHandle, size: bigint): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, Number(size) + 1)))
  for (let position = 0; ; ) {
    const { bytesRead } = await onDisk(() => file.read(buffer, 0, buffer.length, position))
    hash.update(buffer.subarray(0, bytesRead))
    if (bytesRead < buffer.length) return hash.digest('hex')
    position += bytesRead
  }
}

export interface Written {
  temporary: string
  /** SHA-256 of the bytes, in hex. */
  etag: string
}

/** Writes and syncs the body beside where it will lie. Errors of the body's own source pass as they are. */
export async function writeTemporary(folder: string, payload: Payload): Promise<Written> {
  const temporary = join(folder, temporaryName())
  const file = await onDisk(() => open(temporary, 'wx', 0o600))
  try {
    const hash = createHash('sha256')
    let length = 0
    for await (const chunk of typeof payload.body === 'function' ? payload.body() : [payload.body]) {
      hash.update(chunk)
      length += chunk.length
      await onDisk(() => file.writeFile(chunk))
    }
    if (length !== payload.length)
      throw new RangeError(`The body has ${length} bytes where ${payload.length} were announced.`)
    await onDisk(() => file.sync())
    await onDisk(() => file.close())
    return { temporary, etag: hash.digest('hex') }
  } catch (error) {
    await Promise.allSettled([file.close(), rm(temporary, { force: true })])
    throw error
  }
}

/**
 * Gives a written file its name by link(2), which never replaces anything. 'taken' where something has that name,
 * 'gone' where somebody cleared the temporary file or the folder away.
 */
export async function linkInPlace(written: Written, path: string): Promise<'linked' | 'taken' | 'gone'> {
  try {
    await link(written.temporary, path)
    return 'linked'
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST') return 'taken'
    if (code === 'ENOENT') return 'gone'
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code))
      throw new DeviceAccountError('not-understood', "The account's file system has no hard links.")
    throw asFault(error)
  } finally {
    await Promise.allSettled([rm(written.temporary, { force: true })])
  }
}

export type Change = 'changed' | 'precondition-failed' | 'missing'

interface ChangeSteps {
  /** Makes ready and answers the act: one synchronous rename or unlink. */
  prepare(): Promise<() => void>
  /** Takes what another program wrote into the file while it was changed. */
  putBack(overtaken: Buffer): Promise<void>
}

/**
 * Changes a file only while its bytes are those of `etag` (null: whatever they are). POSIX has no compare-and-rename:
 * a program that renames its own version into place in the microseconds between the last look and the act is
 * overtaken. One that writes into the file itself is noticed afterwards and what it wrote put back.
 */
export async function changeWhile(path: string, etag: string | null, steps: ChangeSteps): Promise<Change> {
  const opened = await openPlain(path)
  if (!opened) return 'missing'
  const { file, stats } = opened
  try {
    if (etag !== null && (await digestOf(file, stats.size)) !== etag) return 'precondition-failed'
    const act = await steps.prepare()
    const change = await onDisk(() => actIfSame(path, signatureOf(stats), act))
    if (change !== 'changed' || etag === null || (await digestOf(file, stats.size)) === etag) return change
    await steps.putBack(await onDisk(() => readAll(file)))
    return 'precondition-failed'
  } finally {
    await file.close()
  }
}

function actIfSame(path: string, signature: string, act: () => void): Change {
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  if (!now) return 'missing'
  if (signatureOf(now) !== signature) return 'precondition-failed'
  act()
  return 'changed'
}

/** All the bytes from the first one, whatever was read from the handle before. */
export async function readAll(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat()
  const bytes = Buffer.alloc(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await file.read(bytes, filled, size - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
