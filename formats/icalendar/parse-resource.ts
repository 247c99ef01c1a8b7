import { ComponentSplitter, type Span } from '@/formats/content-lines/read-components'
import type { Component } from '@/formats/content-lines/span-builder'
import { calendarContainers, isRecordComponent, topLevelComponents } from './calendar-component'
import { type CalendarRecord, makeCalendarRecord, zonesByTzid } from './calendar-record'

/**
 * Reads what a calendar server holds under one name (RFC 4791 section 4.1). Never throws: bytes that nobody can read
 * are a damaged record without components. A resource with several kinds is of the kind it begins with.
 */
export function parseResource(bytes: Uint8Array): CalendarRecord {
  const splitter = new ComponentSplitter({ records: topLevelComponents, containers: calendarContainers })
  const spans = [...splitter.push(bytes), ...splitter.end()]
  const roots = spans.flatMap(({ root }) => (root === null ? [] : [root]))
  const components = roots.filter(({ name }) => isRecordComponent(name))
  const kind = components[0]?.name ?? ''
  return makeCalendarRecord(
    {
      ordinal: 0,
      component: isRecordComponent(kind) ? kind : 'VEVENT',
      parts: [{ offset: 0, length: bytes.length }],
      components,
      strayLines: components.length > 0 ? [] : spans.flatMap(linesOf),
      tooLarge: spans.some(span => span.bytes === null),
    },
    zonesByTzid(roots),
  )
}

const linesOf = (span: Span): Component['lines'] => span.root?.lines ?? span.lines
