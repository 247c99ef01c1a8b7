import type { ContentLine } from '@/formats/content-lines/content-line'
import { splitEscaped, unescapeText } from '@/formats/content-lines/text-value'
import { carriable, textOf } from './canonical-value'
import { structuredLengths } from './card-properties'

/**
 * The components of N, ADR or ORG, still escaped and trimmed, without empty ones at the end. Components beyond those the
 * standard knows are joined to the last one as a list.
 */
export function escapedParts(name: string, value: string): string[] {
  const parts = splitEscaped(value, ';').map(part => part.trim())
  const limit = structuredLengths[name] ?? Number.POSITIVE_INFINITY
  if (parts.length > limit) {
    const rest = parts.splice(limit - 1).filter(part => part !== '')
    parts.push(rest.join(','))
  }
  while (parts.at(-1) === '') parts.pop()
  return parts
}

/** The same, unescaped. */
export const structuredParts = (name: string, value: string): string[] => escapedParts(name, value).map(unescapeText)

/** Whether N holds more than separators. */
export const isNamed = (value: string): boolean => /[^\s,;]/.test(unescapeText(value))

/** FN as N gives it: prefix, given, additional, family, suffix. */
export function formattedName(parts: readonly string[]): string {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = parts
  return oneLine([prefix, given, additional, family, suffix].join(' ').replaceAll(',', ' '))
}

/** N as FN suggests it: "Family, Given", else the last word is the family name; one word alone is a given name. */
function splitName(formatted: string): string[] {
  const comma = formatted.indexOf(',')
  const behind = formatted.slice(comma + 1).trim()
  if (comma > 0 && behind !== '') return [formatted.slice(0, comma).trim(), behind]
  const words = formatted.split(' ')
  if (words.length < 2) return ['', formatted]
  return [words.at(-1)!, words.slice(0, -1).join(' ')]
}

/** Text on one line: line breaks, tabs and runs of blanks are one blank, other control characters nothing. */
export const oneLine = (text: string): string =>
  /[\0-\x1f\x7f]| {2}|^ | $/.test(text)
    ? carriable(text)
        .replace(/[\t\n\r \x7f]+/g, ' ')
        .trim()
    : text

interface CardName {
  /** Never empty where the card holds anything by which to call it. */
  formatted: string
  /** Components of N; empty where the name is not a person's. */
  parts: string[]
}

/** The name of a card, each half completed from the other, else from what else a person would call it by. */
export function cardName(lines: readonly ContentLine[]): CardName {
  let formatted = ''
  let parts: string[] = []
  for (const line of lines) {
    if (line.header.encoding === 'base64') continue
    if (formatted === '' && line.name === 'FN') formatted = oneLine(unescapeText(textOf(line)))
    else if (parts.length === 0 && line.name === 'N' && isNamed(textOf(line)))
      parts = structuredParts('N', textOf(line))
  }
  if (formatted === '' && parts.length > 0) formatted = formattedName(parts)
  if (formatted !== '' && parts.length > 0) return { formatted, parts }
  const substitute = substituteName(lines) || '?'
  if (formatted === '' || formatted === substitute) return { formatted: substitute, parts }
  return { formatted, parts: splitName(formatted) }
}

const substitutes = ['ORG', 'NICKNAME', 'EMAIL', 'TEL', 'IMPP', 'URL', 'NOTE']

/** By what a person would call a card without a name: organization, nickname, e-mail, phone, else what it holds. */
export function substituteName(lines: readonly ContentLine[]): string {
  for (const name of substitutes) {
    for (const line of lines) {
      if (line.name !== name || line.header.encoding === 'base64') continue
      const text = oneLine(substituteText(name, textOf(line)))
      const found = text.length > 80 ? [...text].slice(0, 80).join('').trim() : text
      if (found !== '') return found
    }
  }
  return ''
}

function substituteText(name: string, text: string): string {
  if (name === 'ORG') return structuredParts('ORG', text).join(' ')
  if (name === 'NICKNAME') return unescapeText(splitEscaped(text, ',').find(item => item.trim() !== '') ?? '')
  return name === 'TEL' ? phoneText(unescapeText(text)) : unescapeText(text)
}

/** A phone number as people write it: the text of TEL, a tel: URI without its scheme (RFC 3966). */
export function phoneText(value: string): string {
  const number = value.replace(/^(?:\s*tel:\s*)+/i, '')
  return number === value ? value : number.replace(/;ext=([^;]*)/gi, ' ext. $1')
}
