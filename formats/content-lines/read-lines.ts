import { ContentLine, LineSource, lineFlags } from './content-line'
import { InputText } from './input-text'
import { transcodedSource } from './utf16'

/** Takes one logical line: `block.subarray(start, end)`, terminator included, which stands at `offset` of the input. */
type LineSink = (block: Buffer, start: number, end: number, offset: number, flags: number) => void

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9
const EQUALS = 61
const structureLookahead = 40
/** Bytes from which on a line may have been folded because it was long. */
const fullLine = 60

/** Lines above this many bytes are handed over in pieces, so that memory stays bounded whatever the input. */
const defaultMaxLineBytes = 64 * 1024 * 1024

/**
 * Cuts bytes into logical lines without waiting. Ends of line: CRLF, LF, CR, CR CR LF. A line goes on where the next
 * one starts with a blank (RFC 6350 section 3.2, RFC 5545 section 3.1), and where a quoted-printable value ends with "=".
 * A blank line never goes on. Every byte reaches the sink exactly once, in order, in time linear in the input.
 * Chunks that were pushed must not be changed afterwards: lines point into them.
 */
export class LineSplitter {
  private block: Buffer = Buffer.alloc(0)
  /** Input offset of block[0]. */
  private base = 0
  private start = 0
  private filled = 0
  private owned = false
  /** Where scanning goes on, and what it has seen of the unfinished line. */
  private at = 0
  private seen = 0
  /** Where the line as it is written begins, of the several that folding makes of a logical one. */
  private physical = 0
  private folded = 0
  private control = 0
  private quotedPrintable: boolean | null = null

  constructor(
    private readonly sink: LineSink,
    private readonly maxLineBytes = defaultMaxLineBytes,
  ) {}

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    const pending = this.filled - this.start
    if (pending === 0) {
      this.base += this.filled
      this.block = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      this.owned = false
      this.start = this.physical = this.at = 0
      this.filled = chunk.length
    } else {
      if (!this.owned || this.filled + chunk.length > this.block.length) this.moveTo(pending, chunk.length)
      this.block.set(chunk, this.filled)
      this.filled += chunk.length
    }
    this.scan(false)
  }

  /** The input is over: what is left is the last line. */
  end(): void {
    this.scan(true)
  }

  /** A fresh block: handed-out lines still point into the old one. Doubling keeps copies linear for long lines. */
  private moveTo(pending: number, more: number): void {
    const needed = pending + more
    const block = Buffer.allocUnsafeSlow(pending > more ? needed * 2 : needed)
    this.block.copy(block, 0, this.start, this.filled)
    this.base += this.start
    this.at -= this.start
    this.physical -= this.start
    this.filled = pending
    this.start = 0
    this.block = block
    this.owned = true
  }

  private scan(final: boolean): void {
    const { block, filled } = this
    let at = this.at
    let seen = this.seen
    for (;;) {
      const capped = this.start + this.maxLineBytes
      const limit = capped < filled ? capped : filled
      let byte = 0
      while (at < limit) {
        byte = block[at]!
        if (byte < SPACE) {
          if (byte === LF || byte === CR) break
          if (byte !== TAB) this.control = lineFlags.control
        }
        seen |= byte
        at++
      }
      if (at === limit) {
        if (limit === filled) break
        // A piece ends between characters, so that each can be read by itself.
        for (let back = 0; back < 3 && at > this.start + 1 && (block[at]! & 0xc0) === 0x80; back++) at--
        this.emit(at, seen, lineFlags.continues)
        seen = 0
        continue
      }
      const after = terminatorEnd(block, at, filled, final)
      if (after < 0) break
      const goesOn = this.goesOn(at, after, final)
      if (goesOn === null) break
      at = after
      if (goesOn) {
        this.folded = lineFlags.folded
        this.physical = after
        continue
      }
      this.emit(after, seen, 0)
      seen = 0
    }
    if (final && this.start < filled) {
      this.emit(filled, seen, 0)
      at = filled
      seen = 0
    }
    this.at = at
    this.seen = seen
  }

  private emit(end: number, seen: number, flags: number): void {
    const start = this.start
    this.start = this.physical = end
    const eightBit = seen & 0x80 ? lineFlags.eightBit : 0
    const marked = this.folded | this.control
    this.folded = this.control = 0
    this.quotedPrintable = null
    this.sink(this.block, start, end, this.base + start, flags | marked | eightBit)
  }

  /** Whether the logical line goes on behind the terminator at..after; null where the bytes to tell are not here yet. */
  private goesOn(at: number, after: number, final: boolean): boolean | null {
    const { block, filled } = this
    if (after >= filled && !final) return null
    if (at > this.start && block[at - 1] === EQUALS && this.isQuotedPrintable(at)) {
      if (filled - after < structureLookahead && !final) return null
      return after < filled && !isStructureAlone(block, after, filled)
    }
    if (at === this.start || after >= filled) return false
    const next = block[after]
    if ((next !== SPACE && next !== TAB) || startsStructure(block, pastBlanks(block, this.start), at)) return false
    if (filled - after < structureLookahead && !final) return null
    // Folding puts one blank behind a line that is full; more, behind a short one, are somebody's indentation.
    const indented = at - this.physical < fullLine && (next === TAB || pastBlanks(block, after) > after + 1)
    return !(indented && isStructureAlone(block, after, filled))
  }

  /** Whether the header says so; it may itself be folded, and then is not whole yet at its first breaks. */
  private isQuotedPrintable(at: number): boolean {
    if (this.quotedPrintable === null) {
      const head = this.block.toString('latin1', this.start, Math.min(at, this.start + 1024))
      const colon = head.indexOf(':')
      if (colon < 0 && head.length < 1024) return false
      this.quotedPrintable = colon > 0 && /quoted-printable/i.test(head.slice(0, colon).replace(/[\r\n]+[ \t]/g, ''))
    }
    return this.quotedPrintable
  }
}

/** Index behind the line terminator at `at`, -1 where more bytes are needed to tell. */
function terminatorEnd(block: Buffer, at: number, filled: number, final: boolean): number {
  if (block[at] === LF) return at + 1
  const next = at + 1
  if (next >= filled) return final ? next : -1
  if (block[next] === LF) return next + 1
  if (block[next] !== CR) return next
  if (next + 1 >= filled) return final ? next : -1
  return block[next + 1] === LF ? next + 2 : next
}

/** BEGIN and END never go on. */
const startsStructure = (block: Buffer, at: number, end: number): boolean =>
  /^(?:BEGIN|END):V/i.test(block.toString('latin1', at, Math.min(end, at + 8)))

function pastBlanks(block: Buffer, at: number): number {
  let past = at
  while (past < at + 16 && (block[past] === SPACE || block[past] === TAB)) past++
  return past
}

/** A BEGIN or END alone on its line is one, indented or behind a soft line break: the next record must be found. */
function isStructureAlone(block: Buffer, at: number, filled: number): boolean {
  const letter = pastBlanks(block, at)
  const first = (block[letter] ?? 0) | 0x20
  if (first !== 0x62 && first !== 0x65) return false
  const text = block.toString('latin1', letter, Math.min(filled, at + structureLookahead))
  return /^(?:BEGIN|END):V[A-Z]+[ \t]*(?:[\r\n]|$)/i.test(text)
}

/** All logical lines of the input, lossless: their `raw` bytes one after the other are the input. */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  options: { maxLineBytes?: number } = {},
): AsyncIterable<ContentLine> {
  const text = new InputText(options.maxLineBytes ?? defaultMaxLineBytes)
  let lines: ContentLine[] = []
  const splitter = new LineSplitter((block, start, end, offset, flags) => {
    const source = new LineSource(block.subarray(start, end), offset)
    const original = text.take(end - start)
    if (original?.bytes) source.transcodedFrom = transcodedSource(source.bytes, original.offset, original.bytes)
    lines.push(new ContentLine(source, 0, end - start, flags))
  }, options.maxLineBytes)
  for await (const chunk of input) {
    splitter.push(text.push(chunk))
    const ready = lines
    lines = []
    yield* ready
  }
  splitter.push(text.end())
  splitter.end()
  yield* lines
}
