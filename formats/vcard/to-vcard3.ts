import type { ContentLine } from '@/formats/content-lines/content-line'
import { foldLine } from '@/formats/content-lines/fold-line'
import type { Component } from '@/formats/content-lines/span-builder'
import { escapeText, unescapeText } from '@/formats/content-lines/text-value'
import { carriable, furtherNames, textOf } from './canonical-value'
import { linesIn3, looseLine, looseText, standingLine } from './card-lines3'
import { cardName, isNamed } from './card-name'
import type { Card } from './read-cards'

/** Cards inside cards deeper than this are kept as the lines they are. */
export const maxDepth = 4

/**
 * The card as vCard 3.0 (RFC 2426): UTF-8, CRLF, folded at 75 octets, with FN, N and the given UID. Every line stands as
 * it was where 3.0 allows it; no value is left out. Writing what was written before gives the same meaning.
 */
export function toVcard3(card: Card, { uid }: { uid: string }): Uint8Array {
  const { head, body, nested } = partsIn3(card, uid, 0, written)
  return Buffer.from(`${folded(head)}${body.join('')}${folded(nested)}END:VCARD\r\n`, 'utf8')
}

/** Lines of vCard 3.0 without folding, BEGIN to END. */
export function unfoldedVcard3(card: Pick<Card, 'lines' | 'nested'>, uid: string | null, depth = 0): string[] {
  const { head, body, nested } = partsIn3(card, uid, depth, unfolded)
  return [...head, ...body, ...nested, 'END:VCARD']
}

/** Adds one property as lines of vCard 3.0, under the name given where there is one. */
type Write = (into: string[], line: ContentLine, name?: string) => void

const unfolded: Write = (into, line, name) => {
  into.push(...linesIn3(line, name))
}

const written: Write = (into, line, name) => {
  const standing = name === undefined ? standingLine(line) : null
  if (standing !== null) into.push(standing)
  else for (const text of linesIn3(line, name)) into.push(foldLine(text))
}

const folded = (lines: string[]): string => lines.map(foldLine).join('')

const noName = { formatted: '', parts: [] }

interface CardParts {
  head: string[]
  /** As they were written by {@link Write}. */
  body: string[]
  nested: string[]
}

function partsIn3(card: Pick<Card, 'lines' | 'nested'>, uid: string | null, depth: number, write: Write): CardParts {
  const body: string[] = []
  const met = new Set<string>()
  for (const line of card.lines) {
    const { name } = line
    if (name === 'VERSION' || (name === 'UID' && uid !== null)) continue
    if (line.header.encoding === 'base64') {
      write(body, line)
      continue
    }
    switch (name) {
      case 'PRODID':
      case 'REV':
        if (met.has(name)) continue
        break
      case 'PROFILE':
        if (/^\s*vcard\s*$/i.test(line.text)) continue
        break
      case 'FN':
        if (textOf(line).trim() === '') continue
        break
      case 'N':
        if (!isNamed(textOf(line))) continue
        break
      case 'BDAY':
        if (unescapeText(textOf(line)).trim() === '') continue
        break
      case 'AGENT':
        if (textOf(line).trim() === '' && card.nested.length > 0) continue
        break
    }
    write(body, line, met.has(name) ? furtherNames[name] : undefined)
    met.add(name)
  }
  const head = ['BEGIN:VCARD', 'VERSION:3.0']
  if (uid !== null) head.push(`UID:${escapeText(carriable(uid))}`)
  const { formatted, parts } = met.has('FN') && met.has('N') ? noName : cardName(card.lines)
  if (!met.has('FN')) head.push(`FN:${escapeText(carriable(formatted))}`)
  if (!met.has('N')) head.push(`N:${[0, 1, 2, 3, 4].map(i => escapeText(carriable(parts[i] ?? ''))).join(';')}`)
  return {
    head,
    body,
    nested: card.nested.flatMap(one => nestedLines(one, depth + 1)),
  }
}

/** The card of an AGENT as the one text value it is in vCard 3.0 (RFC 2426 section 3.5.4); other structures line by line. */
function nestedLines(nested: Component, depth: number): string[] {
  if (nested.name === 'VCARD' && depth <= maxDepth) {
    const inner = unfoldedVcard3({ lines: nested.lines, nested: nested.components }, null, depth)
    return [`AGENT:${escapeText(inner.map(line => `${line}\n`).join(''))}`]
  }
  return nestedTexts(nested).map(looseLine)
}

/** The lines of a structure that vCard 3.0 has no place for, BEGIN and END with them. */
export function nestedTexts(nested: Component): string[] {
  const texts: string[] = []
  const waiting: (Component | string)[] = [nested]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      texts.push(next)
      continue
    }
    texts.push(`BEGIN:${next.name}`, ...next.lines.map(looseText).filter(text => text !== ''))
    waiting.push(`END:${next.name}`, ...next.components.toReversed())
  }
  return texts
}
