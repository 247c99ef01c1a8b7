import type { ContentLine } from '@/formats/content-lines/content-line'
import { decodeText } from '@/formats/content-lines/decode-text'
import { escapeText, splitEscaped, unescapeText } from '@/formats/content-lines/text-value'
import { type DateValue, parseDateValue, parseDuration, writeDateValue, writeDuration } from './date-value'
import { alwaysWithTime, kindOf } from './property-kinds'
import { parseRecurrenceRule, writeRecurrenceRule } from './recurrence-rule'

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

/** The DTSTART that the dates of EXDATE and RDATE have to match in type. */
export interface SeriesStart {
  value: DateValue
  tzid: string | null
}

/** What cannot be said in a property's own syntax travels under this prefix, so that no value is ever left out. */
export const carriedPrefix = 'X-HOMEWARD-'

/** Names with a meaning of their own in the structure: as a property they would change what a server reads. */
const structural = new Set(['BEGIN', 'END', 'VERSION', 'PROFILE'])
const namePattern = /^[A-Z0-9-]+$/

/**
 * A source line as iCalendar 2.0 in UTF-8 (RFC 5545): quoted-printable and charsets resolved, TEXT escaped properly,
 * dates, durations and rules in their strict form. A value that is none of these is carried as X-HOMEWARD-<NAME>, a line
 * that is no property as X-HOMEWARD-LINE. Serving what was served before changes nothing.
 */
export function servedLines(line: ContentLine, start: SeriesStart | null): ServedLine[] {
  const name = line.name.replaceAll('_', '-')
  if (!namePattern.test(name) || structural.has(name)) return [unreadableLine(line)]
  const params = servedParams(line)
  const text = safeText(line.text)
  const kind = kindOf(name, line.param('VALUE'))
  switch (kind) {
    case 'text':
      return [{ name, params, value: escapeText(unescapeText(text)) }]
    case 'text-list':
      return [{ name, params, value: textItems(text).map(escapeText).join(',') }]
    case 'address':
      return [{ name, params, value: oneLine(text).trim() }]
    case 'as-is':
      return [asIs(name, params, text)]
  }
  if (text.trim() === '') return []
  switch (kind) {
    case 'date':
      return [servedDate(name, params, text)]
    case 'date-list':
      return servedDateList(name, params, text, start)
    case 'duration':
      return [servedDuration(name, params, text)]
    case 'trigger':
      return [servedTrigger(name, params, text)]
    case 'rule': {
      const rule = parseRecurrenceRule(text)
      return [rule === null ? carried(name, params, text) : { name, params, value: writeRecurrenceRule(rule) }]
    }
  }
}

/** The same value under a name that says nothing to a server. */
export function carriedLine({ name, params, value }: ServedLine): ServedLine {
  const isText = kindOf(name, null) === 'text'
  return { name: carriedPrefix + name, params: withoutMeaning(params), value: isText ? value : escapeText(value) }
}

/** Items of CATEGORIES or RESOURCES; a semicolon separates too, as in vCalendar 1.0. Empty ones are left out. */
export function textItems(text: string): string[] {
  const items = splitEscaped(text, ',').flatMap(item => splitEscaped(item, ';'))
  return items.map(item => unescapeText(item).trim()).filter(item => item !== '')
}

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

const oneLine = (text: string): string => text.replace(/\r\n|\r|\n/g, '\\n')

function servedParams(line: ContentLine): ServedParam[] {
  const params: ServedParam[] = []
  for (const { name, values } of line.params) {
    if (name === 'CHARSET' || (name === 'ENCODING' && line.header.encoding !== 'base64')) continue
    if (name === 'ENCODING') params.push({ name, values: ['BASE64'] })
    else if (namePattern.test(name.replaceAll('_', '-'))) params.push({ name, values: values.map(safeText) })
    else params.push({ name: `${carriedPrefix}PARAM`, values: [safeText(`${name}=${values.join(',')}`)] })
  }
  if (line.group !== null) params.push({ name: `${carriedPrefix}GROUP`, values: [safeText(line.group)] })
  return params
}

function asIs(name: string, params: ServedParam[], text: string): ServedLine {
  if (!params.some(param => param.name === 'ENCODING')) return { name, params, value: oneLine(text).trim() }
  const typed = params.some(param => param.name === 'VALUE')
  return {
    name,
    params: typed ? params : [...params, { name: 'VALUE', values: ['BINARY'] }],
    value: text.replace(/\s/g, ''),
  }
}

function servedDate(name: string, params: ServedParam[], text: string): ServedLine {
  const value = typedDate(params, text)
  if (value === null) return carried(name, params, text)
  if (alwaysWithTime.has(name) && value.time === null) {
    value.time = { hour: 0, minute: 0, second: 0 }
    value.utc = true
  }
  return { name, params: dateParams(params, value), value: writeDateValue(value) }
}

/** A date that says VALUE=DATE but holds midnight is that day, as all-day events of some programs are written. */
function typedDate(params: readonly ServedParam[], text: string): DateValue | null {
  const value = parseDateValue(text)
  if (value?.time && firstValue(params, 'VALUE')?.toUpperCase() === 'DATE') {
    const { hour, minute, second } = value.time
    if (hour + minute + second === 0) return { ...value, time: null, utc: false }
  }
  return value
}

/** VALUE and TZID as the value needs them, the others as they are. */
function dateParams(params: readonly ServedParam[], value: DateValue): ServedParam[] {
  const kept = params.filter(({ name }) => name !== 'VALUE' && (name !== 'TZID' || (value.time !== null && !value.utc)))
  return value.time === null ? [...kept, { name: 'VALUE', values: ['DATE'] }] : kept
}

function servedDateList(name: string, params: ServedParam[], text: string, start: SeriesStart | null): ServedLine[] {
  const lines = new Map<string, ServedLine>()
  const add = (line: ServedLine): void => {
    const key = JSON.stringify([line.name, line.params])
    const same = lines.get(key)
    if (same) same.value += `,${line.value}`
    else lines.set(key, line)
  }
  for (const item of text.split(',')) {
    if (item.trim() === '') continue
    const period = servedPeriod(item)
    const value = period === null ? typedDate(params, item) : null
    if (period !== null) add({ name, params: periodParams(params, period), value: period })
    else if (value === null) add(carried(name, params, item))
    else add(servedListedDate(name, params, value, start))
  }
  return [...lines.values()]
}

/** A listed date of another type than DTSTART names no occurrence: it is given DTSTART's type, as servers do. */
function servedListedDate(
  name: string,
  params: ServedParam[],
  value: DateValue,
  start: SeriesStart | null,
): ServedLine {
  if (start !== null && value.time === null && start.value.time !== null) {
    const { time, utc } = start.value
    const zone = start.tzid === null || utc ? [] : [{ name: 'TZID', values: [start.tzid] }]
    const others = params.filter(param => param.name !== 'VALUE' && param.name !== 'TZID')
    return { name, params: [...others, ...zone], value: writeDateValue({ ...value, time, utc }) }
  }
  const typed = start !== null && start.value.time === null ? { ...value, time: null, utc: false } : value
  return { name, params: dateParams(params, typed), value: writeDateValue(typed) }
}

function servedPeriod(item: string): string | null {
  const [from, to, more] = item.trim().split('/')
  if (to === undefined || more !== undefined) return null
  const start = parseDateValue(from!)
  const end = parseDateValue(to)
  const seconds = end === null ? parseDuration(to) : null
  if (!start?.time || (end === null && seconds === null)) return null
  return `${writeDateValue(start)}/${end === null ? to.toUpperCase() : writeDateValue(end)}`
}

function periodParams(params: readonly ServedParam[], period: string): ServedParam[] {
  const utc = period.split('/')[0]!.endsWith('Z')
  const kept = params.filter(param => param.name !== 'VALUE' && !(utc && param.name === 'TZID'))
  return [...kept, { name: 'VALUE', values: ['PERIOD'] }]
}

const strictDuration = /^[+-]?P(?:\d+W|(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/

function servedDuration(name: string, params: ServedParam[], text: string): ServedLine {
  const seconds = parseDuration(text)
  if (seconds === null) return carried(name, params, text)
  const value = text.trim().toUpperCase()
  return { name, params, value: strictDuration.test(value) ? value : writeDuration(seconds) }
}

function servedTrigger(name: string, params: ServedParam[], text: string): ServedLine {
  const untyped = params.filter(param => param.name !== 'VALUE')
  if (parseDuration(text) !== null) return servedDuration(name, untyped, text)
  const value = parseDateValue(text)
  if (value === null) return carried(name, params, text)
  value.time ??= { hour: 0, minute: 0, second: 0 }
  return { name, params: [...untyped, { name: 'VALUE', values: ['DATE-TIME'] }], value: writeDateValue(value) }
}

function carried(name: string, params: readonly ServedParam[], text: string): ServedLine {
  return { name: carriedPrefix + name, params: withoutMeaning(params), value: escapeText(text.trim()) }
}

/** VALUE and TZID bind a server to what the value is not. */
function withoutMeaning(params: readonly ServedParam[]): ServedParam[] {
  return params.map(({ name, values }) => ({
    name: name === 'VALUE' || name === 'TZID' || name === 'ENCODING' ? carriedPrefix + name : name,
    values,
  }))
}

function unreadableLine(line: ContentLine): ServedLine {
  const latin1 = Buffer.from(line.raw).toString('latin1')
  const unfolded = latin1.replace(/[\r\n]+$/, '').replace(/(?:\r\r\n|\r\n|\n|\r)[ \t]?/g, '')
  const text = safeText(decodeText(Buffer.from(unfolded, 'latin1'), null).text)
  return { name: `${carriedPrefix}LINE`, params: [], value: escapeText(text) }
}

export const firstValue = (params: readonly ServedParam[], name: string): string | null =>
  params.find(param => param.name === name)?.values[0] ?? null
