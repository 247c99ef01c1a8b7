import type { Actor } from '@/domain/actor'
import { releaseContent } from '@/domain/content-right'
import { notFound } from '@/domain/errors'
import { findHolding, type HoldingView } from '@/domain/record/find-holding'
import { listPhotos, type StoredPhoto } from '@/domain/record/list-photos'
import { readPhoto } from '@/domain/record/list-records'
import type { RecordView } from '@/domain/record/record-view'
import { streamRecords } from '@/domain/record/stream-records'
import type { BackupStorage } from '@/domain/recovery/backup-storage'

export interface RecordPlace {
  holdingId: string
  ordinal: number
}

/** One recovered record with everything it says. Throws a Refusal "not-found" where there is none such of the actor's own. */
export async function readRecord(
  actor: Actor,
  storage: BackupStorage,
  { holdingId, ordinal }: RecordPlace,
): Promise<{ holding: HoldingView; record: RecordView }> {
  const holding = await findHolding(actor, 'record.read', holdingId)
  await releaseContent(actor, 'shown')
  return { holding, record: await recordAt(storage, holding, ordinal) }
}

/** The same of a holding that the caller may see. */
export async function recordAt(storage: BackupStorage, holding: HoldingView, ordinal: number): Promise<RecordView> {
  if (holding.category === 'photos') {
    const photo = (await listPhotos(storage, holding))[ordinal]
    if (photo === undefined) throw notFound('record')
    return readPhoto(storage, holding.id, photo)
  }
  for await (const { head, view } of streamRecords(storage, holding)) if (head.ordinal === ordinal) return view()
  throw notFound('record')
}

export type OpenedPhoto = StoredPhoto & { bytes: () => AsyncIterable<Uint8Array> }

/** A photo's own bytes, for a preview. The same refusal as `readRecord`. */
export async function openPhoto(
  actor: Actor,
  storage: BackupStorage,
  { holdingId, ordinal }: RecordPlace,
): Promise<OpenedPhoto> {
  const holding = await findHolding(actor, 'record.read', holdingId)
  await releaseContent(actor, 'shown')
  return photoAt(storage, holding, ordinal)
}

/** The same of a holding that the caller may see. */
export async function photoAt(storage: BackupStorage, holding: HoldingView, ordinal: number): Promise<OpenedPhoto> {
  const photo = holding.category === 'photos' ? (await listPhotos(storage, holding))[ordinal] : undefined
  if (photo === undefined) throw notFound('photo')
  return { ...photo, bytes: () => storage.read(photo.key) }
}
