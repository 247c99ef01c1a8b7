import type { Assessment } from '@/formats/content-lines/assessment'
import type { ContentLine } from '@/formats/content-lines/content-line'
import type { Component } from '@/formats/content-lines/span-builder'
import { unescapeText } from '@/formats/content-lines/text-value'
import { assessCalendarRecord } from './assess-record'
import { firstLine, type RecordComponent, withBoundedDepth } from './calendar-component'
import { parseDateValue } from './date-value'
import { definedTzid, isUsableTimeZone, usedTzids } from './time-zones'

/** Bytes of the source file. */
interface SourcePart {
  offset: number
  length: number
}

/** One event, task or note: a UID with all its overrides (RFC 5545 section 3.8.4.4), wherever they stood. */
export interface CalendarRecord {
  /** Counts from 0 by first appearance in the file. */
  ordinal: number
  component: RecordComponent
  /** Where its bytes stand in the source, in the source's order. */
  parts: SourcePart[]
  /** As the source has it, null where it has none. */
  uid: string | null
  /** SUMMARY of the master, else of the first component that has one. */
  title: string | null
  assessment: Assessment
  /** The master first, then its overrides in the source's order; empty where nothing has a structure. */
  components: Component[]
  /** Of the source's VTIMEZONEs exactly those that a line of the record refers to and that say something. */
  timeZones: Component[]
  /** Lines that stand in no component, where the record is a run of them. */
  strayLines: ContentLine[]
}

export interface RecordSource {
  ordinal: number
  component: RecordComponent
  parts: SourcePart[]
  components: Component[]
  strayLines: ContentLine[]
  /** True where the bytes were too many to be held. */
  tooLarge: boolean
}

/** Makes the record of what was read, with `zoneFor` to look up the source's VTIMEZONE of a TZID. */
export function makeCalendarRecord(source: RecordSource, zoneFor: (tzid: string) => Component | null): CalendarRecord {
  const components = source.components.map(withBoundedDepth).sort(byOverride)
  const timeZones: Component[] = []
  const undefinedTzids: string[] = []
  for (const tzid of usedTzids(components)) {
    const zone = zoneFor(tzid)
    if (zone !== null && isUsableTimeZone(zone)) timeZones.push(withBoundedDepth(zone))
    else undefinedTzids.push(tzid)
  }
  const { ordinal, component, parts, strayLines } = source
  return {
    ordinal,
    component,
    parts,
    uid: components.length === 0 ? null : detached(componentUid(components[0]!)),
    title: detached(firstText(components, 'SUMMARY')),
    assessment: assessCalendarRecord({ ...source, components, undefinedTzids }),
    components,
    timeZones,
    strayLines,
  }
}

/** A copy: a slice would keep a large record in memory for as long as its title is wanted. */
const detached = (text: string | null): string | null => text && Buffer.from(text, 'utf16le').toString('utf16le')

/** A VTIMEZONE look-up among the components of one VCALENDAR; the first definition of a TZID counts. */
export function zonesByTzid(components: readonly Component[]): (tzid: string) => Component | null {
  const zones = new Map<string, Component>()
  for (const component of components) {
    const tzid = component.name === 'VTIMEZONE' ? definedTzid(component) : null
    if (tzid !== null && !zones.has(tzid)) zones.set(tzid, component)
  }
  return tzid => zones.get(tzid) ?? null
}

/** Whether a component changes one occurrence of a series. One that does not say which readably stands for itself. */
export const isOverride = (component: Component): boolean =>
  parseDateValue(firstLine(component, 'RECURRENCE-ID')?.text ?? '') !== null

const byOverride = (one: Component, other: Component): number => Number(isOverride(one)) - Number(isOverride(other))

/** The UID as text, null where there is none to compare by. */
export function componentUid(component: Component): string | null {
  const uid = unescapeText(firstLine(component, 'UID')?.text ?? '').replace(/^[\0\s]+|[\0\s]+$/g, '')
  return uid === '' ? null : uid
}

/** The first value of that name that is not blank, as people read it. */
export function firstText(components: readonly Component[], name: string): string | null {
  for (const component of components) {
    for (const line of component.lines) {
      if (line.name !== name) continue
      const text = unescapeText(line.text).trim()
      if (text !== '') return text
    }
  }
  return null
}
