import { createHash } from 'node:crypto'
import { linkSync, statSync } from 'node:fs'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { Generation, StatusFile } from '@/domain/incident/status-files'
import { errorCode, syncFolder } from '@/gateways/durable-files'

export const manifestName = '.manifest.json'
const filesAtOnce = 16
const linksAtOnce = 32
const longestPath = 512
const longestSegment = 200
const segment = /^[A-Za-z0-9_~][A-Za-z0-9._~:@+=,-]*$/
const headerText = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

const manifestForm = z.object({
  generation: z.int().positive(),
  publishedAt: z.iso.datetime(),
  files: z.record(
    z.string(),
    z.object({
      /** Below the generation's folder. */
      file: z.string(),
      type: z.string(),
      /** Strong, with its quotes: of the body's SHA-256. */
      etag: z.string(),
      size: z.int(),
      language: z.string().nullable(),
      /** Of the body: whole seconds, as is the time of the file. */
      modifiedAt: z.iso.datetime(),
    }),
  ),
})

/** What a generation holds, by the address that each file is asked for under. */
export type Manifest = z.infer<typeof manifestForm>
type Listed = Manifest['files'][string]

/** "/en" of text/html is "en.html", anything else its own name. Throws RangeError where an address could not be served. */
export function fileOf({ path, type }: Pick<StatusFile, 'path' | 'type'>): string {
  const [root, ...segments] = path.split('/')
  const isWell =
    root === '' && segments.length > 0 && segments.every(one => segment.test(one) && one.length <= longestSegment)
  if (!isWell || path.length > longestPath || path.endsWith('.html'))
    throw new RangeError(`An address that cannot be published: ${JSON.stringify(path.slice(0, 100))}.`)
  return `${path.slice(1)}${/^text\/html\b/.test(type) ? '.html' : ''}`
}

/** Throws RangeError where the generation holds something that could not be served as it is. */
export function checkGeneration({ number, files }: Generation): void {
  if (!Number.isSafeInteger(number) || number < 1 || number > 999_999_999_999)
    throw new RangeError(`A generation that has no number: ${number}.`)
  const addresses = new Set<string>()
  for (const file of files) {
    fileOf(file)
    if (addresses.has(file.path)) throw new RangeError(`An address that is published twice: ${file.path}.`)
    addresses.add(file.path)
    for (const text of [file.type, file.language ?? 'none'])
      if (!headerText.test(text)) throw new RangeError(`${file.path} has a type or language that no header can hold.`)
  }
}

/** The manifest in a generation's folder; null where there is none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return manifestForm.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')))
  } catch (error) {
    const isUnreadable = error instanceof SyntaxError || error instanceof z.ZodError
    if (isUnreadable || ['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return null
    throw error
  }
}

/**
 * Writes the generation into a folder that is not there yet, so that it survives a power cut. A body that stood in the
 * generation before under the same address is that file, linked.
 */
export async function writeGeneration(
  folder: string,
  { number, publishedAt, files }: Generation,
  before: { folder: string; manifest: Manifest } | null,
): Promise<void> {
  const listed = files.map(file => list(file, publishedAt, before?.manifest.files[file.path]))
  const folders = new Set([folder])
  for (const { file } of listed)
    for (let parent = dirname(join(folder, file)); !folders.has(parent); parent = dirname(parent)) folders.add(parent)
  for (const one of [...folders].sort()) await mkdir(one)

  await inParallel(files, async ({ body, path }, index) => {
    if (index % linksAtOnce === 0) await nextTurn()
    const entry = listed[index]!
    const old = before?.manifest.files[path]
    const target = join(folder, entry.file)
    const isSame = old?.etag === entry.etag && linkSame(join(before!.folder, old.file), target, old)
    if (!isSame) await writeDurably(target, body, new Date(entry.modifiedAt))
  })
  const manifest: Manifest = {
    generation: number,
    publishedAt: publishedAt.toISOString(),
    files: Object.fromEntries(files.map(({ path }, index) => [path, listed[index]!])),
  }
  await writeDurably(join(folder, manifestName), JSON.stringify(manifest), publishedAt)
  await inParallel([...folders], syncFolder)
}

function list(file: StatusFile, publishedAt: Date, before: Listed | undefined): Listed {
  const etag = `"${createHash('sha256').update(file.body).digest('base64url')}"`
  const { type, language } = file
  const size = Buffer.byteLength(file.body)
  const modifiedAt = before?.etag === etag ? before.modifiedAt : momentAfter(publishedAt, before).toISOString()
  return { file: fileOf(file), type, etag, size, language, modifiedAt }
}

// nginx makes its tag of second and size: two bodies of one address must never have the same second.
function momentAfter(publishedAt: Date, before: Listed | undefined): Date {
  const second = Math.floor(publishedAt.getTime() / 1000)
  const taken = before ? Date.parse(before.modifiedAt) / 1000 : Number.NEGATIVE_INFINITY
  return new Date(Math.max(second, taken + 1) * 1000)
}

/** False where the file is no longer what the manifest says, or this disk cannot link it once more. */
function linkSame(from: string, to: string, { size }: Listed): boolean {
  // At once: a thread for each of thousands of files that stay the same costs more than the links.
  try {
    if (statSync(from).size !== size) return false
    linkSync(from, to)
    return true
  } catch (error) {
    if (['ENOENT', 'EMLINK', 'EPERM', 'ENOTSUP', 'EXDEV'].includes(errorCode(error))) return false
    throw error
  }
}

async function writeDurably(path: string, body: string, modifiedAt: Date): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(body)
    await handle.utimes(modifiedAt, modifiedAt)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function inParallel<T>(items: T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries()
  const hand = async () => {
    for (const [index, item] of queue) await work(item, index)
  }
  await Promise.all(Array.from({ length: filesAtOnce }, hand))
}
