import { unescapeText } from '@/formats/content-lines/text-value'
import { parseDateValue, parseDuration } from './date-value'
import { kindOf, type PropertyKind } from './property-kinds'
import { parseRecurrenceRule } from './recurrence-rule'
import { textItems } from './served-line'
import { carriedPrefix, firstValue, type ServedLine, type ServedParam } from './served-value'
import { isAlwaysUtc } from './time-zone-name'

/**
 * Bookkeeping that servers and programs write by themselves: identity, revision, who wrote it when, which alarm was
 * dismissed. Two records that differ in nothing else mean the same to a person.
 */
const bookkeeping = new Set(
  (
    'UID DTSTAMP CREATED LAST-MODIFIED SEQUENCE PRODID METHOD ACKNOWLEDGED X-MOZ-GENERATION X-MOZ-LASTACK ' +
    'X-MOZ-SNOOZE-TIME X-WR-ALARMUID X-LIC-ERROR X-RADICALE-NAME'
  ).split(' '),
)

const ignoredParams = new Set([
  'VALUE',
  'TZID',
  'SCHEDULE-AGENT',
  'SCHEDULE-STATUS',
  'SCHEDULE-FORCE-SEND',
  'X-VOBJ-FLOATINGTIME-ALLOWED',
  'X-VOBJ-ORIGINAL-TZID',
])

/** Values that say what is true without them (RFC 5545 sections 3.2 and 3.8). */
const defaultParams = new Set([
  'CUTYPE=INDIVIDUAL',
  'PARTSTAT=NEEDS-ACTION',
  'ROLE=REQ-PARTICIPANT',
  'RSVP=FALSE',
  'RELATED=START',
  'RELTYPE=PARENT',
])
const defaultLines = new Set(['TRANSP:OPAQUE', 'CLASS:PUBLIC', 'PRIORITY:0'])
const caseless = new Set(['STATUS', 'CLASS', 'TRANSP', 'ACTION'])
const caselessParams = new Set('CUTYPE PARTSTAT ROLE RSVP RELATED RELTYPE RANGE ENCODING FBTYPE LANGUAGE'.split(' '))

/** A served line by what it means: the same strings for the same meaning, none where it says nothing. */
export function canonicalLines({ name, params, value }: ServedLine): string[] {
  const plainName = name.startsWith(carriedPrefix) ? name.slice(carriedPrefix.length) : name
  if (bookkeeping.has(plainName) || value === '') return []
  const kind = kindOf(name, firstValue(params, 'VALUE'))
  const rest = canonicalParams(params)
  const tzid = firstValue(params, 'TZID')
  return canonicalValues(name, kind, value, tzid).map(content => JSON.stringify([name, rest, content]))
}

function canonicalValues(name: string, kind: PropertyKind, value: string, tzid: string | null): string[] {
  switch (kind) {
    case 'text': {
      const text = unescapeText(value).trimEnd()
      const content = caseless.has(name) ? text.toUpperCase() : text
      return content === '' || defaultLines.has(`${name}:${content}`) ? [] : [content]
    }
    case 'text-list':
      return textItems(value)
    case 'date':
      return [canonicalDate(value, tzid)]
    case 'date-list':
      return value.split(',').map(item => canonicalDate(item, tzid))
    case 'duration':
    case 'trigger':
      return [String(parseDuration(value) ?? canonicalDate(value, tzid))]
    case 'rule':
      return [canonicalRule(value)]
    case 'address':
      return [value.replace(/^[a-z][a-z0-9+.-]*:/i, scheme => scheme.toLowerCase())]
    case 'as-is':
      return name === 'REQUEST-STATUS' ? [unescapeText(value)] : defaultLines.has(`${name}:${value}`) ? [] : [value]
  }
}

/** A local time keeps its TZID's name; the wording of the VTIMEZONE behind it does not count. */
function canonicalDate(value: string, tzid: string | null): string {
  const date = parseDateValue(value)
  if (tzid === null || date === null || date.time === null || date.utc) return value
  return isAlwaysUtc(tzid) ? `${value}Z` : `${tzid}:${value}`
}

function canonicalRule(value: string): string {
  const parts: string[] = []
  for (const [name, content] of parseRecurrenceRule(value) ?? []) {
    if ((name === 'INTERVAL' && Number(content) === 1) || (name === 'WKST' && content === 'MO')) continue
    parts.push(`${name}=${name === 'UNTIL' ? content : content.split(',').map(plainNumber).sort().join(',')}`)
  }
  return parts.sort().join(';')
}

/** `+1MO` is `1MO`, `01` is `1`. */
const plainNumber = (item: string): string => item.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1')

function canonicalParams(params: readonly ServedParam[]): string[] {
  const merged = new Map<string, string[]>()
  for (const { name, values } of params) {
    if (ignoredParams.has(name)) continue
    const said = values
      .filter(value => value !== '')
      .map(value => (caselessParams.has(name) ? value.toUpperCase() : value))
    merged.set(name, [...(merged.get(name) ?? []), ...said])
  }
  const lines: string[] = []
  for (const [name, values] of merged) {
    const line = `${name}=${values.sort().join('\n')}`
    if (values.length > 0 && !defaultParams.has(line)) lines.push(line)
  }
  return lines.sort()
}
