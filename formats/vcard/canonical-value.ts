import type { ContentLine } from '@/formats/content-lines/content-line'

/** Names under which vCard 3.0 carries what only vCard 4.0 knows, as address books have long done. */
const names3: ReadonlyMap<string, string> = new Map([
  ['ANNIVERSARY', 'X-ANNIVERSARY'],
  ['GENDER', 'X-GENDER'],
  ['KIND', 'X-ADDRESSBOOKSERVER-KIND'],
  ['MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER'],
])
const names4 = new Map([...names3].map(([name4, name3]) => [name3, name4]))

/** What a line that is no property is kept under. */
export const looseLineName = 'X-HOMEWARD-LINE'
/** What a second one is kept under: vCard 3.0 has one of each, and some servers refuse a card with more. */
export const furtherNames: Readonly<Record<string, string>> = { N: 'X-N', BDAY: 'X-BDAY' }

/** As properties these would change what a reader takes the record for. */
const structural = new Set(['BEGIN', 'END'])

const known3 = new Map<string, string | null>()

/** The name a property has in vCard 3.0; null where the name is none (RFC 2425 section 5.8.2). */
export function nameIn3(name: string): string | null {
  let name3 = known3.get(name)
  if (name3 !== undefined) return name3
  const dashed = name.replaceAll('_', '-')
  name3 = !/^[A-Z0-9-]+$/.test(dashed) || structural.has(dashed) ? null : (names3.get(dashed) ?? dashed)
  if (known3.size < 1000 && name.length < 40) known3.set(name, name3)
  return name3
}

/** One name for what different versions call differently. */
export function canonicalName(name: string): string | null {
  const name3 = nameIn3(name)
  return name3 === null ? null : (names4.get(name3) ?? name3)
}

/** Some servers refuse a card that groups these. */
export const isNeverGrouped = (name: string): boolean => name === 'CATEGORIES' || name === 'PRODID' || name === 'UID'

/** A parameter name that every server takes. */
export const paramNameIn3 = (name: string): string => name.replace(/[^A-Z0-9-]/g, '-') || 'X-PARAM'

/** Text without what XML 1.0 cannot carry, so that a server can give it back. */
export const carriable = (text: string): string =>
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text)
    ? text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    : text

/** GEO as vCard 3.0 writes it (RFC 2426 section 3.4.2): "latitude;longitude" of a geo: URI (RFC 5870), else null. */
export function geoIn3(plain: string): string | null {
  const found = /^\s*geo:([-+.\d]+),([-+.\d]+)/i.exec(plain)
  return found ? `${found[1]};${found[2]}` : null
}

/** The decoded text of a line without what a server could not give back; escapes stand. */
export const textOf = (line: ContentLine): string => carriable(line.text)

interface DateIn3 {
  value: string
  /** The year that stands for "no year", as address books without truncated dates write it. */
  omittedYear: string | null
}

/** A date without a year (RFC 6350 section 4.3.1) as vCard 3.0 can carry it; other text as it is. */
export function dateIn3(value: string): DateIn3 {
  const trimmed = value.trim()
  const yearless = /^--(\d\d)-?(\d\d)$/.exec(trimmed)
  if (yearless) return { value: `1604-${yearless[1]}-${yearless[2]}`, omittedYear: '1604' }
  return { value: trimmed, omittedYear: null }
}

/** One spelling for equal dates: no separators, no year where it only stands for none. */
export function canonicalDate(value: string, omittedYear: string | null): string {
  const found = /^(\d{4}|--)-?(\d\d)-?(\d\d)(T.*)?$/.exec(value.trim())
  if (!found) return value
  const year = found[1] === omittedYear ? '--' : found[1]
  return `${year}${found[2]}${found[3]}${found[4]?.replaceAll(':', '') ?? ''}`
}

export const isDate = (name: string): boolean => name === 'BDAY' || name === 'ANNIVERSARY' || name === 'X-ANNIVERSARY'

export const isStructured = (name: string): boolean => name === 'N' || name === 'ADR' || name === 'ORG'
