import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StatusFile } from '@/domain/incident/status-files'
import { errorCode } from '@/gateways/durable-files'
import { inParallel } from '@/gateways/in-parallel'
import { S3Objects, type S3Store, sha256 } from '@/gateways/s3-objects'
import { folderStatusFiles } from '@/gateways/status-files'
import { readManifest as readFolderManifest } from '@/gateways/status-generation'
import {
  type Manifest,
  type Pointer,
  parsePointer,
  pointerKey,
  readManifest,
  readPointer,
} from '@/gateways/status-pointer-s3'

const atOnce = 16
const longestPauseMs = 10_000

interface Options {
  from: S3Store
  /** The folder that the portal or nginx serves, as folderStatusFiles writes it. */
  root: string
  signal: AbortSignal
  /** Told once of each trouble; what is in the folder goes on being served. */
  onTrouble: (error: Error) => void
  pollMs?: number
}

/**
 * Follows what is published in the bucket: a newer generation is read, compared with its digests and put into the folder
 * whole. Resolves once the signal is aborted; no trouble ends it.
 */
export async function mirrorStatus({ from, root, signal, onTrouble, pollMs = 1_000 }: Options): Promise<void> {
  const objects = new S3Objects(from, signal)
  let taken: string | null = null
  let told = ''
  let pause = pollMs
  while (!signal.aborted) {
    try {
      const found = await readPointer(objects, taken)
      if (found !== null && found !== 'unchanged') {
        const pointer = parsePointer(found)
        if (pointer === null) throw new Error(`${pointerKey} is not what a publisher writes.`)
        await take(objects, pointer, root)
        taken = found.etag
      }
      told = ''
      pause = pollMs
    } catch (error) {
      const trouble = error instanceof Error ? error : new Error(String(error))
      if (!signal.aborted && trouble.message !== told) onTrouble(trouble)
      told = trouble.message
      pause = Math.min(pause * 2, longestPauseMs)
    }
    await rest(pause, signal)
  }
}

async function take(objects: S3Objects, pointer: Pointer, root: string): Promise<void> {
  const { number } = pointer
  const folder = folderStatusFiles({ root })
  const here = (await folder.current())?.number ?? 0
  if (here === number) return
  if (here > number)
    throw new Error(`Generation ${number} is published, and ${root} holds ${here}: remove that folder to begin anew.`)
  const manifest = await readManifest(objects, pointer)
  if (manifest === null) throw new Error(`${pointer.generation} is not what was published.`)
  const bodies = await readBodies(objects, manifest, join(root, 'current'))
  const files: StatusFile[] = Object.entries(manifest.files).map(([path, { type, language, sha256 }]) => ({
    path,
    type,
    language,
    body: bodies.get(sha256)!,
  }))
  await folder.publish({ number, publishedAt: new Date(manifest.publishedAt), files })
}

/** By digest: those that the folder holds from there, the others from the bucket. */
async function readBodies(objects: S3Objects, manifest: Manifest, folder: string): Promise<Map<string, string>> {
  const here = new Map(
    Object.values((await readFolderManifest(folder))?.files ?? {}).map(({ etag, file }) => [etag, join(folder, file)]),
  )
  const wanted = new Map(Object.values(manifest.files).map(listed => [listed.sha256, listed]))
  const bodies = new Map<string, string>()
  await inParallel(wanted, atOnce, async ([digest, { object, size }]) => {
    const file = here.get(`"${Buffer.from(digest, 'hex').toString('base64url')}"`)
    const old = file === undefined ? null : await readFile(file).catch(notThere)
    const isHere = old !== null && sha256(old) === digest
    const bytes = isHere ? old : ((await objects.read(object, size))?.body ?? null)
    if (bytes === null) throw new Error(`${object} is not there.`)
    if (!isHere && sha256(bytes) !== digest) throw new Error(`${object} is not what was published.`)
    bodies.set(digest, bytes.toString('utf8'))
  })
  return bodies
}

function notThere(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null
  throw error
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  })
}
