/** How the value of a property is to be read where no VALUE parameter says otherwise (RFC 5545 section 3.8, RFC 7986). */
export type PropertyKind =
  | 'text'
  | 'text-list'
  | 'date'
  | 'date-list'
  | 'duration'
  | 'trigger'
  | 'rule'
  | 'address'
  /** Kept as it stands: URLs, numbers, structured values. */
  | 'as-is'

const kinds = new Map<string, PropertyKind>()
const define = (kind: PropertyKind, names: string): void => {
  for (const name of names.split(' ')) kinds.set(name, kind)
}
define('text', 'SUMMARY DESCRIPTION LOCATION COMMENT CONTACT UID RELATED-TO STATUS CLASS TRANSP ACTION')
define('text-list', 'CATEGORIES RESOURCES')
define('date', 'DTSTART DTEND DUE RECURRENCE-ID DTSTAMP CREATED LAST-MODIFIED COMPLETED ACKNOWLEDGED')
define('date-list', 'RDATE EXDATE')
define('duration', 'DURATION')
define('trigger', 'TRIGGER')
define('rule', 'RRULE EXRULE')
define('address', 'ORGANIZER ATTENDEE')
define('as-is', 'URL ATTACH GEO PRIORITY SEQUENCE PERCENT-COMPLETE REPEAT REQUEST-STATUS IMAGE CONFERENCE')
define('as-is', 'TZID TZURL TZOFFSETFROM TZOFFSETTO')

const typedValues = new Set(['TEXT', 'UNKNOWN'])

/** Properties nobody defined are TEXT unless they say otherwise (RFC 5545 section 3.8.8). */
export function kindOf(name: string, valueType: string | null): PropertyKind {
  const known = kinds.get(name)
  if (known !== undefined) return known
  return valueType === null || typedValues.has(valueType.toUpperCase()) ? 'text' : 'as-is'
}

/** What a component may hold at most once (RFC 5545 section 3.6); servers refuse a second one. */
export const onlyOnce: ReadonlySet<string> = new Set(
  (
    'CLASS CREATED DESCRIPTION DTSTART GEO LAST-MODIFIED LOCATION ORGANIZER PRIORITY DTSTAMP SEQUENCE STATUS SUMMARY ' +
    'TRANSP UID URL RECURRENCE-ID DTEND DUE DURATION COMPLETED PERCENT-COMPLETE ACTION TRIGGER REPEAT'
  ).split(' '),
)

/** Points in time that are never a DATE. */
export const alwaysWithTime: ReadonlySet<string> = new Set([
  'DTSTAMP',
  'CREATED',
  'LAST-MODIFIED',
  'COMPLETED',
  'ACKNOWLEDGED',
])
