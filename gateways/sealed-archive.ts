import { open, opendir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { SealedArchive } from '@/domain/access/reseal-archive'
import { errorCode } from '@/gateways/durable-files'
import type { Keyring } from '@/gateways/keyring'
import { longestHeader, sealedUnder } from '@/gateways/sealed-frames'

const suffix = '.sealed'

/** The sealed store's objects by the key they are sealed under. Reads the head of each file and no more. */
export function fileSealedArchive({ root, keys }: { root: string; keys: Keyring }): SealedArchive {
  const base = resolve(root)
  return {
    async *olderObjects() {
      for await (const path of filesBelow(base)) {
        const id = await keyIdOf(path)
        if (id === keys.current) continue
        yield { key: relative(base, path).slice(0, -suffix.length).split(sep).join('/'), isKnown: id !== null }
      }
    },
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  let entries: Awaited<ReturnType<typeof opendir>>
  try {
    entries = await opendir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw error
  }
  for await (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile() && entry.name.endsWith(suffix)) yield path
  }
}

/** Null: it does not begin as a sealed object. */
async function keyIdOf(path: string): Promise<string | null> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(longestHeader)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return sealedUnder(head.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
