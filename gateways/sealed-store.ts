import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import {
  SealedObjectBroken,
  SealedObjectMissing,
  type SealedStore,
  type SealedWriter,
} from '@/domain/restore/sealed-store'
import { clearAbandoned, errorCode, syncFolder, temporaryName } from '@/gateways/durable-files'
import type { Keyring } from '@/gateways/keyring'
import { frameHeadLength, longestHeader, openingCipher, readFrameHead, sealingCipher } from '@/gateways/sealed-frames'
import { FileSealedWriter } from '@/gateways/sealed-writer'
import { WindowReader } from '@/gateways/window-reader'

const segmentForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const deepest = 8

/**
 * Sealed objects as files below a folder of our own (0700, files 0600). Keys are segments of letters, digits and
 * "._-" joined by "/". Throws RangeError for any other key; errors of the disk (ENOSPC, EIO) pass as they are.
 */
export function fileSealedStore({ root, keys }: { root: string; keys: Keyring }): SealedStore {
  const base = resolve(root)
  const pathOf = (key: string) => {
    const segments = key.split('/')
    if (segments.length > deepest || !segments.every(segment => segmentForm.test(segment)))
      throw new RangeError('A key of the sealed store is letters, digits and "._-", in segments joined by "/".')
    return `${join(base, ...segments)}.sealed`
  }

  return {
    async write(key): Promise<SealedWriter> {
      const path = pathOf(key)
      const { file, temporary } = await openTemporary(dirname(path))
      return new FileSealedWriter(file, temporary, path, sealingCipher(keys, key))
    },
    async *read(key, fromFrame = 0) {
      const file = await openSealed(pathOf(key), key)
      try {
        const { size } = await file.stat()
        yield* readFrames(new WindowReader(file, size), keys, key, fromFrame)
      } finally {
        await file.close()
      }
    },
    async exists(key) {
      try {
        return (await lstat(pathOf(key))).isFile()
      } catch (error) {
        if (isAbsence(error)) return false
        throw error
      }
    },
    async remove(key) {
      const folder = dirname(pathOf(key))
      try {
        await rm(pathOf(key))
        await syncFolder(folder)
      } catch (error) {
        if (!isAbsence(error)) throw error
      }
      await clearEmptyFolders(folder, base)
    },
  }
}

const isAbsence = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(errorCode(error))

async function openSealed(path: string, key: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (error) {
    throw isAbsence(error) ? new SealedObjectMissing(key) : error
  }
}

/** Another process may be clearing the folder away because it was empty: then it is made again. */
async function openTemporary(folder: string): Promise<{ file: FileHandle; temporary: string }> {
  for (let attempt = 1; ; attempt++) {
    await makeFolder(folder)
    const temporary = join(folder, temporaryName())
    try {
      await clearAbandoned(folder)
      return { file: await open(temporary, 'wx', 0o600), temporary }
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || attempt === 5) throw error
    }
  }
}

/** Like mkdir -p, but every new name is synced: an object must not be lost with its folder. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function clearEmptyFolders(folder: string, base: string): Promise<void> {
  for (let empty = folder; empty.startsWith(base + sep); empty = dirname(empty)) {
    try {
      await rmdir(empty)
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) return
      if (!isAbsence(error)) throw error
    }
  }
}

async function* readFrames(
  reader: WindowReader,
  keys: Keyring,
  key: string,
  fromFrame: number,
): AsyncGenerator<Uint8Array> {
  const cipher = openingCipher(keys, key, await reader.peek(longestHeader))
  if (typeof cipher === 'string') throw new SealedObjectBroken(key, cipher)
  reader.skip(cipher.header.length)
  for (let index = 0; ; index++) {
    const headBytes = await reader.take(frameHeadLength)
    const head = headBytes.length === frameHeadLength ? readFrameHead(headBytes) : null
    if (!head || head.bodyLength > reader.left)
      throw new SealedObjectBroken(key, `it is cut or altered at frame ${index}`)
    if (index < fromFrame && !head.final) {
      reader.skip(head.bodyLength)
      continue
    }
    const plain = cipher.open(index, head, await reader.take(head.bodyLength))
    if (!plain) throw new SealedObjectBroken(key, `frame ${index} is altered or out of its place`)
    if (!head.final) {
      yield plain
      continue
    }
    if (reader.left !== 0) throw new SealedObjectBroken(key, 'something was added to its end')
    if (fromFrame > index) throw new SealedObjectBroken(key, `it has only ${index} frames`)
    return
  }
}
