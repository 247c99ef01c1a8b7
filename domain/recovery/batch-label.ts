import type { ExceptionReason } from '@/domain/recovery/subscriber-layout'
import type { BagInfo } from '@/formats/bagit/bag-info'
import { printable } from '@/formats/bagit/finding'

/** What a bag's bag-info.txt says for Homeward. */
export interface BatchLabel {
  /** Slug; null where it is missing or malformed. */
  incident: string | null
  /** Slug as given; null where the bag names no carrier. */
  carrier: string | null
  asOf: Date | null
  externalId: string | null
  exceptions: { path: string; reason: ExceptionReason; detail: string }[]
}

const infoFile = 'bag-info.txt'

/** Reads the Homeward-* elements. Without a good Homeward-As-Of the bagging date counts, and an exception says so. */
export function readBatchLabel(info: BagInfo): BatchLabel {
  const exceptions: BatchLabel['exceptions'] = []
  const note = (reason: ExceptionReason, detail: string) =>
    exceptions.push({ path: infoFile, reason, detail: printable(detail).slice(0, 500) })
  const text = (label: string): string | null => {
    const value = info.first(label)
    return value ? printable(value).slice(0, 500) : null
  }

  const named = text('Homeward-Incident')?.toLowerCase() ?? null
  const incident = named !== null && /^[a-z0-9][a-z0-9-]{0,63}$/.test(named) ? named : null
  if (named === null) note('no-incident', 'Homeward-Incident is missing.')
  else if (incident === null) note('malformed-incident', `Homeward-Incident is no slug: ${named}`)

  const given = text('Homeward-As-Of')
  let asOf = given === null ? null : readTime(given)
  if (asOf === null) {
    note(
      given === null ? 'no-as-of' : 'malformed-as-of',
      given === null ? 'Homeward-As-Of is missing.' : `Homeward-As-Of is no RFC 3339 time: ${given}`,
    )
    asOf = readTime(`${text('Bagging-Date') ?? ''}T00:00:00Z`)
  }
  return { incident, carrier: text('Homeward-Carrier'), asOf, externalId: text('External-Identifier'), exceptions }
}

/** RFC 3339 section 5.6; null where it is none, February 30 included. */
function readTime(text: string): Date | null {
  const match = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(text)
  if (!match) return null
  const [, day, time, fraction = '', zone] = match
  const instant = new Date(`${day}T${time}${fraction.slice(0, 4)}${zone!.toUpperCase()}`)
  const midnight = new Date(`${day}T00:00:00Z`)
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day!)
  return isDay && !Number.isNaN(instant.getTime()) ? instant : null
}
