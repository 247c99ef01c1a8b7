import type { Generation, StatusFile, StatusFiles } from '@/domain/incident/status-files'
import { inParallel } from '@/gateways/in-parallel'
import { type ListedObject, S3Objects, type S3Store, sha256 } from '@/gateways/s3-objects'
import { checkGeneration } from '@/gateways/status-generation'
import { type Published, writeLive } from '@/gateways/status-live-s3'
import { OldGenerations } from '@/gateways/status-old-s3'
import {
  bodyKeyOf,
  type Manifest,
  manifestKeyOf,
  type Pointer,
  parsePointer,
  pointerKey,
  readManifest,
  readPointer,
} from '@/gateways/status-pointer-s3'

const atOnce = 16
/** Below the time limit of the transaction that holds the publishers' lock. */
const publishMs = 45_000
const forEver = 'public, max-age=31536000, immutable'

interface Options extends S3Store {
  /** Told of what went wrong after the swap; a publication after this one makes it good. */
  onTrouble: (error: Error) => void
  /** Milliseconds since 1970. */
  now?: () => number
}

/**
 * The status page in a bucket. Every object but the pointer "current.json" is written under a key that holds its
 * digest, and read back before the pointer leads to it: that one write is the swap. A body that stood in the generation
 * before is not written again. Publishers hold a lock; one that lost it can only ever put a whole generation in place.
 * Throws S3Failed where nothing was published, or it is not known.
 */
export function s3StatusFiles({ onTrouble, now = Date.now, ...store }: Options): StatusFiles {
  const old = new OldGenerations(now)

  async function publish(generation: Generation, objects: S3Objects): Promise<boolean> {
    const { number, publishedAt, files } = generation
    const pointer = await served(objects)
    if (pointer !== null && pointer.number >= number) return false
    const manifestBefore = pointer && (await readManifest(objects, pointer))
    const before = manifestBefore && { manifest: manifestBefore, digest: pointer.sha256 }
    const held = await objects.list('generations/')
    const manifest = await writeBodies(objects, generation, before?.manifest ?? null, held)
    const text = JSON.stringify(manifest)
    const published: Published = { manifest, digest: sha256(text) }
    const key = manifestKeyOf(number, published.digest)
    await writeOnce(objects, key, text, 'application/json', held)
    if (((await served(objects))?.number ?? 0) >= number) return false
    const next: Pointer = { number, publishedAt: publishedAt.toISOString(), generation: key, sha256: published.digest }
    await objects.write(pointerKey, { body: JSON.stringify(next), type: 'application/json', cacheControl: 'no-cache' })
    try {
      await writeLive(objects, files, published, before)
      await old.remove(objects, published, held)
    } catch (error) {
      onTrouble(error instanceof Error ? error : new Error(String(error)))
    }
    return true
  }

  return {
    async current() {
      const pointer = await limited(objects => served(objects))
      return pointer && { number: pointer.number, publishedAt: new Date(pointer.publishedAt) }
    },
    async publish(generation) {
      checkGeneration(generation)
      return limited(objects => publish(generation, objects))
    },
  }

  // Once it is settled nothing of it goes on: whoever publishes next finds what it left.
  async function limited<T>(work: (objects: S3Objects) => Promise<T>): Promise<T> {
    const stopping = new AbortController()
    const timer = setTimeout(() => stopping.abort(new Error(`not done within ${publishMs} ms`)), publishMs)
    try {
      return await work(new S3Objects(store, stopping.signal))
    } finally {
      clearTimeout(timer)
      stopping.abort()
    }
  }
}

/** Null before the first publication, and where somebody spoiled the pointer. */
async function served(objects: S3Objects): Promise<Pointer | null> {
  const found = await readPointer(objects, null)
  return found === null || found === 'unchanged' ? null : parsePointer(found)
}

type Held = Map<string, ListedObject>

async function writeBodies(
  objects: S3Objects,
  { number, publishedAt, files }: Generation,
  before: Manifest | null,
  held: Held,
): Promise<Manifest> {
  const carried = new Map(Object.values(before?.files ?? {}).map(({ sha256, object }) => [sha256, object]))
  const fresh = new Map<string, StatusFile>()
  const list = (file: StatusFile) => {
    const digest = sha256(file.body)
    const size = Buffer.byteLength(file.body)
    const old = carried.get(digest)
    const object = old !== undefined && held.get(old)?.size === size ? old : bodyKeyOf(number, digest)
    if (object !== old) fresh.set(object, file)
    return { type: file.type, language: file.language, size, sha256: digest, object }
  }
  const listed = Object.fromEntries(files.map(file => [file.path, list(file)]))
  await inParallel(fresh, atOnce, ([key, { body, type }]) => writeOnce(objects, key, body, type, held))
  return { generation: number, publishedAt: publishedAt.toISOString(), files: listed }
}

/** What a publication of this number that came to nothing has left is used; what is read back is what counts. */
async function writeOnce(objects: S3Objects, key: string, body: string, type: string, held: Held): Promise<void> {
  const bytes = Buffer.from(body)
  const isThere = async () => (await objects.read(key, bytes.length))?.body.equals(bytes) === true
  if (held.get(key)?.size === bytes.length && (await isThere())) return
  await objects.write(key, { body, type, cacheControl: forEver })
  if (!(await isThere())) throw new Error(`S3: ${key} is not what was written.`)
}
