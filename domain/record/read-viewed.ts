import type { Actor } from '@/domain/actor'
import { findContentView, type OpenContentView } from '@/domain/record/find-content-view'
import { type RecordPage, recordPage, type WantedRecords } from '@/domain/record/list-records'
import { type OpenedPhoto, photoAt, recordAt } from '@/domain/record/read-record'
import type { RecordView } from '@/domain/record/record-view'
import type { BackupStorage } from '@/domain/recovery/backup-storage'

interface ViewedPlace {
  viewId: string
  ordinal: number
}

/** A page of the records that the actor's open look is at. Refuses as {@link findContentView} does. */
export async function listViewedRecords(
  actor: Actor,
  storage: BackupStorage,
  { viewId, ...wanted }: WantedRecords & { viewId: string },
): Promise<RecordPage & { view: OpenContentView }> {
  const view = await findContentView(actor, viewId)
  return { view, ...(await recordPage(storage, view.holding, wanted)) }
}

/** One record of it. There is no download: bytes go to their owner alone. */
export async function readViewedRecord(
  actor: Actor,
  storage: BackupStorage,
  { viewId, ordinal }: ViewedPlace,
): Promise<{ view: OpenContentView; record: RecordView }> {
  const view = await findContentView(actor, viewId)
  return { view, record: await recordAt(storage, view.holding, ordinal) }
}

/** A photo's bytes for the small picture of it. */
export async function openViewedPhoto(
  actor: Actor,
  storage: BackupStorage,
  { viewId, ordinal }: ViewedPlace,
): Promise<OpenedPhoto> {
  const { holding } = await findContentView(actor, viewId)
  return photoAt(storage, holding, ordinal)
}
