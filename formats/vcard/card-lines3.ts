import type { ContentLine } from '@/formats/content-lines/content-line'
import { decodeText } from '@/formats/content-lines/decode-text'
import type { LineHeader } from '@/formats/content-lines/line-header'
import { escapeText, splitEscaped, unescapeText } from '@/formats/content-lines/text-value'
import {
  carriable,
  dateIn3,
  geoIn3,
  isDate,
  isNeverGrouped,
  isStructured,
  looseLineName,
  nameIn3,
  paramNameIn3,
  textOf,
} from './canonical-value'
import { escapedParts, phoneText } from './card-name'
import { fieldKind, structuredLengths } from './card-properties'
import { type InlineMedia, inlineMedia } from './inline-media'

/** A header that vCard 3.0 readers take as it is: every parameter with a name, quotes where they are needed. */
const strictHeader =
  /^(?:[A-Za-z0-9-]+\.)?[A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=(?:"[^"\0-\x1f\x7f]+"|[^";:,\0-\x1f\x7f]+)(?:,(?:"[^"\0-\x1f\x7f]+"|[^";:,\0-\x1f\x7f]+))*)*$/

/**
 * One property as unfolded lines of vCard 3.0 (RFC 2426), as it stood where 3.0 allows it. NICKNAME becomes a line per
 * name, because servers that keep one value per line would drop the others. What is no property becomes
 * {@link looseLineName}. `name` replaces the property's name.
 */
export function linesIn3(line: ContentLine, name: string | null = nameIn3(line.name)): string[] {
  if (name === null || isLoose(line)) {
    const text = looseText(line)
    return text === '' ? [] : [looseLine(text)]
  }
  const media = inlineMedia(line)
  if (media) return [`${header(line, name, mediaParams(line, media))}:${Buffer.from(media.bytes).toString('base64')}`]
  const text = textOf(line)
  if (name === 'NICKNAME') {
    const items = splitEscaped(text, ',').filter(item => item.trim() !== '')
    return (items.length > 0 ? items : ['']).map(item => `${header(line, name)}:${textIn3(item)}`)
  }
  if (isDate(name)) {
    const { value, omittedYear } = dateIn3(text)
    const params = omittedYear ? [...paramsIn3(line), { name: 'X-APPLE-OMIT-YEAR', values: [omittedYear] }] : undefined
    return [`${header(line, name, params)}:${textIn3(value)}`]
  }
  return [`${header(line, name)}:${valueIn3(name, text)}`]
}

/**
 * The line as it was written, CRLF included, where folding {@link linesIn3} would give the same: most lines of most address
 * books, found without taking them apart. Null where that is not certain.
 */
export function standingLine(line: ContentLine): string | null {
  const { written } = line
  if (written === null) return null
  let rule = standingRules.get(line.header)
  if (rule === undefined) {
    rule = standingRule(line)
    standingRules.set(line.header, rule)
  }
  if (rule === null) return null
  const value = line.latin1Value
  if (!rule.allowed.test(value)) return null
  return rule.parts === null || !hasMoreParts(value, rule.parts) ? written : null
}

interface StandingRule {
  allowed: RegExp
  /** How many components the property has. */
  parts: number | null
}

/** Headers are shared between lines that have the same bytes before the colon, so one answer is true for all of them. */
const standingRules = new WeakMap<LineHeader, StandingRule | null>()
const rewritten = new Set(['GEO', 'NICKNAME', 'PROFILE', 'PHOTO', 'LOGO', 'SOUND', 'KEY'])
/** Values without a bare comma and with the escapes of 3.0 alone; with commas where they separate; numbers that are no URI. */
const standingText = /^(?:[^\\,]|\\[\\,;nN])*$/
const standingList = /^(?:[^\\]|\\[\\,;nN])*$/
const standingNumber = /^[^\\,:]*$/

function standingRule(line: ContentLine): StandingRule | null {
  const name = nameIn3(line.name)
  if (name === null || rewritten.has(name) || isDate(name) || !isKept(line, name)) return null
  if (name === 'TEL') return { allowed: standingNumber, parts: null }
  const isList = name === 'N' || name === 'ADR' || name === 'CATEGORIES'
  return { allowed: isList ? standingList : standingText, parts: isStructured(name) ? structuredLengths[name]! : null }
}

/**
 * Whether vCard 3.0 has no place for the line: no name, a name that would change what the record is, base64 that is none
 * or where servers expect text.
 */
export function isLoose(line: ContentLine): boolean {
  const name = nameIn3(line.name)
  if (name === null || name === 'PROFILE') return true
  if (line.header.encoding !== 'base64') return false
  const kind = fieldKind(name)
  return (kind !== 'other' && kind !== 'photo' && kind !== 'note') || inlineMedia(line) === null
}

/** What is no property as one: an unfolded line of vCard 3.0. */
export const looseLine = (text: string): string => `${looseLineName}:${escapeText(carriable(text))}`

/** The whole text of a line that is no property; empty where nothing but signs of structure stands there. */
export function looseText(line: ContentLine): string {
  if (line.name === '' && line.latin1Header === '') return textOf(line).trim()
  const latin1 = `${line.latin1Header}:${line.latin1Value}`
  return decodeText(Buffer.from(latin1, 'latin1'), null).text.trim()
}

/** Whether a value has more components than `limit`. Most have few semicolons, and nothing need be split to see that. */
function hasMoreParts(text: string, limit: number): boolean {
  let semicolons = 0
  for (let at = text.indexOf(';'); at !== -1; at = text.indexOf(';', at + 1)) semicolons++
  return semicolons >= limit && splitEscaped(text, ';').length > limit
}

function valueIn3(name: string, text: string): string {
  if (isStructured(name)) {
    const isList = name !== 'ORG'
    const limit = structuredLengths[name]!
    if (!hasMoreParts(text, limit)) return textIn3(text, isList)
    return escapedParts(name, text)
      .map(part => textIn3(part, isList))
      .join(';')
  }
  if (name === 'TEL') {
    const plain = unescapeText(text)
    const number = phoneText(plain)
    return number === plain ? textIn3(text) : escapeText(number)
  }
  if (name === 'GEO') return geoIn3(unescapeText(text)) ?? textIn3(text)
  return textIn3(text, name === 'CATEGORIES')
}

/**
 * Text with the escapes of RFC 2426 and no others: some servers cut a value at its first bare comma and double the
 * backslash of "\:".
 */
function textIn3(text: string, isList = false): string {
  if (!/[\\,\r\n]/.test(text)) return text
  return text.replace(/\r\n?/g, '\n').replace(/\\([\s\S]?)|,|\n/g, (found, escaped: string | undefined) => {
    if (found === ',') return isList ? ',' : '\\,'
    if (escaped === undefined) return '\\n'
    if (escaped !== '' && '\\,;nN'.includes(escaped)) return found
    if (escaped === ':' || escaped === '"') return escaped
    return `\\\\${escaped === '\n' ? '\\n' : escaped}`
  })
}

interface ParamIn3 {
  name: string
  values: string[]
}

function header(line: ContentLine, name: string, params?: ParamIn3[]): string {
  const { header: parsed } = line
  if (params === undefined) {
    const kept = keptHeader(line, name)
    if (kept !== null) return kept
  }
  const group = isNeverGrouped(name) ? null : parsed.group?.replace(/[^A-Za-z0-9-]/g, '-')
  let text = group ? `${group}.${name}` : name
  for (const param of params ?? paramsIn3(line)) text += `;${param.name}=${param.values.map(paramText).join(',')}`
  return text
}

const keptHeaders = new WeakMap<LineHeader, { written: string; name: string; kept: string | null }>()

/** The header as it was written, where it may stand; null where not. Headers are shared between lines, so is this. */
function keptHeader(line: ContentLine, name: string): string | null {
  const written = line.latin1Header
  const known = keptHeaders.get(line.header)
  if (known !== undefined && known.written === written && known.name === name) return known.kept
  let kept: string | null = null
  if (isKept(line, name))
    kept = /[\x80-\xff]/.test(written) ? decodeText(Buffer.from(written, 'latin1'), null).text : written
  keptHeaders.set(line.header, { written, name, kept })
  return kept
}

/** Whether the header may stand as it was written. */
function isKept(line: ContentLine, name: string): boolean {
  const { header: parsed } = line
  if (parsed.group !== null && isNeverGrouped(name)) return false
  if (parsed.name !== name || parsed.encoding !== null || parsed.charset !== null) return false
  for (const param of parsed.params) {
    if (param.name === 'VALUE' || param.name === 'ENCODING' || param.name === 'PREF') return false
    if (param.name === 'TYPE' && param.values.some(value => value.includes(','))) return false
  }
  return strictHeader.test(line.latin1Header)
}

function paramsIn3(line: ContentLine): ParamIn3[] {
  const params: ParamIn3[] = []
  for (const { name, values } of line.params) {
    const kept = values.map(value => carriable(value).trim()).filter(value => value !== '')
    if (kept.length === 0 || name === 'ENCODING' || name === 'CHARSET') continue
    if (name === 'TYPE') params.push({ name, values: typesOf(kept) })
    else if (name === 'PREF' && kept[0] === '1') params.push({ name: 'TYPE', values: ['PREF'] })
    else if (name !== 'VALUE') params.push({ name: paramNameIn3(name), values: kept })
    else if (/^ur[il]$|^c(?:ontent-)?id$/i.test(kept[0]!) && line.name !== 'TEL') params.push({ name, values: ['uri'] })
    else if (/^date(?:-time)?$/i.test(kept[0]!)) params.push({ name, values: [kept[0]!.toLowerCase()] })
  }
  return params
}

const typesOf = (values: string[]): string[] =>
  values
    .flatMap(value => value.split(','))
    .map(value => value.trim())
    .filter(value => value !== '')

/** ENCODING=b and the subtype as TYPE (RFC 2426 section 3.1.4); places such as HOME stay. */
function mediaParams(line: ContentLine, { mediaType }: InlineMedia): ParamIn3[] {
  const params = paramsIn3(line).filter(({ name }) => name !== 'TYPE' && name !== 'VALUE' && name !== 'MEDIATYPE')
  const subtype = mediaType?.split('/').at(-1)?.toUpperCase()
  return [{ name: 'ENCODING', values: ['b'] }, ...(subtype ? [{ name: 'TYPE', values: [subtype] }] : []), ...params]
}

/** Quoted where the characters ask for it; quotes and line breaks by the carets of RFC 6868. */
function paramText(value: string): string {
  const safe = value
    .replaceAll('^', '^^')
    .replaceAll('"', "^'")
    .replace(/\r\n|\r|\n/g, '^n')
  return /[,;:]/.test(safe) ? `"${safe}"` : safe
}
