import type { ContentLine } from '@/formats/content-lines/content-line'
import { splitEscaped, unescapeText } from '@/formats/content-lines/text-value'
import { canonicalDate, canonicalName, textOf } from './canonical-value'
import { cardName, oneLine, phoneText, structuredParts } from './card-name'
import { fieldKind, saysSomething } from './card-properties'
import { type InlineMedia, inlineMedia } from './inline-media'
import type { Card } from './read-cards'

export interface CardField {
  kind: 'phone' | 'email' | 'address' | 'organization' | 'title' | 'birthday' | 'url' | 'note' | 'im' | 'other'
  /** What the person called it ("Ski lodge"), else its types ("home, fax") or, for `other`, the property; lower case. */
  label: string | null
  value: string
}

export interface CardDescription {
  name: string | null
  fields: CardField[]
  photo: InlineMedia | null
  /** Short codes of what is not there or cannot be read. */
  missing: string[]
}

/** A card as people look at it before they take it back. Never throws; a damaged card has no fields. */
export function describeCard(card: Card): CardDescription {
  const fields: CardField[] = []
  let photo: InlineMedia | null = null
  for (const line of card.lines) {
    if (line.name === 'PHOTO') photo ??= nonEmpty(inlineMedia(line))
    const field = fieldOf(line, card.lines)
    if (field !== null) fields.push(field)
  }
  const { assessment } = card
  return {
    name: card.title === null ? null : cardName(card.lines).formatted,
    fields,
    photo,
    missing: assessment.state === 'partial' ? assessment.missing : [],
  }
}

const nonEmpty = (media: InlineMedia | null): InlineMedia | null => (media && media.bytes.length > 0 ? media : null)

/** What a line shows; null for names, pictures, what is empty and what is about the record. */
export function fieldOf(line: ContentLine, lines: readonly ContentLine[]): CardField | null {
  const name = canonicalName(line.name) ?? ''
  const kind = fieldKind(name)
  const isName = name === 'FN' || name === 'N'
  if (isName || kind === 'photo' || !(saysSomething(name) || kind !== 'other')) return null
  if (line.header.encoding === 'base64' || inlineMedia(line) !== null) return null
  const value = shownValue(name, textOf(line)).trim()
  if (value === '') return null
  const shown = kind === 'name' ? 'other' : kind
  return { kind: shown, label: labelOf(line, lines, shown === 'other' ? name.toLowerCase() : null), value }
}

function shownValue(name: string, text: string): string {
  if (name === 'ADR') return structuredParts(name, text).map(oneLine).filter(Boolean).join(', ')
  if (name === 'ORG') return structuredParts(name, text).map(oneLine).filter(Boolean).join(', ')
  if (name === 'NICKNAME' || name === 'CATEGORIES') return splitEscaped(text, ',').map(unescapeText).join(', ')
  const plain = unescapeText(text)
  if (name === 'TEL') return phoneText(plain)
  if (name === 'BDAY' || name === 'ANNIVERSARY') return shownDate(plain)
  return plain
}

/** "2009-10-01", "--10-01" without a year; other text as it stands. */
function shownDate(text: string): string {
  const canonical = canonicalDate(text, '1604')
  const found = /^(\d{4}|--)(\d\d)(\d\d)(?:T.*)?$/.exec(canonical)
  return found ? `${found[1] === '--' ? '-' : found[1]}-${found[2]}-${found[3]}` : text
}

const silentTypes = new Set(['pref', 'internet', 'voice'])

function labelOf(line: ContentLine, lines: readonly ContentLine[], fallback: string | null): string | null {
  const group = line.group?.toLowerCase()
  if (group !== undefined) {
    const label = lines.find(other => other.name === 'X-ABLABEL' && other.group?.toLowerCase() === group)
    const text = label ? oneLine(unescapeText(textOf(label))).replace(/^_\$!<(.*)>!\$_$/, '$1') : ''
    if (text !== '') return text
  }
  const types = line
    .paramValues('TYPE')
    .flatMap(value => value.split(','))
    .map(type => type.trim().toLowerCase())
    .filter(type => type !== '' && !silentTypes.has(type))
  return types.length > 0 ? [...new Set(types)].join(', ') : fallback
}
