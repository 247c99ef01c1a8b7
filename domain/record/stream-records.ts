import { type Category, componentOf } from '@/domain/record/category'
import { describeCalendar } from '@/domain/record/describe-calendar'
import { describeContact } from '@/domain/record/describe-contact'
import type { RecordView } from '@/domain/record/record-view'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import type { Assessment } from '@/formats/content-lines/assessment'
import { readCalendar } from '@/formats/icalendar/read-calendar'
import { readCards } from '@/formats/vcard/read-cards'

/** Of a holding, what its records are read by. */
export interface RecordSource {
  id: string
  category: Category
  /** Null where nothing was recovered. */
  objectKey: string | null
}

/** Bytes of the file. */
export interface BytePlace {
  offset: number
  length: number
}

/** A record with its fields still unread, because most of a file's records are only counted. */
export interface StreamedRecord {
  head: Omit<RecordView, 'fields'>
  /** Where its bytes stand in the file. */
  places: readonly BytePlace[]
  view(): RecordView
}

/** The records of a holding's file in its order, damaged ones included. Photos are listed by `listPhotos`. */
export async function* streamRecords(
  storage: BackupStorage,
  { id: holdingId, category, objectKey }: RecordSource,
): AsyncIterable<StreamedRecord> {
  if (objectKey === null || category === 'photos') return
  const streamed = (
    record: { ordinal: number; title: string | null; assessment: Assessment },
    places: readonly BytePlace[],
    fields: () => RecordView['fields'],
  ): StreamedRecord => {
    const { ordinal, title, assessment } = record
    const head = { category, holdingId, ordinal, title, ...standing(assessment) }
    return { head, places, view: () => ({ ...head, fields: assessment.state === 'damaged' ? [] : fields() }) }
  }
  if (category === 'contacts') {
    for await (const card of readCards(storage.read(objectKey)))
      yield streamed(card, [card], () => describeContact(card))
    return
  }
  for await (const record of readCalendar(range => storage.read(objectKey, range), componentOf[category]))
    yield streamed(record, record.parts, () => describeCalendar(record))
}

export function standing(assessment: Assessment): Pick<RecordView, 'state' | 'missing' | 'damage'> {
  return {
    state: assessment.state,
    missing: assessment.state === 'partial' ? [...assessment.missing] : [],
    damage: assessment.state === 'damaged' ? assessment.reason : null,
  }
}
