import type { Component } from '@/formats/content-lines/span-builder'
import { firstLine } from './calendar-component'
import { parseDateValue } from './date-value'
import { onlyOnce } from './property-kinds'
import { carriedLine, servedLines } from './served-line'
import { carriedPrefix, type LineContext, type ServedLine } from './served-value'
import { ianaTimeZone } from './time-zone-name'
import { definedTzid } from './time-zones'

/** A component as any server can carry it. */
export interface ServedComponent {
  name: string
  lines: ServedLine[]
  components: ServedComponent[]
}

/**
 * A component whose every line is served (see {@link servedLines}) and that holds nothing twice that may stand there once
 * (RFC 5545 section 3.6): a second SUMMARY is carried, a second DESCRIPTION of a note is added to the first. An alarm
 * without a readable TRIGGER or without ACTION is carried as a component that rings nowhere.
 */
export function servedComponent(component: Component, knowsZone: LineContext['knowsZone']): ServedComponent {
  const context = { knowsZone, start: seriesStart(component, knowsZone) }
  const lines: ServedLine[] = []
  const first = new Map<string, ServedLine>()
  for (const line of component.lines) {
    for (const served of servedLines(line, context)) {
      const before = onlyOnce.has(served.name) ? first.get(served.name) : undefined
      if (before === undefined) {
        first.set(served.name, served)
        lines.push(served)
      } else if (component.name === 'VJOURNAL' && served.name === 'DESCRIPTION') {
        before.value += `\\n\\n${served.value}`
      } else if (!sameLine(before, served)) {
        lines.push(carriedLine(served))
      }
    }
  }
  const complete = component.name !== 'VALARM' || (first.has('TRIGGER') && first.has('ACTION'))
  const name = component.name.replaceAll('_', '-')
  return {
    name: complete ? name : carriedPrefix + name,
    lines: fitting(component, lines),
    components: component.components.map(nested => servedComponent(nested, knowsZone)),
  }
}

/** A series has its rules in its master; an override that repeats them is refused by servers. */
const masterOnly = new Set(['RRULE', 'RDATE', 'EXDATE', 'EXRULE'])

/** Lines that exclude each other are carried, and what a line makes certain is said. */
function fitting({ name }: Component, lines: ServedLine[]): ServedLine[] {
  const has = (wanted: string): boolean => lines.some(line => line.name === wanted)
  const hasEnd = has('DTEND') || has('DUE')
  const override = lines.find(line => line.name === 'RECURRENCE-ID')
  const fit = lines.map(line => {
    const excluded = line.name === 'DURATION' ? hasEnd : override !== undefined && masterOnly.has(line.name)
    return excluded ? carriedLine(line) : line
  })
  if (override === undefined || has('DTSTART') || name !== 'VEVENT') return fit
  // An override without a start takes place when the occurrence would have (RFC 5545 section 3.8.4.4).
  const params = override.params.filter(param => param.name !== 'RANGE')
  return [...fit, { name: 'DTSTART', params, value: override.value }]
}

const sameLine = (one: ServedLine, other: ServedLine): boolean =>
  one.value === other.value && JSON.stringify(one.params) === JSON.stringify(other.params)

function seriesStart(component: Component, knowsZone: LineContext['knowsZone']): LineContext['start'] {
  const line = firstLine(component, 'DTSTART')
  const value = line && parseDateValue(line.text)
  if (!value) return null
  const isDay = line.param('VALUE')?.toUpperCase() === 'DATE' && value.time !== null
  const { hour, minute, second } = value.time ?? { hour: 0, minute: 0, second: 0 }
  const midnight = hour + minute + second === 0
  const tzid = line.param('TZID')
  return {
    value: isDay && midnight ? { ...value, time: null, utc: false } : value,
    tzid: tzid !== null && knowsZone(tzid) ? tzid : null,
  }
}

/**
 * The components of one record as a calendar object resource can hold them. Overrides whose master is lost are refused
 * by servers that need one: the first becomes the event, the others occurrences of it that RDATE names. Components that
 * mean the same are left to the caller.
 */
export function servedComponents(components: readonly Component[], timeZones: readonly Component[]): ServedComponent[] {
  const defined = new Set(timeZones.map(definedTzid))
  const knowsZone = (tzid: string): boolean => defined.has(tzid) || ianaTimeZone(tzid) === tzid
  const served = components.map(component => servedComponent(component, knowsZone))
  const [first, ...others] = served
  if (first === undefined || served.some(component => recurrenceId(component) === undefined)) return served
  const dates = others.map(component => {
    const { params, value } = recurrenceId(component)!
    return { name: 'RDATE', params: params.filter(param => param.name !== 'RANGE'), value }
  })
  const lines = first.lines.map(line => (line.name === 'RECURRENCE-ID' ? carriedLine(line) : line))
  return [{ ...first, lines: [...lines, ...dates] }, ...others]
}

const recurrenceId = (component: ServedComponent): ServedLine | undefined =>
  component.lines.find(line => line.name === 'RECURRENCE-ID')
