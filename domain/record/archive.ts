import type { Actor } from '@/domain/actor'
import { releaseContent } from '@/domain/content-right'
import { type Category, categories } from '@/domain/record/category'
import { findHolding, type HoldingView } from '@/domain/record/find-holding'
import { listPhotos } from '@/domain/record/list-photos'
import { readPhoto } from '@/domain/record/list-records'
import { originalName, readPlaces } from '@/domain/record/open-original'
import { readOverview } from '@/domain/record/read-overview'
import type { RecordState } from '@/domain/record/record-view'
import { SafeNames } from '@/domain/record/safe-name'
import { type BytePlace, streamRecords } from '@/domain/record/stream-records'
import type { BackupStorage } from '@/domain/recovery/backup-storage'

/** One record in the list that comes with a download. */
export interface ArchiveRow {
  category: Category
  /** Path inside the archive. */
  file: string
  /** Counted from 1, as people count. */
  place: number
  title: string | null
  state: RecordState
  missing: string[]
  damage: string | null
}

export interface ArchiveFile {
  path: string
  modifiedAt: Date
  bytes: () => AsyncIterable<Uint8Array>
  rows: ArchiveRow[]
}

const names: Record<Exclude<Category, 'photos'>, string> = {
  contacts: 'contacts.vcf',
  calendar: 'calendar.ics',
  tasks: 'tasks.ics',
  notes: 'notes.ics',
}

/**
 * Everything recovered for the actor as files, one after the other: readable records together, damaged ones byte for byte
 * in a folder of their own, an earlier and fuller holding in one named after its day. Asks for a fresh proof, and what content asks for; breaks off where a batch is withheld or its subscriber held.
 */
export async function* archiveFiles(actor: Actor, storage: BackupStorage): AsyncIterable<ArchiveFile> {
  const overview = await readOverview(actor)
  await releaseContent(actor, 'given')
  for (const category of categories) {
    const mine = overview.find(one => one.category === category)
    for (const holding of [mine?.newest ?? null, mine?.fuller ?? null]) {
      if (holding === null || holding.objectKey === null) continue
      // Packing what came before may have taken long, and the batch withheld, or its subscriber frozen, meanwhile.
      await findHolding(actor, 'record.download', holding.id)
      await releaseContent(actor, 'goes-on')
      const folder = holding === mine?.newest ? '' : `earlier-${holding.asOf.toISOString().slice(0, 10)}/`
      yield* category === 'photos'
        ? photoFiles(storage, holding, folder)
        : recordFiles(storage, holding, category, folder)
    }
  }
}

async function* recordFiles(
  storage: BackupStorage,
  holding: HoldingView,
  category: Exclude<Category, 'photos'>,
  folder: string,
): AsyncIterable<ArchiveFile> {
  const { objectKey: key, asOf } = holding
  if (key === null) return
  const path = `${folder}${names[category]}`
  const damaged: { file: ArchiveFile; places: readonly BytePlace[] }[] = []
  const rows: ArchiveRow[] = []
  for await (const { head, places } of streamRecords(storage, holding)) {
    const { ordinal, title, state, missing, damage } = head
    const row = { category, file: path, place: ordinal + 1, title, state, missing, damage }
    if (state !== 'damaged') {
      rows.push(row)
      continue
    }
    const own = `${folder}damaged/${originalName(category, ordinal)}`
    const file = {
      path: own,
      modifiedAt: asOf,
      bytes: () => readPlaces(storage, key, places),
      rows: [{ ...row, file: own }],
    }
    damaged.push({ file, places })
  }
  const left = damaged.flatMap(({ places }) => places)
  if (rows.length > 0) yield { path, modifiedAt: asOf, bytes: () => readWithout(storage, key, left), rows }
  for (const { file } of damaged) yield file
}

async function* photoFiles(storage: BackupStorage, holding: HoldingView, folder: string): AsyncIterable<ArchiveFile> {
  const names = new SafeNames()
  for (const photo of await listPhotos(storage, holding)) {
    const { state, missing, damage, ordinal, title } = await readPhoto(storage, holding.id, photo)
    const path = `${folder}${state === 'damaged' ? 'damaged/photos' : 'photos'}/${names.of(photo.name)}`
    const row: ArchiveRow = { category: 'photos', file: path, place: ordinal + 1, title, state, missing, damage }
    yield { path, modifiedAt: photo.modifiedAt, bytes: () => storage.read(photo.key), rows: [row] }
  }
}

/** The file without the given places: what is left of it is what its readable records are. */
async function* readWithout(
  storage: BackupStorage,
  key: string,
  left: readonly BytePlace[],
): AsyncIterable<Uint8Array> {
  const size = (await storage.stat(key))?.size ?? 0
  let from = 0
  for (const { offset, length } of [...left].sort((a, b) => a.offset - b.offset)) {
    if (offset > from) yield* storage.read(key, { from, to: offset })
    from = Math.max(from, offset + length)
  }
  if (from < size) yield* storage.read(key, { from, to: size })
}
