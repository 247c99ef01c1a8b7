import type { ContentLine } from '@/formats/content-lines/content-line'
import { readComponents, type Span } from '@/formats/content-lines/read-components'
import type { Component } from '@/formats/content-lines/span-builder'
import { calendarContainers, type RecordComponent, topLevelComponents } from './calendar-component'
import { definedTzid } from './time-zones'

interface Place {
  /** Bytes in the file. */
  offset: number
  length: number
}

/** What a calendar file holds as seen by somebody who wants one kind of component. */
export type CalendarItem =
  /** A component of that kind; without `root` it was above the cap. `calendar` numbers the VCALENDARs from 1. */
  | (Place & { kind: 'component'; calendar: number; root: Component | null })
  /** A run of lines that belong to no component and are no property of a VCALENDAR. */
  | (Place & { kind: 'stray'; calendar: number; lines: ContentLine[]; tooLarge: boolean })
  | (Place & { kind: 'time-zone'; calendar: number; tzid: string; bytes: Uint8Array })
  /** A component of another kind. */
  | (Place & { kind: 'other'; name: string })

/** Reads a calendar file as items, streaming; what is neither a record nor of use to one is left out. */
export async function* readCalendarItems(
  input: AsyncIterable<Uint8Array>,
  wanted: RecordComponent,
): AsyncIterable<CalendarItem> {
  let calendar = 0
  for await (const span of readComponents(input, { records: topLevelComponents, containers: calendarContainers })) {
    if (span.kind === 'container-begin') calendar++
    const item = itemOf(span, calendar, wanted)
    if (item !== null) yield item
  }
}

function itemOf(span: Span, calendar: number, wanted: RecordComponent): CalendarItem | null {
  const { kind, offset, length, name, root, bytes } = span
  if (kind === 'properties' || kind === 'garbage') return strayOf(span, calendar)
  if (kind !== 'component') return null
  if (name === wanted) return { kind: 'component', offset, length, calendar, root }
  if (name !== 'VTIMEZONE') return { kind: 'other', offset, length, name }
  const tzid = root && definedTzid(root)
  return tzid && bytes ? { kind: 'time-zone', offset, length, calendar, tzid, bytes } : null
}

/** From the first line that can belong to no VCALENDAR to the end of the run: what follows it may belong to it. */
function strayOf({ kind, offset, length, bytes, lines }: Span, calendar: number): CalendarItem | null {
  if (bytes === null) return { kind: 'stray', offset, length, calendar, lines: [], tooLarge: true }
  const from = lines.findIndex(line => isStray(line, kind === 'properties'))
  if (from < 0) return null
  const start = lines[from]!.offset
  return {
    kind: 'stray',
    offset: start,
    length: offset + length - start,
    calendar,
    lines: lines.slice(from),
    tooLarge: false,
  }
}

/** What never is a property of a VCALENDAR (RFC 5545 section 3.7, RFC 7986 section 5): the rest of a broken component. */
const componentOnly = new Set(
  (
    'DTSTART DTEND DUE DURATION DTSTAMP SUMMARY LOCATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID ATTENDEE ORGANIZER ' +
    'STATUS TRANSP SEQUENCE CLASS CREATED PRIORITY COMPLETED PERCENT-COMPLETE TRIGGER ACTION GEO ATTACH CONTACT ' +
    'RELATED-TO RESOURCES'
  ).split(' '),
)

function isStray({ name }: ContentLine, inCalendar: boolean): boolean {
  if (name === '' || componentOnly.has(name)) return true
  return !(inCalendar ? /^[\x20-\x7e]+$/ : /^[A-Z0-9-]+$/).test(name)
}
