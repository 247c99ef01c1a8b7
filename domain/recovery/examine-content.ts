import { componentOf } from '@/domain/record/category'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { type ExpectedLine, readExpectedCounts } from '@/domain/recovery/expected-counts'
import { type PayloadPlace, placeOf } from '@/domain/recovery/subscriber-layout'
import { printable } from '@/formats/bagit/finding'
import type { Assessment } from '@/formats/content-lines/assessment'
import type { RecordComponent } from '@/formats/icalendar/calendar-component'
import { readCalendar } from '@/formats/icalendar/read-calendar'
import { assessPhotoBytes } from '@/formats/photo/assess-photo'
import { readCards } from '@/formats/vcard/read-cards'

/** How many records a file or folder holds, and how many lack which field. */
export class RecordCounts {
  complete = 0
  partial = 0
  damaged = 0
  readonly missing: Record<string, number> = {}
  /** Components in the file that are no record of its category, by name. */
  readonly others: Record<string, number> = {}

  add(assessment: Assessment): void {
    this[assessment.state]++
    if (assessment.state !== 'partial') return
    for (const field of assessment.missing) this.missing[field] = (this.missing[field] ?? 0) + 1
  }

  merge(other: RecordCounts): void {
    for (const state of ['complete', 'partial', 'damaged'] as const) this[state] += other[state]
    for (const [field, count] of Object.entries(other.missing)) this.missing[field] = (this.missing[field] ?? 0) + count
  }
}

/** What a payload file turned out to hold. */
export interface Examined {
  place: PayloadPlace
  counts: RecordCounts
}

const heldAtMost = 4 * 1_048_576
const pieceBytes = 16_384
const mostOthers = 50

/** Whether the content of that path is held while it is read: a record points into the chunks it came in. */
export const keepsChunks = (path: string): boolean => placeOf(path).kind === 'file'

/**
 * Reads one payload file's content while it is hashed and counts its records; the lines of expected.csv are handed on.
 * Photos and what nobody asked for are not held: what is left unread is the caller's to read.
 */
export async function examineContent(
  storage: BackupStorage,
  key: string,
  file: { path: string; size: number },
  chunks: AsyncIterable<Uint8Array>,
  onExpected: (line: ExpectedLine) => Promise<void>,
): Promise<Examined> {
  const place = placeOf(file.path)
  const counts = new RecordCounts()
  if (place.kind === 'expected') for await (const line of readExpectedCounts(chunks)) await onExpected(line)
  else if (place.kind === 'photo') counts.add(await assessPhotoBytes(chunks))
  else if (place.kind === 'file') {
    if (place.category === 'contacts') for await (const card of readCards(inPieces(chunks))) counts.add(card.assessment)
    else await examineCalendar(componentOf[place.category], await reopenable(storage, key, file.size, chunks), counts)
  }
  return { place, counts }
}

async function examineCalendar(
  component: RecordComponent,
  open: (range?: { from: number; to: number }) => AsyncIterable<Uint8Array>,
  counts: RecordCounts,
): Promise<void> {
  const { others } = counts
  const onOther = (other: { component: string }) => {
    const name = printable(other.component.slice(0, 40))
    if (name in others || Object.keys(others).length < mostOthers) others[name] = (others[name] ?? 0) + 1
  }
  for await (const record of readCalendar(open, component, { onOther })) counts.add(record.assessment)
}

/** Readers hold every record of a chunk at once: small chunks keep that little. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes)
  }
}

/** A calendar is read twice: a small one from memory, a big one from the storage again once its bytes were hashed. */
async function reopenable(
  storage: BackupStorage,
  key: string,
  size: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<(range?: { from: number; to: number }) => AsyncIterable<Uint8Array>> {
  if (size > heldAtMost) {
    let hashing: AsyncIterable<Uint8Array> | null = chunks
    return range => {
      const first = range ? null : hashing
      if (first) hashing = null
      return inPieces(first ?? storage.read(key, range))
    }
  }
  const held: Uint8Array[] = []
  for await (const chunk of chunks) held.push(chunk)
  const bytes = Buffer.concat(held)
  return async function* (range) {
    const wanted = range ? bytes.subarray(range.from, range.to) : bytes
    for (let at = 0; at < wanted.length; at += pieceBytes) yield wanted.subarray(at, at + pieceBytes)
  }
}
