import type { Component } from '@/formats/content-lines/span-builder'
import { firstLine } from './calendar-component'
import { parseDateValue } from './date-value'
import { onlyOnce } from './property-kinds'
import { carriedLine, carriedPrefix, type SeriesStart, type ServedLine, servedLines } from './served-line'

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
export function servedComponent(component: Component): ServedComponent {
  const start = seriesStart(component)
  const lines: ServedLine[] = []
  const first = new Map<string, ServedLine>()
  for (const line of component.lines) {
    for (const served of servedLines(line, start)) {
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
    lines: first.has('DTEND') || first.has('DUE') ? lines.map(carryDuration) : lines,
    components: component.components.map(servedComponent),
  }
}

/** An end and a duration exclude each other (RFC 5545 section 3.6.1): the end stays. */
const carryDuration = (line: ServedLine): ServedLine => (line.name === 'DURATION' ? carriedLine(line) : line)

const sameLine = (one: ServedLine, other: ServedLine): boolean =>
  one.value === other.value && JSON.stringify(one.params) === JSON.stringify(other.params)

function seriesStart(component: Component): SeriesStart | null {
  const line = firstLine(component, 'DTSTART')
  const value = line && parseDateValue(line.text)
  if (!value) return null
  const isDay = line.param('VALUE')?.toUpperCase() === 'DATE' && value.time !== null
  const { hour, minute, second } = value.time ?? { hour: 0, minute: 0, second: 0 }
  const midnight = hour + minute + second === 0
  return { value: isDay && midnight ? { ...value, time: null, utc: false } : value, tzid: line.param('TZID') }
}
