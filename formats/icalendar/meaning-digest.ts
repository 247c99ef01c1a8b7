import { createHash } from 'node:crypto'
import type { CalendarRecord } from './calendar-record'
import { canonicalLines } from './canonical-line'
import { type ServedComponent, servedComponents } from './served-component'

/**
 * SHA-256 (64 hex digits) of what a record means to a person: the same for two records that differ only in the order of
 * lines, components and rule parts, in folding, case of names, escaping, written-out defaults, bookkeeping (see
 * {@link canonicalLines}), scheduling marks (RFC 6638) or the wording of their VTIMEZONEs. The UID does not count, and
 * what servers cannot carry counts as what they get instead.
 */
export function meaningDigest(record: CalendarRecord): string {
  const meanings = servedComponents(record.components, record.timeZones).map(componentMeaning)
  const stray = record.strayLines.map(line => Buffer.from(line.raw).toString('latin1').trim())
  const canonical = JSON.stringify([[...new Set(meanings)].sort(), stray])
  return createHash('sha256').update(canonical).digest('hex')
}

/** A component as a string that is the same for equal meanings. */
export function componentMeaning({ name, lines, components }: ServedComponent): string {
  const own = new Set(lines.flatMap(canonicalLines))
  const nested = new Set(components.map(componentMeaning))
  return JSON.stringify([name, [...own].sort(), [...nested].sort()])
}
