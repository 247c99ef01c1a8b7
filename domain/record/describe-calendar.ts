import type { RecordField } from '@/domain/record/record-view'
import type { CalendarRecord } from '@/formats/icalendar/calendar-record'
import { describeCalendarRecord } from '@/formats/icalendar/describe-record'

/** What an event, a task or a note says, field by field. */
export function describeCalendar(record: CalendarRecord): RecordField[] {
  const said = describeCalendarRecord(record)
  const fields: RecordField[] = []
  const add = (name: RecordField['name'], value: RecordField['value'] | null) => {
    if (value !== null && value !== '' && value !== 0) fields.push({ name, kinds: [], value })
  }
  add('start', said.start)
  add('end', said.end)
  add('due', said.due)
  add('location', said.location)
  add('description', said.description)
  add('repeats', said.repeats ? 1 : null)
  add('overrides', said.overrides)
  add('attendees', said.attendees)
  add('status', said.status)
  return fields
}
