import type { ContentLine } from '@/formats/content-lines/content-line'
import type { Component } from '@/formats/content-lines/span-builder'

/** The kinds of component that are records: events, tasks, notes (RFC 5545 section 3.6). */
export type RecordComponent = 'VEVENT' | 'VTODO' | 'VJOURNAL'

export const isRecordComponent = (name: string): name is RecordComponent =>
  name === 'VEVENT' || name === 'VTODO' || name === 'VJOURNAL'

/** What never stands inside another component: its BEGIN closes one whose END is missing. */
export const topLevelComponents: ReadonlySet<string> = new Set([
  'VEVENT',
  'VTODO',
  'VJOURNAL',
  'VFREEBUSY',
  'VTIMEZONE',
  'VAVAILABILITY',
  'VPOLL',
  'VCARD',
])

export const calendarContainers: ReadonlySet<string> = new Set(['VCALENDAR'])

/** Real files nest two deep. What is deeper is lifted to this depth, so that walking the tree by recursion is safe. */
const maxDepth = 8

/** The same component with every line kept and nothing nested deeper than trees are walked. */
export function withBoundedDepth(root: Component): Component {
  let depth = [root]
  for (let level = 1; level < maxDepth; level++) {
    depth = depth.flatMap(component => component.components)
    if (depth.length === 0) return root
  }
  for (const component of depth) {
    const below = [...component.components]
    component.components = []
    for (let next = below.pop(); next; next = below.pop()) {
      for (const line of next.lines) component.lines.push(line)
      for (const nested of next.components) below.push(nested)
    }
  }
  return root
}

/** The first line of that upper-case name, null where there is none. */
export function firstLine(component: Component, name: string): ContentLine | null {
  return component.lines.find(line => line.name === name) ?? null
}

/** Every line of the component and of all that is nested in it. */
export function* allLines(component: Component): Iterable<ContentLine> {
  yield* component.lines
  for (const nested of component.components) yield* allLines(nested)
}

/** True where the component or anything nested in it lacks its END. */
export function isCutOff(component: Component): boolean {
  return !component.closed || component.components.some(isCutOff)
}
