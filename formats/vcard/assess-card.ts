import type { Assessment } from '@/formats/content-lines/assessment'
import { type ContentLine, lineFlags } from '@/formats/content-lines/content-line'
import { unescapeText } from '@/formats/content-lines/text-value'
import { formattedName, oneLine, structuredParts, substituteName } from './card-name'
import { fieldKind, saysSomething } from './card-properties'

export type CardVersion = '2.1' | '3.0' | '4.0'

interface CardFacts {
  version: CardVersion | null
  uid: string | null
  /** What a person would call the card: FN, else N, else ORG, else nickname, e-mail, phone. */
  title: string | null
  assessment: Assessment
  /** A line without a colon stands among the lines. */
  hasLooseLine: boolean
}

const notPlain = lineFlags.eightBit | lineFlags.control

/** Reads every field of a card once and says whether it is all there. `closed` is false where END is missing. */
export function assessCard(lines: readonly ContentLine[], closed: boolean): CardFacts {
  let version: CardVersion | null = null
  let uid: string | null = null
  let title = ''
  let parts = ''
  let named = false
  let reachable = false
  let isGroup = false
  let readable = 0
  let unreadable: string[] | null = null
  let hasLooseLine = false
  for (const line of lines) {
    const { name, text } = line
    if (isUnreadable(line, text)) {
      unreadable ??= []
      unreadable.push(codeOf(name))
      if (name === '') hasLooseLine = true
      continue
    }
    switch (name) {
      case 'VERSION':
        version = versionOf(text)
        continue
      case 'UID':
        if (uid === null && text !== '') uid = unescapeText(text).trim() || null
        continue
      case 'FN':
        if (!hasContent(text)) continue
        if (title === '') title = oneLine(unescapeText(text))
        named = true
        break
      case 'N':
        if (!hasContent(text)) continue
        parts ||= text
        named = true
        break
      case 'ORG':
      case 'NICKNAME':
        if (!hasContent(text)) continue
        named = true
        break
      case 'TEL':
      case 'EMAIL':
      case 'ADR':
      case 'LABEL':
      case 'URL':
      case 'IMPP':
        if (!hasContent(text)) continue
        reachable = true
        break
      case 'KIND':
      case 'X-ADDRESSBOOKSERVER-KIND':
        isGroup = /^\s*group\s*$/i.test(text)
        continue
      default:
        if (!saysSomething(name) || !hasContent(text)) continue
        if (fieldKind(name) === 'im') reachable = true
    }
    readable++
  }
  if (title === '' && parts !== '') title = formattedName(structuredParts('N', parts))
  if (title === '') title = substituteName(lines)
  const assessment = judge(readable, unreadable, closed, named, reachable || isGroup)
  return { version, uid, title: title || null, assessment, hasLooseLine }
}

function judge(
  readable: number,
  unreadable: string[] | null,
  closed: boolean,
  named: boolean,
  reachable: boolean,
): Assessment {
  if (readable === 0) {
    if (unreadable !== null) return { state: 'damaged', reason: 'not-text' }
    return { state: 'damaged', reason: closed ? 'nothing-readable' : 'cut-off' }
  }
  if (named && reachable && closed && unreadable === null) return complete
  const missing: string[] = []
  if (!named) missing.push('name')
  if (!reachable) missing.push('phone', 'email')
  for (const code of unreadable ?? []) if (!missing.includes(code)) missing.push(code)
  if (!closed) missing.push('cut-off')
  return { state: 'partial', missing }
}

const complete: Assessment = { state: 'complete' }

/** The short code of what a property that cannot be read would have held. */
function codeOf(name: string): string {
  if (name === '') return 'unreadable-line'
  const kind = fieldKind(name)
  return kind === 'other' ? name.toLowerCase() : kind
}

/** Whether the text of a line is not what was meant: lost characters, binary bytes, base64 that is none. */
function isUnreadable(line: ContentLine, text: string): boolean {
  const { header } = line
  if (header.name === '') return true
  if (header.encoding === 'base64') return !/^[A-Za-z0-9+/=\s]*$/.test(line.latin1Value)
  if ((line.flags & notPlain) === 0 && header.encoding === null) return false
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]/.test(text)) return true
  return line.flaw === 'unknown-charset' && /[^\0-\x7f]/.test(text)
}

/** Whether anything but separators and blanks is there. */
function hasContent(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 32 && code !== 59) return true
  }
  return false
}

function versionOf(text: string): CardVersion | null {
  const version = text.trim()
  return version === '3.0' || version === '2.1' || version === '4.0' ? version : null
}
