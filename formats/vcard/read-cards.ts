import type { Assessment, DamageReason } from '@/formats/content-lines/assessment'
import { type ContentLine, lineFlags } from '@/formats/content-lines/content-line'
import { oneByOne } from '@/formats/content-lines/one-by-one'
import { ComponentSplitter, type Span } from '@/formats/content-lines/read-components'
import type { Component } from '@/formats/content-lines/span-builder'
import { assessCard, type CardVersion } from './assess-card'

/** One record of a contacts file: a VCARD, or bytes that ought to have been one. */
export interface Card {
  /** Place among the records of the file, from 0. */
  ordinal: number
  /** Where the record begins in the file and how long it is, in bytes. */
  offset: number
  length: number
  /** The record as it stood. Empty where it is too large to hold. Copy what is to be kept: the chunk lives as long. */
  bytes: Uint8Array
  version: CardVersion | null
  /** Its properties, without BEGIN, END and blank lines. */
  lines: readonly ContentLine[]
  /** Structures inside: the card of an AGENT (vCard 2.1 section 2.4.3). */
  nested: readonly Component[]
  uid: string | null
  /** What a person would call it: FN, else N, else ORG, else nickname, e-mail, phone. */
  title: string | null
  /** Short codes of `partial`: name, phone, email, address, ..., unreadable-line, cut-off. */
  assessment: Assessment
}

const records: ReadonlySet<string> = new Set(['VCARD'])
const empty = new Uint8Array(0)

/**
 * Reads the records of a contacts file (vCard 2.1, RFC 2426, RFC 6350), streaming. Never throws for what the bytes are:
 * every VCARD is one record, and so is every run of other bytes between them that is not blank.
 */
export function readCards(input: AsyncIterable<Uint8Array>): AsyncIterable<Card> {
  return oneByOne(cardsByChunk(input))
}

async function* cardsByChunk(input: AsyncIterable<Uint8Array>): AsyncIterable<Card[]> {
  const reader = new CardReader()
  for await (const chunk of input) yield reader.push(chunk)
  yield reader.end()
}

/** The same without waiting. Chunks must not be changed afterwards. */
class CardReader {
  private readonly splitter = new ComponentSplitter({ records })
  private ordinal = 0

  /** The records that this chunk completed. */
  push(chunk: Uint8Array): Card[] {
    return this.cardsOf(this.splitter.push(chunk))
  }

  /** The input is over: what is left. */
  end(): Card[] {
    return this.cardsOf(this.splitter.end())
  }

  private cardsOf(spans: Span[]): Card[] {
    const cards: Card[] = []
    for (const span of spans) {
      if (span.kind === 'blank' || span.kind === 'stray-end') continue
      cards.push(span.root === null ? damagedCard(span, this.ordinal) : cardOf(span, span.root, this.ordinal))
      this.ordinal++
    }
    return cards
  }
}

/**
 * Reads the one card that `bytes` hold, as a server gave it; of several the first that can be read. Never throws: bytes
 * that nobody can read are a damaged card.
 */
export function parseCard(bytes: Uint8Array): Card {
  const reader = new CardReader()
  const cards = [...reader.push(bytes), ...reader.end()]
  const card = cards.find(({ assessment }) => assessment.state !== 'damaged') ?? cards[0]
  return card ? { ...card, ordinal: 0 } : damaged(0, 0, bytes.length, bytes, 'nothing-readable')
}

function cardOf(span: Span, root: Component, ordinal: number): Card {
  if (root.name !== 'VCARD') return damagedCard(span, ordinal)
  let lines = root.lines
  let facts = assessCard(lines, root.closed)
  if (facts.hasLooseLine) {
    lines = joinBase64(lines)
    facts = assessCard(lines, root.closed)
  }
  const { offset, length } = span
  const { version, uid, title, assessment } = facts
  const keep = length > 1024 ? detached : asIs
  return {
    ordinal,
    offset,
    length,
    bytes: span.bytes ?? empty,
    version,
    lines,
    nested: root.components,
    uid: keep(uid),
    title: keep(title),
    assessment,
  }
}

const asIs = (text: string | null): string | null => text
/** A copy: a slice would keep a large record in memory for as long as its title is wanted. */
const detached = (text: string | null): string | null => text && Buffer.from(text, 'utf16le').toString('utf16le')

function damagedCard(span: Span, ordinal: number): Card {
  const bytes = span.bytes ?? empty
  if (span.bytes === null) return damaged(ordinal, span.offset, span.length, bytes, 'too-large')
  if (span.root !== null) return damaged(ordinal, span.offset, span.length, bytes, 'unsupported')
  const isText = span.lines.every(line => (line.flags & lineFlags.control) === 0)
  return damaged(ordinal, span.offset, span.length, bytes, isText ? 'no-structure' : 'not-text')
}

function damaged(ordinal: number, offset: number, length: number, bytes: Uint8Array, reason: DamageReason): Card {
  return {
    ordinal,
    offset,
    length,
    bytes,
    version: null,
    lines: [],
    nested: [],
    uid: null,
    title: null,
    assessment: { state: 'damaged', reason },
  }
}

/** Base64 that goes on in lines without white space in front belongs to the property it began in. */
function joinBase64(lines: ContentLine[]): ContentLine[] {
  const joined: ContentLine[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    if (line.header.encoding !== 'base64') {
      joined.push(line)
      continue
    }
    let last = i
    while (last + 1 < lines.length && isBase64Rest(lines[last + 1]!)) last++
    joined.push(last > i ? line.upTo(lines[last]!) : line)
    i = last
  }
  return joined
}

const isBase64Rest = (line: ContentLine): boolean => line.name === '' && /^[A-Za-z0-9+/=\s]+$/.test(line.latin1Value)
