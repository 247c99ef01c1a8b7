import { createHash, hash } from 'node:crypto'
import type { ContentLine } from '@/formats/content-lines/content-line'
import type { LineHeader } from '@/formats/content-lines/line-header'
import type { Component } from '@/formats/content-lines/span-builder'
import { splitEscaped, unescapeText } from '@/formats/content-lines/text-value'
import {
  canonicalDate,
  canonicalName,
  carriable,
  furtherNames,
  geoIn3,
  isDate,
  isNeverGrouped,
  isStructured,
  looseLineName,
  paramNameIn3,
  textOf,
} from './canonical-value'
import { isLoose, looseText } from './card-lines3'
import { cardName, escapedParts, isNamed, phoneText, structuredParts } from './card-name'
import { inlineMedia } from './inline-media'
import { type Card, parseCard } from './read-cards'
import { maxDepth, nestedTexts } from './to-vcard3'

/** Separators that no text holds any more once {@link carriable} has seen it. */
const between = { entries: '\x1e', grouped: '\x1d', parts: '\x1f', items: '\x1c', params: '\x01' } as const

/** What says nothing about the person, and what servers add. */
const ignored = new Set(['VERSION', 'UID', 'REV', 'PRODID', 'X-RADICALE-NAME'])

/**
 * What a card means, as 64 hex digits (SHA-256): equal for cards that differ only in the order of lines, folding, version,
 * encoding, parameter case and order, the spelling of groups, UID, REV, PRODID, in FN or N where one is derived from the
 * other, and in what servers add. Bytes without a line that could be read mean themselves.
 */
export function meaningDigest(card: Card): string {
  if (card.lines.length === 0 && card.nested.length === 0)
    return createHash('sha256').update('bytes\0').update(card.bytes).digest('hex')
  return hashed(entriesOf(card.lines, card.nested, 0))
}

/** Sorted, each once. */
function entriesOf(lines: readonly ContentLine[], nested: readonly Component[], depth: number): string[] {
  const entries: string[] = []
  let groups: Map<string, string[]> | null = null
  const met = new Set<string>()
  for (const line of lines) {
    const further = met.has(line.name) ? furtherNames[line.name] : undefined
    const own = further ? furtherEntries(line, further) : lineEntries(line, depth)
    if (own.length === 0) continue
    const isProperty = !own[0]!.startsWith(looseLineName)
    if (isProperty) met.add(line.name)
    const group = isProperty && !isNeverGrouped(line.name) ? line.group : null
    if (group === null) {
      entries.push(...own)
      continue
    }
    groups ??= new Map()
    const together = groups.get(group.toLowerCase())
    if (together) together.push(...own)
    else groups.set(group.toLowerCase(), own)
  }
  for (const together of groups?.values() ?? []) entries.push([...new Set(together)].sort().join(between.grouped))
  if (!met.has('FN') || !met.has('N')) {
    const name = cardName(lines)
    if (!met.has('FN')) entries.push(`FN:${normal(carriable(name.formatted))}`)
    if (!met.has('N') && name.parts.length > 0)
      entries.push(`N:${name.parts.map(carriable).map(normal).join(between.parts)}`)
  }
  for (const component of nested) entries.push(...nestedEntries(component, depth + 1))
  return [...new Set(entries)].sort()
}

/** What one line says: nothing where it is empty or ignored, several things where it is a list. */
function lineEntries(line: ContentLine, depth: number): string[] {
  const name = canonicalName(line.name)
  if (name === 'PROFILE' && /^\s*vcard\s*$/i.test(line.text)) return []
  if (name === null || isLoose(line)) return looseEntries(looseText(line))
  if (ignored.has(name)) return []
  const media = inlineMedia(line)
  if (media) return media.bytes.length > 0 ? [`${name}\0${Buffer.from(media.bytes).toString('base64')}`] : []
  const text = textOf(line)
  if (name === 'N' && !isNamed(text)) return []
  if (name === 'AGENT') return agentEntries(line, text, depth)
  if (name === 'NICKNAME' || name === 'CATEGORIES') {
    return splitEscaped(text, ',').flatMap(item => entry(name, line, normal(unescapeText(item))))
  }
  if (isDate(name)) return entry(name, line, canonicalDate(normal(unescapeText(text)), line.param('X-APPLE-OMIT-YEAR')))
  return entry(name, line, plainValue(name, text))
}

/** vCard 3.0 has one N and one BDAY: what else is called so is text. */
function furtherEntries(line: ContentLine, name: string): string[] {
  if (isLoose(line)) return looseEntries(looseText(line))
  const text = textOf(line)
  return line.name !== 'N' || isNamed(text) ? entry(name, line, normal(unescapeText(text))) : []
}

const entry = (name: string, line: ContentLine, value: string): string[] =>
  value === '' ? [] : [`${name}${paramsOf(line.header)}:${value}`]

function looseEntries(text: string): string[] {
  const value = normal(carriable(text))
  return value === '' ? [] : [`${looseLineName}:${value}`]
}

function plainValue(name: string, text: string): string {
  if (isStructured(name)) {
    if (name === 'ORG') return structuredParts(name, text).map(normal).join(between.parts)
    const parts = escapedParts(name, text).map(part =>
      splitEscaped(part, ',')
        .map(item => normal(unescapeText(item)))
        .filter(item => item !== '')
        .join(between.items),
    )
    return parts.join(between.parts).replace(/\x1f+$/, '')
  }
  const plain = unescapeText(text)
  if (name === 'TEL') return normal(phoneText(plain))
  return normal((name === 'GEO' ? geoIn3(plain) : null) ?? plain)
}

/** One spelling of equal text: line breaks, composed characters, no blanks around. */
function normal(text: string): string {
  const trimmed = text.trim()
  if (/^[\x20-\x7e]*$/.test(trimmed)) return trimmed
  return trimmed.replace(/\r\n?/g, '\n').normalize('NFC')
}

function agentEntries(line: ContentLine, text: string, depth: number): string[] {
  const plain = unescapeText(text)
  if (depth >= maxDepth || !/^\s*BEGIN:VCARD/i.test(plain)) return entry('AGENT', line, normal(plain))
  const inner = parseCard(Buffer.from(plain, 'utf8'))
  return [`AGENT${hashed(entriesOf(inner.lines, inner.nested, depth + 1))}`]
}

function nestedEntries(nested: Component, depth: number): string[] {
  if (nested.name !== 'VCARD' || depth > maxDepth) return nestedTexts(nested).flatMap(looseEntries)
  return [`AGENT${hashed(entriesOf(nested.lines, nested.components, depth))}`]
}

const hashed = (entries: string[]): string => hash('sha256', entries.join(between.entries), 'hex')

const paramTexts = new WeakMap<LineHeader, string>()

/** Parameters that mean something, in one order and spelling. Headers are shared between lines, so is this. */
function paramsOf(header: LineHeader): string {
  if (header.params.length === 0) return ''
  let text = paramTexts.get(header)
  if (text === undefined) {
    text = canonicalParams(header)
    paramTexts.set(header, text)
  }
  return text
}

function canonicalParams(header: LineHeader): string {
  const found = new Map<string, Set<string>>()
  for (const param of header.params) {
    for (const value of param.values) {
      const kept = normal(carriable(value))
      if (kept === '' || withoutMeaning.has(param.name)) continue
      if (param.name === 'TYPE') for (const type of kept.split(',')) add(found, 'TYPE', type.trim().toLowerCase())
      else if (param.name === 'PREF' && kept === '1') add(found, 'TYPE', 'pref')
      else add(found, paramNameIn3(param.name), param.name === 'LANGUAGE' ? kept.toLowerCase() : kept)
    }
  }
  const types = found.get('TYPE')
  // RFC 2426 sections 3.3.1 and 3.3.2: what a phone number or e-mail address is where nothing else is said.
  types?.delete(header.name === 'EMAIL' ? 'internet' : header.name === 'TEL' ? 'voice' : '')
  return [...found]
    .filter(([, values]) => values.size > 0)
    .map(([name, values]) => `${between.params}${name}=${[...values].sort().join(between.items)}`)
    .sort()
    .join('')
}

const withoutMeaning = new Set(['ENCODING', 'CHARSET', 'VALUE', 'MEDIATYPE', 'X-APPLE-OMIT-YEAR'])

function add(found: Map<string, Set<string>>, name: string, value: string): void {
  if (value === '') return
  const values = found.get(name)
  if (values) values.add(value)
  else found.set(name, new Set([value]))
}
