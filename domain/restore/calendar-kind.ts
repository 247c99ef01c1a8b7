import { componentOf } from '@/domain/record/category'
import type { AccountRecord, RecordKind, SourceRecord } from '@/domain/restore/record-kind'
import type { RecordComponent } from '@/formats/icalendar/calendar-component'
import type { CalendarRecord } from '@/formats/icalendar/calendar-record'
import { meaningDigest } from '@/formats/icalendar/meaning-digest'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { readCalendar } from '@/formats/icalendar/read-calendar'
import { toResource } from '@/formats/icalendar/to-resource'

/** Whether a server that hears of a change writes to somebody (RFC 6638, section 3.2.1). */
const concernsOthers = (record: SourceRecord | AccountRecord): boolean =>
  (record.parsed as CalendarRecord).components.some(({ lines }) =>
    lines.some(({ name }) => name === 'ORGANIZER' || name === 'ATTENDEE'),
  )

/** Events, tasks and notes: one resource a UID with all its overrides (RFC 4791, section 4.1); never merged. */
const calendarKind = (component: RecordComponent): RecordKind => ({
  extension: 'ics',
  contentType: 'text/calendar; charset=utf-8',
  async *read(storage, holding) {
    for await (const record of readCalendar(range => storage.read(holding.objectKey, range), component)) {
      yield {
        ordinal: record.ordinal,
        uid: record.uid,
        title: record.title,
        damaged: record.assessment.state === 'damaged' ? record.assessment.reason : null,
        meaning: () => meaningDigest(record),
        resource: uid => toResource(record, { uid }),
        parsed: record,
      }
    }
  },
  parse(body) {
    const record = parseResource(body)
    if (!record.components.some(one => one.name === component)) return null
    return {
      uid: record.uid,
      title: record.title,
      meaning: () => meaningDigest(record),
      keys: () => [],
      parsed: record,
    }
  },
  keys: () => [],
  compatible: () => false,
  merge: null,
  // To take the attendees of what is there away, or to put them back in an undo, tells them that it is off, or on again.
  replacement: (account, record, uid) =>
    concernsOthers(account) || concernsOthers(record) ? null : record.resource(uid),
})

export const eventKind = calendarKind(componentOf.calendar)
export const taskKind = calendarKind(componentOf.tasks)
export const noteKind = calendarKind(componentOf.notes)
