import type { Assessment } from '@/formats/content-lines/assessment'
import { type ContentLine, lineFlags } from '@/formats/content-lines/content-line'
import type { Component } from '@/formats/content-lines/span-builder'
import { allLines, isCutOff, type RecordComponent } from './calendar-component'
import { parseDateValue } from './date-value'
import { parseRecurrenceRule } from './recurrence-rule'
import { ianaTimeZone } from './time-zone-name'

/** What a person would miss in a calendar record, in the order in which it is said. */
export const missingFields = [
  'title',
  'start',
  'date-unreadable',
  'rule-unreadable',
  'time-zone',
  'text-unreadable',
  'cut-off',
] as const
type MissingField = (typeof missingFields)[number]

interface Assessed {
  component: RecordComponent
  components: readonly Component[]
  strayLines: readonly ContentLine[]
  /** TZIDs in use that the file defines nowhere. */
  undefinedTzids: readonly string[]
  tooLarge: boolean
}

/**
 * Complete: a VEVENT with a readable DTSTART and a SUMMARY, a VTODO with a SUMMARY, a VJOURNAL with a SUMMARY or a
 * DESCRIPTION, and nothing unreadable beside it. Damaged: nothing in it that anybody could use.
 */
export function assessCalendarRecord(assessed: Assessed): Assessment {
  const { component, components, strayLines, undefinedTzids, tooLarge } = assessed
  if (tooLarge) return { state: 'damaged', reason: 'too-large' }
  if (components.length === 0) {
    return { state: 'damaged', reason: strayLines.some(holdsControls) ? 'not-text' : 'no-structure' }
  }
  if (!components.some(isUsable)) return { state: 'damaged', reason: damageOf(components) }
  const missing = new Set<MissingField>()
  const has = (name: string): boolean => components.some(({ lines }) => lines.some(line => saysText(line, name)))
  if (!has('SUMMARY') && !(component === 'VJOURNAL' && has('DESCRIPTION'))) missing.add('title')
  if (component === 'VEVENT' && components.some(lacksStart)) missing.add('start')
  if (undefinedTzids.some(tzid => ianaTimeZone(tzid) === null)) missing.add('time-zone')
  if (components.some(isCutOff)) missing.add('cut-off')
  for (const part of components) for (const line of allLines(part)) assessLine(line, missing)
  if (missing.size === 0) return { state: 'complete' }
  return { state: 'partial', missing: missingFields.filter(field => missing.has(field)) }
}

const readable = new Set(
  (
    'SUMMARY DESCRIPTION LOCATION COMMENT CONTACT CATEGORIES RESOURCES ATTENDEE ORGANIZER URL ATTACH IMAGE CONFERENCE GEO ' +
    'RELATED-TO'
  ).split(' '),
)

/** Something a person would recognise the record by: a text, a person, a place or a date. */
const isUsable = ({ lines }: Component): boolean =>
  lines.some(
    line =>
      (readable.has(line.name) && saysText(line, line.name)) ||
      ((line.name === 'DTSTART' || line.name === 'DUE' || line.name === 'DTEND') && parseDateValue(line.text) !== null),
  )

const saysText = (line: ContentLine, name: string): boolean =>
  line.name === name && /[\p{L}\p{N}\p{S}\p{P}]/u.test(line.text)

function damageOf(components: readonly Component[]): 'not-text' | 'cut-off' | 'nothing-readable' {
  const lines = components.flatMap(component => [...allLines(component)])
  if (lines.some(line => line.name === '' && holdsControls(line))) return 'not-text'
  return components.some(isCutOff) ? 'cut-off' : 'nothing-readable'
}

/** An override starts where its RECURRENCE-ID says, unless it says something else. */
const lacksStart = ({ lines }: Component): boolean =>
  !lines.some(({ name, text }) =>
    name === 'RECURRENCE-ID' ? parseDateValue(text) !== null : name === 'DTSTART' && text.trim() !== '',
  )

const shownDates = new Set(['DTSTART', 'DTEND', 'DUE', 'RECURRENCE-ID', 'COMPLETED'])
const listedDates = new Set(['RDATE', 'EXDATE'])

function assessLine(line: ContentLine, missing: Set<MissingField>): void {
  const { name } = line
  if (shownDates.has(name)) {
    if (line.text.trim() !== '' && parseDateValue(line.text) === null) missing.add('date-unreadable')
  } else if (listedDates.has(name)) {
    if (line.text.split(',').some(isUnreadableItem)) missing.add('date-unreadable')
  } else if (name === 'RRULE' || name === 'EXRULE') {
    if (line.text.trim() !== '' && parseRecurrenceRule(line.text) === null) missing.add('rule-unreadable')
  }
  if (isUnreadable(line)) missing.add('text-unreadable')
}

const notPlain = lineFlags.eightBit | lineFlags.control

/** Whether the text of a line is not what was meant: no property, lost characters, binary bytes. */
function isUnreadable(line: ContentLine): boolean {
  if (line.name === '') return true
  if ((line.flags & notPlain) === 0 && line.header.encoding === null) return false
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]/.test(line.text)) return true
  return line.flaw === 'unknown-charset' && /[^\0-\x7f]/.test(line.text)
}

const isUnreadableItem = (item: string): boolean =>
  item.trim() !== '' && item.split('/').every(side => parseDateValue(side) === null)

const holdsControls = (line: ContentLine): boolean => (line.flags & lineFlags.control) !== 0
