import { isUtf8 } from 'node:buffer'
import type { ContentLine } from '@/formats/content-lines/content-line'
import { foldLine } from '@/formats/content-lines/fold-line'
import { unescapeText } from '@/formats/content-lines/text-value'
import { addedLine } from './added-line'
import { canonicalName, textOf } from './canonical-value'
import { linesIn3 } from './card-lines3'
import { cardName, phoneText, structuredParts } from './card-name'
import { emailKey } from './contact-match'
import { type CardField, fieldOf } from './describe-card'
import { inlineMedia } from './inline-media'
import type { Card } from './read-cards'
import { unfoldedVcard3 } from './to-vcard3'

export interface MergedField {
  /** `name`, `photo` or the kind of a {@link CardField}. */
  field: CardField['kind'] | 'name' | 'photo'
  value: string
  from: 'account' | 'recovered' | 'both'
}

interface MergedCard {
  /** The account's card with what was added, in its own version where that is 3.0 or 4.0, else as 3.0. */
  body: Uint8Array
  fields: MergedField[]
  /** False where the recovered card adds nothing: `body` is then the account's card to the letter. */
  changed: boolean
}

/**
 * The account's card with what the recovered one knows besides: every line of the account stays to the letter; phones,
 * e-mails, addresses, pages and messengers that are not there are added, other properties only where the account has none.
 */
export function mergeCards(account: Card, recovered: Card): MergedCard {
  const added = recovered.lines.filter(line => isMissing(line, account, recovered))
  const fields = mergedFields(account, recovered, added)
  if (added.length === 0) return { body: account.bytes, fields, changed: false }
  return { body: bodyOf(account, linesToAdd(added, account, recovered)), fields, changed: true }
}

/** Several of these are several values; of all others the account's one wins. */
const many = new Set(['TEL', 'EMAIL', 'ADR', 'URL', 'IMPP'])
const never = new Set(['UID', 'REV', 'VERSION', 'PRODID', 'PROFILE', 'SOURCE', 'CLASS', 'X-ABLABEL', 'X-ABADR'])

function isMissing(line: ContentLine, account: Card, recovered: Card): boolean {
  const name = canonicalName(line.name)
  if (name === null || never.has(name)) return false
  const key = keyOf(line, name)
  if (key === '') return false
  if (name === 'FN' || name === 'N') {
    return account.title === null && recovered.title !== null && !account.lines.some(other => hasValue(other, name))
  }
  const theirs = account.lines.filter(other => canonicalName(other.name) === name && hasValue(other, name))
  return many.has(name) ? !theirs.some(other => isSame(name, keyOf(other, name), key)) : theirs.length === 0
}

const hasValue = (line: ContentLine, name: string): boolean =>
  canonicalName(line.name) === name && keyOf(line, name) !== ''

/** What is compared: empty where the line says nothing. */
function keyOf(line: ContentLine, name: string): string {
  const media = inlineMedia(line)
  if (media) return media.bytes.length > 0 ? Buffer.from(media.bytes).toString('base64') : ''
  const text = unescapeText(textOf(line)).trim()
  if (name === 'TEL')
    return phoneText(text)
      .replace(/(?!^\+)\D/g, '')
      .replace(/^00/, '+')
  if (name === 'EMAIL') return emailKey(text) ?? ''
  if (name === 'ADR' || name === 'N')
    return structuredParts(name, textOf(line))
      .join(' ')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  if (name === 'URL')
    return text
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/\/$/, '')
  return text.toLowerCase()
}

function isSame(name: string, one: string, other: string): boolean {
  if (one === other) return true
  if (name !== 'TEL') return false
  const [longer, shorter] = one.length > other.length ? [one, other] : [other, one]
  const national = shorter.replace(/^0+/, '')
  return (
    longer.startsWith('+') && !shorter.startsWith('+') && national.length >= minNational && longer.endsWith(national)
  )
}

/** Digits from which on a national number is taken for the end of an international one. */
const minNational = 8

/** The lines to add, with the labels of their groups under names that the account does not use. */
function linesToAdd(added: readonly ContentLine[], account: Card, recovered: Card): string[] {
  const taken = new Set(account.lines.map(line => line.group?.toLowerCase()))
  const renamed = new Map<string, string>()
  for (const { group } of added) {
    if (group === null || renamed.has(group.toLowerCase())) continue
    let number = 1
    while (taken.has(`item${number}`)) number++
    taken.add(`item${number}`)
    renamed.set(group.toLowerCase(), `item${number}`)
  }
  const labels = recovered.lines.filter(
    ({ name, group }) =>
      (name === 'X-ABLABEL' || name === 'X-ABADR') && group !== null && renamed.has(group.toLowerCase()),
  )
  const version = account.version === '4.0' ? '4.0' : '3.0'
  return [...added, ...labels].flatMap(line => {
    const group = line.group === null ? null : (renamed.get(line.group.toLowerCase()) ?? null)
    return linesIn3(line).map(text => addedLine(text, { group, version }))
  })
}

/** Behind the last of the account's lines; a card that is not UTF-8 or of an older version becomes vCard 3.0 first. */
function bodyOf(account: Card, added: string[]): Uint8Array {
  const { version, bytes } = account
  const end = endOf(bytes)
  if ((version !== '3.0' && version !== '4.0') || end < 0 || !isUtf8(bytes)) {
    const lines = unfoldedVcard3(account, account.uid)
    return Buffer.from([...lines.slice(0, -1), ...added, 'END:VCARD'].map(foldLine).join(''), 'utf8')
  }
  return Buffer.concat([bytes.subarray(0, end), Buffer.from(added.map(foldLine).join('')), bytes.subarray(end)])
}

/** Where the line END:VCARD begins, -1 where there is none. */
function endOf(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - 200)
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).toString('latin1')
  const found = /(?<=[\r\n])[ \t]*END[ \t]*:[ \t]*VCARD[\s\0]*$/i.exec(tail)
  return found ? from + found.index : -1
}

function mergedFields(account: Card, recovered: Card, added: readonly ContentLine[]): MergedField[] {
  const fields: MergedField[] = []
  const theirs = account.title ?? recovered.title
  if (theirs !== null) {
    const name = cardName((account.title === null ? recovered : account).lines).formatted
    const same = account.title !== null && recovered.title !== null && cardName(recovered.lines).formatted === name
    fields.push({ field: 'name', value: name, from: account.title === null ? 'recovered' : same ? 'both' : 'account' })
  }
  for (const line of account.lines) {
    const name = canonicalName(line.name)
    if (name === null) continue
    const isBoth = recovered.lines.some(
      other => canonicalName(other.name) === name && isSame(name, keyOf(other, name), keyOf(line, name)),
    )
    push(fields, line, account, isBoth ? 'both' : 'account')
  }
  for (const line of added) push(fields, line, recovered, 'recovered')
  return fields
}

function push(fields: MergedField[], line: ContentLine, card: Card, from: MergedField['from']): void {
  if (line.name === 'PHOTO') {
    if (keyOf(line, 'PHOTO') !== '') fields.push({ field: 'photo', value: '', from })
    return
  }
  const field = fieldOf(line, card.lines)
  if (field) fields.push({ field: field.kind, value: field.value, from })
}
