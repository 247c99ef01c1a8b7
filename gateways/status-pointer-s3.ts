import { z } from 'zod'
import { type ReadObject, type S3Objects, sha256 } from '@/gateways/s3-objects'

const longestPointer = 4096
const longestManifest = 32 * 1024 * 1024
const longestBody = 16 * 1024 * 1024

export const pointerKey = 'current.json'
/** The folder of what a generation brought: twelve digits, in their order. */
export const placeOf = (number: number) => `generations/${String(number).padStart(12, '0')}`
export const manifestKeyOf = (number: number, digest: string) => `${placeOf(number)}/manifest-${digest}.json`
export const bodyKeyOf = (number: number, digest: string) => `${placeOf(number)}/${digest}`
/** Of any object below "generations/": its number and, of a manifest, its digest. */
export const generationKey = /^generations\/(\d{12})\/(?:manifest-([0-9a-f]{64})\.json|[0-9a-f]{64})$/

const number = z.int().min(1).max(999_999_999_999)
const digest = z.string().regex(/^[0-9a-f]{64}$/)

const pointerForm = z.object({
  number,
  publishedAt: z.iso.datetime(),
  /** Key of the manifest. */
  generation: z.string(),
  /** Of the manifest's bytes: SHA-256 in hex. */
  sha256: digest,
})

const manifestForm = z.object({
  generation: number,
  publishedAt: z.iso.datetime(),
  /** By the address that each is asked for under. */
  files: z.record(
    z.string(),
    z.object({
      type: z.string(),
      language: z.string().nullable(),
      size: z.int().min(0).max(longestBody),
      /** Of the body, in hex. */
      sha256: digest,
      /** Key of the body, brought by this generation or by one before. */
      object: z.string().regex(generationKey),
    }),
  ),
})

/** Which generation is served. One object, so that one write swaps everything. */
export type Pointer = z.infer<typeof pointerForm>
type Named = Pick<Pointer, 'number' | 'sha256'>
/** What a generation holds. Its key has its digest in it: the bytes behind a key never change. */
export type Manifest = z.infer<typeof manifestForm>

/** Null where it is not one that can be followed. */
export function parsePointer({ body }: ReadObject): Pointer | null {
  const read = pointerForm.safeParse(parseJson(body))
  const isWell = read.success && read.data.generation === manifestKeyOf(read.data.number, read.data.sha256)
  return isWell ? read.data : null
}

/** The pointer with its tag; "unchanged" where its tag is `unless`, null before the first publication. */
export const readPointer = (objects: S3Objects, unless: string | null) =>
  objects.read(pointerKey, longestPointer, unless)

/** Null where it is not there, or not whole. Throws S3Failed. */
export async function readManifest(objects: S3Objects, { number, sha256: digest }: Named): Promise<Manifest | null> {
  const found = await objects.read(manifestKeyOf(number, digest), longestManifest)
  if (found === null || sha256(found.body) !== digest) return null
  const read = manifestForm.safeParse(parseJson(found.body))
  return read.success && read.data.generation === number ? read.data : null
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
