import type { ContentLine } from '@/formats/content-lines/content-line'
import { decodeText } from '@/formats/content-lines/decode-text'
import { escapeText, splitEscaped, unescapeText } from '@/formats/content-lines/text-value'
import { kindOf, type PropertyKind } from './property-kinds'
import { parseRecurrenceRule, writeRecurrenceRule } from './recurrence-rule'
import { servedDate, servedDateList, servedDuration, servedTrigger } from './served-date'
import {
  carried,
  carriedParam,
  carriedPrefix,
  firstValue,
  type LineContext,
  type ServedLine,
  type ServedParam,
  safeText,
  withoutMeaning,
} from './served-value'

/** Names with a meaning of their own in the structure: as a property they would change what a server reads. */
const structural = new Set(['BEGIN', 'END', 'VERSION', 'PROFILE'])
const namePattern = /^[A-Z0-9-]+$/

/**
 * A source line as iCalendar 2.0 in UTF-8 (RFC 5545): quoted-printable and charsets resolved, TEXT escaped properly,
 * dates, durations and rules in their strict form. A value that is none of these is carried as X-HOMEWARD-<NAME>, a line
 * that is no property as X-HOMEWARD-LINE. Serving what was served before changes nothing.
 */
export function servedLines(line: ContentLine, context: LineContext): ServedLine[] {
  const name = line.name.replaceAll('_', '-')
  if (!namePattern.test(name) || structural.has(name)) return [unreadableLine(line)]
  const kind = kindOf(name, line.param('VALUE'))
  const params = withUsableZone(servedParams(line), kind, context)
  const text = safeText(line.text)
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
      return servedDateList(name, params, text, context)
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

const oneLine = (text: string): string => text.replace(/\r\n|\r|\n/g, '\\n')

function servedParams(line: ContentLine): ServedParam[] {
  const params: ServedParam[] = []
  for (const { name, values } of line.params) {
    if (name === 'CHARSET' || (name === 'ENCODING' && line.header.encoding !== 'base64')) continue
    if (name === 'ENCODING') params.push({ name, values: ['BASE64'] })
    else if (namePattern.test(name.replaceAll('_', '-')))
      params.push({ name, values: values.map(value => safeText(value).trim()) })
    else params.push({ name: `${carriedPrefix}PARAM`, values: [safeText(`${name}=${values.join(',')}`).trim()] })
  }
  if (line.group !== null) params.push({ name: `${carriedPrefix}GROUP`, values: [safeText(line.group).trim()] })
  return params
}

/**
 * A TZID that nothing defines makes servers refuse the whole resource, except on a single date, where programs read the
 * time as floating; on anything that is no date it means nothing at all.
 */
function withUsableZone(params: ServedParam[], kind: PropertyKind, { knowsZone }: LineContext): ServedParam[] {
  const tzid = firstValue(params, 'TZID')
  if (tzid === null || kind === 'date') return params
  const usable = (kind === 'date-list' || kind === 'as-is') && knowsZone(tzid)
  return usable ? params : params.map(param => (param.name === 'TZID' ? carriedParam(param) : param))
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

function unreadableLine(line: ContentLine): ServedLine {
  const latin1 =
    line.name === '' && line.latin1Header === '' ? line.latin1Value : `${line.latin1Header}:${line.latin1Value}`
  const text = safeText(decodeText(Buffer.from(latin1, 'latin1'), null).text)
  return { name: `${carriedPrefix}LINE`, params: [], value: escapeText(text) }
}
