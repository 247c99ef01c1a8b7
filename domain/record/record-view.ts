import type { Category } from '@/domain/record/category'
import type { DescribedDate } from '@/formats/icalendar/describe-record'
import type { FieldKind } from '@/formats/vcard/card-properties'

/** A date as a record has it, in the zone it is meant in. */
export type RecordDate = DescribedDate

type FieldName =
  | FieldKind
  | 'start'
  | 'end'
  | 'due'
  | 'location'
  | 'description'
  | 'repeats'
  | 'overrides'
  | 'attendees'
  | 'status'
  | 'size'

/** One thing a record says. A date keeps its own zone; numbers are counts, or bytes for `size`. */
export interface RecordField {
  name: FieldName
  /** What kind of it, as the source says: "home", "cell". */
  kinds: string[]
  value: string | number | RecordDate
}

export const recordStates = ['complete', 'partial', 'damaged'] as const
export type RecordState = (typeof recordStates)[number]

/** One recovered record, as its owner sees it. */
export interface RecordView {
  category: Category
  holdingId: string
  /** Counts from 0 in its file; for photos the place in the listing. */
  ordinal: number
  /** What a person would call it; null where nothing says. */
  title: string | null
  state: RecordState
  /** Of a partial record: codes of the fields it lacks. */
  missing: string[]
  /** Of a damaged record: the code of why it cannot be read. */
  damage: string | null
  fields: RecordField[]
}

/** Text without case and accents, so that "elise" finds "Élise". */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()

/** Whether every word of the search stands somewhere in the record; digits also match across spaces and hyphens. */
export function matches(record: RecordView, search: string): boolean {
  const words = folded(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const texts = record.fields.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const text = folded([record.title ?? '', ...texts].join('\n'))
  const digits = text.replaceAll(/[^\d\n]/g, '')
  return words.every(
    word => text.includes(word) || (/^[\d+().-]{3,}$/.test(word) && digits.includes(word.replaceAll(/\D/g, ''))),
  )
}
