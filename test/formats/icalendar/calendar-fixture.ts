import type { RecordComponent } from '@/formats/icalendar/calendar-component'
import type { CalendarRecord } from '@/formats/icalendar/calendar-record'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { type CalendarOptions, type OpenCalendar, readCalendar } from '@/formats/icalendar/read-calendar'

/** Lines with CRLF behind each, as bytes. */
export const bytesOf = (...lines: string[]): Buffer => Buffer.from(lines.map(line => `${line}\r\n`).join(''), 'utf8')

export const inCalendar = (...lines: string[]): Buffer =>
  bytesOf('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//Example//EN', ...lines, 'END:VCALENDAR')

export const eventLines = (uid: string, ...lines: string[]): string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20091001T000000Z',
  'DTSTART:20091012T090000Z',
  'SUMMARY:Lunch',
  ...lines,
  'END:VEVENT',
]

/** A resource of one event with these lines besides UID, DTSTAMP, DTSTART and SUMMARY. */
export const eventWith = (...lines: string[]): CalendarRecord =>
  parseResource(inCalendar(...eventLines('one', ...lines)))

export const parisZone = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Paris',
  'BEGIN:DAYLIGHT',
  'DTSTART:19810329T020000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
]

/** Opens bytes like a file, cut at the given places, counting how often a range was asked for. */
export function opened(bytes: Uint8Array, chunk = 65_536): { open: OpenCalendar; ranges: () => number } {
  let ranges = 0
  const open: OpenCalendar = async function* (range) {
    if (range) ranges++
    const wanted = range ? bytes.subarray(range.from, range.to) : bytes
    for (let at = 0; at < wanted.length; at += chunk) yield wanted.subarray(at, at + chunk)
  }
  return { open, ranges: () => ranges }
}

export async function recordsOf(
  bytes: Uint8Array,
  component: RecordComponent = 'VEVENT',
  options: CalendarOptions & { chunk?: number } = {},
): Promise<CalendarRecord[]> {
  const records: CalendarRecord[] = []
  for await (const record of readCalendar(opened(bytes, options.chunk).open, component, options)) records.push(record)
  return records
}

/** What a record says, without the objects that say it. */
export const summaryOf = ({
  ordinal,
  parts,
  uid,
  title,
  assessment,
  components,
  timeZones,
}: CalendarRecord): unknown => ({
  ordinal,
  parts,
  uid,
  title,
  assessment,
  components: components.length,
  timeZones: timeZones.length,
})
