import type { ContentLine } from '@/formats/content-lines/content-line'
import { splitEscaped, unescapeText } from '@/formats/content-lines/text-value'
import { structuredLengths } from './card-properties'

/**
 * The components of N, ADR or ORG: unescaped, trimmed, without empty ones at the end. Components beyond those the
 * standard knows are joined to the last one.
 */
export function structuredParts(name: string, value: string): string[] {
  const parts = splitEscaped(value, ';').map(part => unescapeText(part).trim())
  const limit = structuredLengths[name] ?? Number.POSITIVE_INFINITY
  if (parts.length > limit) {
    const rest = parts.splice(limit - 1).filter(part => part !== '')
    parts.push(rest.join(','))
  }
  while (parts.at(-1) === '') parts.pop()
  return parts
}

/** FN as N gives it: prefix, given, additional, family, suffix. */
export function formattedName(parts: readonly string[]): string {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = parts
  return oneLine([prefix, given, additional, family, suffix].join(' ').replaceAll(',', ' '))
}

/** N as FN suggests it: "Family, Given", else the last word is the family name; one word alone is a given name. */
function splitName(formatted: string): string[] {
  const comma = formatted.indexOf(',')
  if (comma > 0) return [formatted.slice(0, comma).trim(), formatted.slice(comma + 1).trim()]
  const words = formatted.split(' ')
  if (words.length < 2) return ['', formatted]
  return [words.at(-1)!, words.slice(0, -1).join(' ')]
}

/** Text on one line: control characters and runs of white space are one blank. */
export const oneLine = (text: string): string =>
  /[\0-\x1f\x7f]| {2}|^ | $/.test(text) ? text.replace(/[\0-\x20\x7f]+/g, ' ').trim() : text

export interface CardName {
  /** Never empty where the card holds anything by which to call it. */
  formatted: string
  /** Components of N; empty where the name is not a person's. */
  parts: string[]
}

/** The name of a card, each half completed from the other, else from the organization, e-mail or phone. */
export function cardName(lines: readonly ContentLine[]): CardName {
  let formatted = ''
  let parts: string[] = []
  for (const line of lines) {
    if (formatted === '' && line.name === 'FN') formatted = oneLine(unescapeText(line.text))
    else if (parts.length === 0 && line.name === 'N') parts = structuredParts('N', line.text)
  }
  if (formatted === '' && parts.length > 0) formatted = formattedName(parts)
  if (parts.length > 0) return { formatted, parts }
  const substitute = substituteName(lines)
  if (formatted === '' || formatted === substitute) return { formatted: substitute, parts: [] }
  return { formatted, parts: splitName(formatted) }
}

/** By what a person would call a card without a name: organization, nickname, e-mail, phone. */
export function substituteName(lines: readonly ContentLine[]): string {
  for (const name of ['ORG', 'NICKNAME', 'EMAIL', 'TEL']) {
    for (const line of lines) {
      if (line.name !== name) continue
      const text = name === 'ORG' ? structuredParts('ORG', line.text).join(' ') : unescapeText(line.text)
      const found = oneLine(name === 'TEL' ? phoneText(text) : text)
      if (found !== '') return found
    }
  }
  return ''
}

/** A phone number as people write it: the text of TEL, a tel: URI without its scheme (RFC 3966). */
export function phoneText(value: string): string {
  if (!/^tel:/i.test(value)) return value
  return value
    .slice(4)
    .replace(/;ext=([^;]*)/i, ' ext. $1')
    .replace(/;[a-z-]+=[^;]*/gi, '')
}
