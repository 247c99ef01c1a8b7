import { escapeText } from '@/formats/content-lines/text-value'
import type { DateValue } from './date-value'

export interface ServedParam {
  name: string
  values: readonly string[]
}

/** A content line as any server can carry it: unfolded, its value already escaped. */
export interface ServedLine {
  name: string
  params: ServedParam[]
  value: string
}

/** What a line is served beside. */
export interface LineContext {
  /** The DTSTART that the dates of EXDATE and RDATE have to match in type; `tzid` only where the zone is known. */
  start: { value: DateValue; tzid: string | null } | null
  /** Whether a TZID is defined beside the component or is a name of the IANA database. */
  knowsZone: (tzid: string) => boolean
}

/** What cannot be said in a property's own syntax travels under this prefix, so that no value is ever left out. */
export const carriedPrefix = 'X-HOMEWARD-'

/**
 * Text that XML 1.0 can carry (a CalDAV report is XML): NUL is dropped, other control characters become their visible
 * pictures, noncharacters the replacement character.
 */
export function safeText(text: string): string {
  if (!/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/.test(text)) return text
  return text
    .replaceAll('\0', '')
    .replace(/[\x01-\x08\x0b\x0c\x0e-\x1f]/g, control => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replaceAll('\x7f', '\u2421')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
}

/** A value that is not what its property asks for, as text. */
export function carried(name: string, params: readonly ServedParam[], text: string): ServedLine {
  return { name: carriedPrefix + name, params: withoutMeaning(params), value: escapeText(text.trim()) }
}

const binding = new Set(['VALUE', 'TZID', 'ENCODING'])

/** VALUE and TZID bind a server to what the value is not. */
export function withoutMeaning(params: readonly ServedParam[]): ServedParam[] {
  return params.map(param => (binding.has(param.name) ? carriedParam(param) : param))
}

/** A parameter that must not be understood here. */
export const carriedParam = ({ name, values }: ServedParam): ServedParam => ({ name: carriedPrefix + name, values })

export const firstValue = (params: readonly ServedParam[], name: string): string | null =>
  params.find(param => param.name === name)?.values[0] ?? null
