import type { Actor } from '@/domain/actor'
import { releaseContent } from '@/domain/content-right'
import { notFound } from '@/domain/errors'
import type { Category } from '@/domain/record/category'
import { findHolding } from '@/domain/record/find-holding'
import { listPhotos } from '@/domain/record/list-photos'
import type { RecordPlace } from '@/domain/record/read-record'
import { safeName } from '@/domain/record/safe-name'
import { type BytePlace, streamRecords } from '@/domain/record/stream-records'
import type { BackupStorage } from '@/domain/recovery/backup-storage'

export interface OriginalBytes {
  /** A file name for it. */
  name: string
  bytes: () => AsyncIterable<Uint8Array>
}

const extensions: Record<Exclude<Category, 'photos'>, string> = {
  contacts: 'vcf',
  calendar: 'ics',
  tasks: 'ics',
  notes: 'ics',
}

/** One record of the actor's own, byte for byte as it was recovered. Asks for a fresh proof, and what content asks for. */
export async function openOriginal(
  actor: Actor,
  storage: BackupStorage,
  { holdingId, ordinal }: RecordPlace,
): Promise<OriginalBytes> {
  const holding = await findHolding(actor, 'record.download', holdingId)
  await releaseContent(actor, 'given')
  const { category, objectKey } = holding
  if (category === 'photos') {
    const photo = (await listPhotos(storage, holding))[ordinal]
    if (photo === undefined) throw notFound('record')
    return { name: safeName(photo.name), bytes: () => storage.read(photo.key) }
  }
  for await (const { head, places } of streamRecords(storage, holding)) {
    if (head.ordinal !== ordinal || objectKey === null) continue
    return { name: originalName(category, ordinal), bytes: () => readPlaces(storage, objectKey, places) }
  }
  throw notFound('record')
}

/** "contacts-13.vcf": places are counted from 1 wherever people read them. */
export const originalName = (category: Exclude<Category, 'photos'>, ordinal: number): string =>
  `${category}-${ordinal + 1}.${extensions[category]}`

export async function* readPlaces(
  storage: BackupStorage,
  key: string,
  places: readonly BytePlace[],
): AsyncIterable<Uint8Array> {
  for (const { offset, length } of places) yield* storage.read(key, { from: offset, to: offset + length })
}
