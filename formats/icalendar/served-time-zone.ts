import type { Component } from '@/formats/content-lines/span-builder'
import { type ServedComponent, servedComponent } from './served-component'
import { type ServedLine, safeText } from './served-value'
import { definedTzid, isObservance } from './time-zones'

/** The TZID as the parameters of served lines have it. */
export const servedTzid = (timeZone: Component): string => safeText(definedTzid(timeZone) ?? '').trim()

const zoneLines = new Set(['LAST-MODIFIED', 'TZURL', 'COMMENT'])
const observanceLines = new Set(['DTSTART', 'RRULE', 'RDATE', 'TZOFFSETFROM', 'TZOFFSETTO', 'TZNAME', 'COMMENT'])

/**
 * A VTIMEZONE as strict servers read it (RFC 5545 section 3.6.5): nothing but what defines the zone and X- properties,
 * without parameters, TZID unescaped as the parameters have it. It is no part of what a record means.
 */
export function servedTimeZone(timeZone: Component): ServedComponent {
  const observances = timeZone.components.filter(isObservance).map(({ name, lines }) => {
    const bare: Component = { name, lines, components: [], closed: true }
    const served = servedComponent(bare, () => false)
    return { ...served, lines: served.lines.filter(isIn(observanceLines)).map(asObservanceLine) }
  })
  const { lines } = servedComponent({ ...timeZone, components: [] }, () => false)
  const tzid: ServedLine = { name: 'TZID', params: [], value: servedTzid(timeZone) }
  return { name: 'VTIMEZONE', lines: [tzid, ...lines.filter(isIn(zoneLines))], components: observances }
}

const isIn =
  (names: ReadonlySet<string>) =>
  ({ name }: ServedLine): boolean =>
    names.has(name) || name.startsWith('X-')

/** The start of an observance is a local DATE-TIME. */
function asObservanceLine({ name, params, value }: ServedLine): ServedLine {
  if (name === 'DTSTART')
    return { name, params: [], value: value.includes('T') ? value.replace('Z', '') : `${value}T000000` }
  return { name, params: name.startsWith('X-') || name === 'RDATE' ? params : [], value }
}
