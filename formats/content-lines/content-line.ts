import { type DecodedText, decodeBase64, decodeQuotedPrintable, decodeShortUtf8, decodeText } from './decode-text'
import { emptyHeader, headerAt, type LineHeader, type Param, parseHeader } from './line-header'

/** Bits that the line splitter knows about a line without looking again. */
export const lineFlags = {
  /** Holds line breaks of folding or soft line breaks of quoted-printable. */
  folded: 1,
  /** Holds bytes above 0x7f. */
  eightBit: 2,
  /** Not the whole line: the next line goes on with it (a line above the splitter's cap). */
  continues: 4,
  /** Holds control characters that no text has: NUL to 0x1f without tab, LF and CR. */
  control: 8,
} as const

/** The bytes one or several lines were cut from. Changing the bytes afterwards changes the lines. */
export class LineSource {
  private latin1Text: string | null = null
  /** Set where the input was not UTF-8 and `bytes` are a transcoding of it: what stood there. */
  transcodedFrom: TranscodedSource | null = null

  constructor(
    readonly bytes: Buffer,
    /** Where bytes[0] stands in the input. */
    readonly offset: number,
  ) {}

  /** One character a byte, made once: slices of it are far cheaper than slices of bytes. */
  get latin1(): string {
    this.latin1Text ??= this.bytes.toString('latin1')
    return this.latin1Text
  }
}

/** Where transcoded bytes stood in the input. */
export interface TranscodedSource {
  offset: number
  bytes: Uint8Array
  /** Bytes of the input behind the first `length` transcoded bytes. */
  inputLength(length: number): number
}

type LineFlaw = 'no-colon' | 'not-utf8' | 'unknown-charset' | 'bad-encoding'

/**
 * One logical (unfolded) line: `[group.]NAME;PARAM=value:value` (RFC 6350 section 3.3, RFC 5545 section 3.1). Header and
 * value are read when they are asked for, never twice, and nothing here throws.
 */
export class ContentLine {
  private parsedHeader: LineHeader | null = null
  /** The unfolded line where it is folded; else the value is cut from the source when it is asked for. */
  private unfolded: string | null = null
  private valueStart = 0
  private valueEnd = 0
  private decoded: string | null = null
  private flawFound: LineFlaw | null = null

  constructor(
    private readonly source: LineSource,
    private readonly start: number,
    private readonly end: number,
    readonly flags: number,
  ) {}

  /** Byte offset in the input. */
  get offset(): number {
    const original = this.source.transcodedFrom
    return original ? original.offset + original.inputLength(this.start) : this.source.offset + this.start
  }

  /** Bytes in the input, folding and terminator included. */
  get length(): number {
    const original = this.source.transcodedFrom
    return original ? original.inputLength(this.end) - original.inputLength(this.start) : this.end - this.start
  }

  /** The line as it stood, folding and terminator included. */
  get raw(): Uint8Array {
    const original = this.source.transcodedFrom
    if (original) return original.bytes.subarray(original.inputLength(this.start), original.inputLength(this.end))
    return this.source.bytes.subarray(this.start, this.end)
  }

  /**
   * The line with its CRLF, where that is also how it would be written: ASCII text on one line of at most 75 octets. Null
   * for every other.
   */
  get written(): string | null {
    const { start, end } = this
    const length = end - start
    if (this.flags !== 0 || length > 77 || length < 4) return null
    const { latin1 } = this.source
    if (latin1.charCodeAt(end - 1) !== 10 || latin1.charCodeAt(end - 2) !== 13) return null
    return latin1.charCodeAt(end - 3) === 13 ? null : latin1.slice(start, end)
  }

  get header(): LineHeader {
    if (this.parsedHeader === null) this.parse()
    return this.parsedHeader!
  }

  get group(): string | null {
    return this.header.group
  }

  /** Upper case; empty where the line has no colon. */
  get name(): string {
    return this.header.name
  }

  get params(): readonly Param[] {
    return this.header.params
  }

  /** All values of a parameter (upper-case name), in order; empty where it is absent. */
  paramValues(name: string): readonly string[] {
    const params = this.header.params
    let found: readonly string[] = []
    for (const param of params) {
      if (param.name !== name) continue
      found = found.length === 0 ? param.values : [...found, ...param.values]
    }
    return found
  }

  /** First value of a parameter (upper-case name), null where it is absent. */
  param(name: string): string | null {
    return this.paramValues(name)[0] ?? null
  }

  /** The unfolded value before any decoding, one character a byte. */
  get latin1Value(): string {
    if (this.parsedHeader === null) this.parse()
    return (this.unfolded ?? this.source.latin1).slice(this.valueStart, this.valueEnd)
  }

  /** What stands before the colon as it was written, unfolded, one character a byte. */
  get latin1Header(): string {
    if (this.header === emptyHeader) return ''
    if (this.unfolded !== null) return this.unfolded.slice(0, this.valueStart - 1)
    return this.source.latin1.slice(this.start, this.valueStart - 1)
  }

  /** The unfolded value as bytes, before quoted-printable, base64 or charset decoding. */
  get value(): Uint8Array {
    return Buffer.from(this.latin1Value, 'latin1')
  }

  /**
   * The value as text: quoted-printable and charset decoded, backslash escapes and base64 as they stand. A line without
   * a colon is all value.
   */
  get text(): string {
    if (this.decoded !== null) return this.decoded
    const { header } = this
    const value = this.latin1Value
    const isPlain =
      (this.flags & lineFlags.eightBit) === 0 && header.encoding !== 'quoted-printable' && header.charset === null
    this.decoded = isPlain ? value : this.decode(value, header)
    return this.decoded
  }

  /** The value's bytes after base64 (or quoted-printable) decoding. */
  get binary(): Uint8Array {
    const { encoding } = this.header
    if (encoding === 'quoted-printable') return decodeQuotedPrintable(this.latin1Value).bytes
    const decoded = decodeBase64(this.latin1Value)
    if (decoded.flawed) this.flawFound ??= 'bad-encoding'
    return decoded.bytes
  }

  /** What was wrong with the line; it was read as well as it could be. */
  get flaw(): LineFlaw | null {
    void this.text
    return this.flawFound
  }

  /** True where nothing but blanks, NUL bytes and byte order marks stands here. */
  get isBlank(): boolean {
    return this.name === '' && /^(?:[\0\s\x1a]|\xef\xbb\xbf)*$/.test(this.latin1Value)
  }

  /** This line up to the end of a later one of the same record: base64 that goes on without folding (vCard 2.1). */
  upTo(last: ContentLine): ContentLine {
    return new ContentLine(this.source, this.start, last.end, this.flags | last.flags | lineFlags.folded)
  }

  private decode(value: string, header: LineHeader): string {
    if (header.encoding === null && header.charset === null) {
      const short = value.length <= shortText ? decodeShortUtf8(value) : null
      if (short !== null) return short
    }
    let bytes: Buffer
    if (header.encoding === 'quoted-printable') {
      const unquoted = decodeQuotedPrintable(value)
      if (unquoted.flawed) this.flawFound ??= 'bad-encoding'
      bytes = unquoted.bytes
    } else {
      bytes = Buffer.from(value, 'latin1')
    }
    const result: DecodedText = decodeText(bytes, header.charset)
    this.flawFound ??= result.flaw
    return result.text
  }

  private parse(): void {
    if (this.flags & lineFlags.folded) {
      const line = unfold(this.source.latin1.slice(this.start, this.end))
      this.unfolded = line
      const colon = colonIn(line, 0, line.length)
      this.take(colon < 0 ? null : parseHeader(line.slice(0, colon)), colon < 0 ? 0 : colon + 1, line.length)
      return
    }
    const { bytes } = this.source
    let end = this.end
    while (end > this.start && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end--
    let colon = this.start
    let hash = 0
    let byte = 0
    while (colon < end) {
      byte = bytes[colon]!
      if (byte === 58 || byte === 34) break
      hash = (Math.imul(hash, 31) + byte) | 0
      colon++
    }
    if (byte === 34) colon = colonIn(this.source.latin1, this.start, end)
    if (colon < 0 || colon === end) this.take(null, this.start, end)
    else if (byte !== 34) this.take(headerAt(bytes, this.start, colon, hash), colon + 1, end)
    else this.take(parseHeader(this.source.latin1.slice(this.start, colon)), colon + 1, end)
  }

  private take(header: LineHeader | null, valueStart: number, valueEnd: number): void {
    this.parsedHeader = header ?? emptyHeader
    this.valueStart = valueStart
    this.valueEnd = valueEnd
    if (header === null && valueEnd > valueStart) this.flawFound = 'no-colon'
  }
}

/** Up to this many bytes text is decoded without a call into native code. */
const shortText = 64

/** The first colon outside double quotes; where a quote is never closed, the first colon at all. */
function colonIn(text: string, start: number, end: number): number {
  let quoted = false
  let first = -1
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === 34) quoted = !quoted
    else if (code === 58) {
      if (!quoted) return i
      if (first < 0) first = i
    }
  }
  return first
}

/** Takes folding and soft line breaks out of one logical line, and its terminator off. */
function unfold(line: string): string {
  const unterminated = line.replace(/[\r\n]+$/, '')
  const colon = colonIn(unterminated, 0, unterminated.length)
  if (colon < 0) return unterminated.replace(anyBreak, '')
  const header = unterminated.slice(0, colon).replace(anyBreak, '')
  const value = unterminated.slice(colon)
  if (!/quoted-printable/i.test(header)) return header + value.replace(anyBreak, '')
  return header + value.replace(softBreak, (_, equals: string, space: string) => (equals ? space : ''))
}

const anyBreak = /(?:\r\r\n|\r\n|\n|\r)[ \t]?/g
const softBreak = /(=?)(?:\r\r\n|\r\n|\n|\r)([ \t]?)/g
