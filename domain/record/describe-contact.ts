import type { RecordField } from '@/domain/record/record-view'
import type { ContentLine } from '@/formats/content-lines/content-line'
import { unescapeText } from '@/formats/content-lines/text-value'
import { oneLine, phoneText, structuredParts } from '@/formats/vcard/card-name'
import { fieldKind, saysSomething } from '@/formats/vcard/card-properties'
import type { Card } from '@/formats/vcard/read-cards'

const order = [
  'phone',
  'email',
  'address',
  'im',
  'organization',
  'title',
  'birthday',
  'url',
  'note',
  'name',
  'photo',
  'other',
]

/** What a contact says, field by field, in the order in which people look for it. Its name is its title. */
export function describeContact(card: Card): RecordField[] {
  return card.lines.flatMap(line => fieldOf(line) ?? []).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

function fieldOf(line: ContentLine): RecordField | null {
  const { name } = line
  if (!saysSomething(name) || name === 'FN' || name === 'N') return null
  const kind = fieldKind(name)
  const kinds = line.paramValues('TYPE').flatMap(value => value.toLowerCase().split(','))
  const value = textOf(line, kind)
  if (value === '') return null
  return { name: kind, kinds: kinds.filter(one => shownKinds.has(one)), value }
}

const shownKinds = new Set(['home', 'work', 'cell', 'fax', 'pager', 'other'])

function textOf(line: ContentLine, kind: string): string {
  if (kind === 'photo') return line.header.encoding === 'base64' ? 'photo' : oneLine(line.text)
  if (kind === 'phone') return oneLine(phoneText(unescapeText(line.text)))
  if (line.name === 'ADR' || line.name === 'ORG')
    return structuredParts(line.name, line.text)
      .filter(part => part !== '')
      .join(', ')
  return unescapeText(line.text).trim()
}
