import type { Component } from '@/formats/content-lines/span-builder'
import { unescapeText } from '@/formats/content-lines/text-value'
import { allLines, firstLine } from './calendar-component'
import { parseDateValue } from './date-value'

/** The TZID that a VTIMEZONE defines, null where it names none (RFC 5545 section 3.8.3.1). */
export function definedTzid(timeZone: Component): string | null {
  const tzid = unescapeText(firstLine(timeZone, 'TZID')?.text.trim() ?? '')
  return tzid === '' ? null : tzid
}

/** Every TZID that lines of the components refer to, alarms included, each once. */
export function usedTzids(components: readonly Component[]): Set<string> {
  const used = new Set<string>()
  for (const component of components) {
    for (const line of allLines(component)) {
      if (line.params.length === 0) continue
      const tzid = line.param('TZID')
      if (tzid) used.add(tzid)
    }
  }
  return used
}

/**
 * Whether a VTIMEZONE says anything: at least one STANDARD or DAYLIGHT, each with its start and offsets (RFC 5545 section
 * 3.6.5). Servers refuse the whole resource for one that does not.
 */
export function isUsableTimeZone(timeZone: Component): boolean {
  const rules = timeZone.components.filter(isObservance)
  return rules.length > 0 && rules.every(isUsableObservance)
}

/** What a zone is made of: its standard and its daylight saving time. */
export const isObservance = ({ name }: Component): boolean => name === 'STANDARD' || name === 'DAYLIGHT'

function isUsableObservance(observance: Component): boolean {
  const start = parseDateValue(firstLine(observance, 'DTSTART')?.text ?? '')
  return start !== null && hasOffset(observance, 'TZOFFSETFROM') && hasOffset(observance, 'TZOFFSETTO')
}

const hasOffset = (observance: Component, name: string): boolean =>
  /^\s*[+-]\d{4}(?:\d{2})?\s*$/.test(firstLine(observance, name)?.text ?? '')
