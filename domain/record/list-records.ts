import type { Actor } from '@/domain/actor'
import { releaseContent } from '@/domain/content-right'
import { findHolding, type HoldingView } from '@/domain/record/find-holding'
import { listPhotos, type StoredPhoto } from '@/domain/record/list-photos'
import { matches, type RecordState, type RecordView } from '@/domain/record/record-view'
import { standing, streamRecords } from '@/domain/record/stream-records'
import { assessPhoto } from '@/domain/recovery/assess-photo'
import type { BackupStorage } from '@/domain/recovery/backup-storage'

export const recordsPerPage = 50

export interface WantedRecords {
  /** From 1. */
  page: number
  search: string
  /** Only records in this state; null for all. */
  state: RecordState | null
}

export type ListRecordsInput = WantedRecords & { holdingId: string }

export interface RecordPage {
  holding: HoldingView
  records: RecordView[]
  /** Records that match, on all pages. */
  matching: number
  pages: number
}

/** One page of a holding's records in the order of its file. The file is read once; only what is shown is kept. */
export async function listRecords(
  actor: Actor,
  storage: BackupStorage,
  { holdingId, ...wanted }: ListRecordsInput,
): Promise<RecordPage> {
  const holding = await findHolding(actor, 'record.read', holdingId)
  await releaseContent(actor, 'shown')
  return recordPage(storage, holding, wanted)
}

/** The same of a holding that the caller may see. */
export async function recordPage(
  storage: BackupStorage,
  holding: HoldingView,
  { page, search, state }: WantedRecords,
): Promise<RecordPage> {
  const holdingId = holding.id
  const from = (page - 1) * recordsPerPage
  const take = <One>(all: One[]) => all.slice(from, from + recordsPerPage)
  const pageOf = (records: RecordView[], matching: number): RecordPage => ({
    holding,
    records,
    matching,
    pages: Math.max(1, Math.ceil(matching / recordsPerPage)),
  })
  if (holding.category === 'photos') {
    const all = await listPhotos(storage, holding)
    const named = all.filter(photo => matches(photoView(holdingId, photo), search))
    if (state === null)
      return pageOf(await Promise.all(take(named).map(photo => readPhoto(storage, holdingId, photo))), named.length)
    const read: RecordView[] = []
    for (const photo of named) read.push(await readPhoto(storage, holdingId, photo))
    const found = read.filter(view => view.state === state)
    return pageOf(take(found), found.length)
  }
  const records: RecordView[] = []
  let matching = 0
  for await (const { head, view } of streamRecords(storage, holding)) {
    if (state !== null && head.state !== state) continue
    const shown = matching >= from && records.length < recordsPerPage
    const record = search !== '' || shown ? view() : null
    if (record !== null && !matches(record, search)) continue
    if (record !== null && matching >= from && records.length < recordsPerPage) records.push(record)
    matching++
  }
  return pageOf(records, matching)
}

function photoView(holdingId: string, { name, ordinal, size }: StoredPhoto): RecordView {
  return {
    category: 'photos',
    holdingId,
    ordinal,
    title: name,
    state: 'complete',
    missing: [],
    damage: null,
    fields: [{ name: 'size', kinds: [], value: size }],
  }
}

/** A photo with what its bytes say about it; reading them is why only the photos of a page are read. */
export async function readPhoto(storage: BackupStorage, holdingId: string, photo: StoredPhoto): Promise<RecordView> {
  const { assessment } = await assessPhoto(storage, photo.key)
  return { ...photoView(holdingId, photo), ...standing(assessment) }
}
