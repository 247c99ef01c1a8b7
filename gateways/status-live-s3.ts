import { z } from 'zod'
import type { StatusFile } from '@/domain/incident/status-files'
import { inParallel } from '@/gateways/in-parallel'
import type { S3Objects } from '@/gateways/s3-objects'
import { fileOf } from '@/gateways/status-generation'
import type { Manifest } from '@/gateways/status-pointer-s3'

const atOnce = 16
const markKey = 'live.json'
const longestMark = 1024
const fresh = 'public, max-age=10, stale-while-revalidate=60, stale-if-error=86400'
const missingPage = 'public, max-age=10'

const markForm = z.object({ sha256: z.string() })

const keyOf = (file: Pick<StatusFile, 'path' | 'type'>) => `live/${fileOf(file)}`
const depthOf = ({ path }: StatusFile) => path.split('/').length

/** A manifest with the digest that a pointer names it by. */
export interface Published {
  manifest: Manifest
  digest: string
}

/**
 * Writes the files under keys that stay, for whoever serves the bucket as it is: what differs from the generation before,
 * one after the other, pages before those that lead to them; then removes what is gone. Where the generation before
 * was not finished here, everything is written.
 */
export async function writeLive(
  objects: S3Objects,
  files: StatusFile[],
  now: Published,
  before: Published | null,
): Promise<void> {
  const isFinished = before !== null && (await readMark(objects)) === before.digest
  const old = isFinished ? before.manifest.files : {}
  const changed = files.filter(({ path }) => !isSame(now.manifest.files[path]!, old[path]))
  const depths = [...new Set(changed.map(depthOf))].sort((a, b) => b - a)
  for (const depth of depths) {
    const level = changed.filter(file => depthOf(file) === depth)
    await inParallel(level, atOnce, file => objects.write(keyOf(file), { ...file, cacheControl: cacheControlOf(file) }))
  }
  const kept = new Set(files.map(keyOf))
  const there = isFinished
    ? Object.entries(old).map(([path, { type }]) => keyOf({ path, type }))
    : [...(await objects.list('live/')).keys()]
  await inParallel(
    there.filter(key => !kept.has(key)),
    atOnce,
    key => objects.remove(key),
  )
  const mark = JSON.stringify({ sha256: now.digest })
  await objects.write(markKey, { body: mark, type: 'application/json', cacheControl: 'no-cache' })
}

/** The digest of the generation that the live files are; null where there is none. */
async function readMark(objects: S3Objects): Promise<string | null> {
  const found = await objects.read(markKey, longestMark)
  if (found === null) return null
  try {
    return markForm.parse(JSON.parse(found.body.toString('utf8'))).sha256
  } catch {
    // Spoiled by somebody: as good as none.
    return null
  }
}

const cacheControlOf = ({ path }: StatusFile) => (/^\/(?:en|fr)\/404$/.test(path) ? missingPage : fresh)

type Listed = Manifest['files'][string]

const isSame = (one: Listed, other: Listed | undefined) =>
  one.sha256 === other?.sha256 && one.type === other.type && one.language === other.language
