import type { ContentLine } from '@/formats/content-lines/content-line'
import { firstLine, type RecordComponent } from './calendar-component'
import { type CalendarRecord, firstText, isOverride } from './calendar-record'
import { isoDateValue, parseDateValue, parseDuration } from './date-value'

/** A date as a preview shows it. */
export interface DescribedDate {
  /** As the source has it: all there is to show where nobody can read it. */
  text: string
  /** `2009-10-01` or `2009-10-01T10:00:00`, with Z for UTC; null where it cannot be read. */
  date: string | null
  /** The zone the local time is meant in, null for UTC, days and floating times. */
  tzid: string | null
  allDay: boolean
}

interface CalendarDescription {
  title: string | null
  kind: 'event' | 'task' | 'note'
  start: DescribedDate | null
  /** For all-day events the first day after (RFC 5545 section 3.6.1). */
  end: DescribedDate | null
  due: DescribedDate | null
  location: string | null
  description: string | null
  repeats: boolean
  /** Occurrences of a series that were changed one by one. */
  overrides: number
  /** Upper case, as in RFC 5545 section 3.8.1.11. */
  status: string | null
  attendees: number
  /** Codes of {@link missingFields}; empty where nothing is missing. */
  missing: string[]
}

const kinds: Record<RecordComponent, CalendarDescription['kind']> = { VEVENT: 'event', VTODO: 'task', VJOURNAL: 'note' }

/** What a preview says about a record: its master, or its first override where the master is lost. */
export function describeCalendarRecord(record: CalendarRecord): CalendarDescription {
  const { components, assessment, title, component } = record
  const main = components[0]
  const shown = main ? [main] : []
  const dateOf = (name: string): DescribedDate | null => describeDate(main ? firstLine(main, name) : null)
  const start = dateOf('DTSTART')
  return {
    title,
    kind: kinds[component],
    start,
    end: dateOf('DTEND') ?? endOf(start, main ? firstLine(main, 'DURATION') : null),
    due: dateOf('DUE'),
    location: firstText(shown, 'LOCATION'),
    description: firstText(shown, 'DESCRIPTION'),
    repeats: main?.lines.some(({ name }) => name === 'RRULE' || name === 'RDATE') ?? false,
    overrides: components.filter(isOverride).length,
    status: firstText(shown, 'STATUS')?.toUpperCase() ?? null,
    attendees: main?.lines.filter(({ name }) => name === 'ATTENDEE').length ?? 0,
    missing: assessment.state === 'partial' ? [...assessment.missing] : [],
  }
}

/** A line's date for people, null where there is no line. */
export function describeDate(line: ContentLine | null): DescribedDate | null {
  if (line === null) return null
  const text = line.text.trim()
  const value = parseDateValue(text)
  if (value === null) return { text, date: null, tzid: null, allDay: false }
  const isLocal = value.time !== null && !value.utc
  return { text, date: isoDateValue(value), tzid: isLocal ? line.param('TZID') : null, allDay: value.time === null }
}

function endOf(start: DescribedDate | null, duration: ContentLine | null): DescribedDate | null {
  const seconds = duration && parseDuration(duration.text)
  if (!seconds || !start?.date) return null
  const utc = start.date.endsWith('Z')
  const end = new Date(Date.parse(start.allDay ? start.date : `${start.date}${utc ? '' : 'Z'}`) + seconds * 1000)
  const iso = end.toISOString().slice(0, start.allDay ? 10 : 19) + (utc ? 'Z' : '')
  return { ...start, text: iso, date: iso }
}
