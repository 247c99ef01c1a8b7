import { ContentLine, LineSource } from './content-line'
import type { InputText } from './input-text'
import { isBlank } from './structure-lines'
import { transcodedSource } from './utf16'

/** A BEGIN/END structure. `lines` are its own properties, without BEGIN, END, blank lines and those of nested components. */
export interface Component {
  /** Upper case. */
  name: string
  lines: ContentLine[]
  components: Component[]
  /** False where END is missing. */
  closed: boolean
}

/** What a line means for the structure: a property or anything else, BEGIN, END, or an END that ends nothing. */
export const marks = { plain: 0, begin: 1, end: 2, strayEnd: 3 } as const
export type Mark = (typeof marks)[keyof typeof marks]

/** What was gathered, ready to be named by the splitter. */
export interface Gathered {
  offset: number
  length: number
  bytes: Uint8Array | null
  lines: ContentLine[]
  components: Component[]
  /** Nothing but blank lines. */
  onlyBlank: boolean
  /** Nothing but stray END lines and blank lines. */
  onlyEnds: boolean
}

/** Gathers the lines of one span, whatever blocks they lie in; above the cap it only counts. */
export class SpanBuilder {
  length = 0
  offset = 0
  private starts: number[] = []
  private flags: number[] = []
  private marks: Mark[] = []
  private parts: Buffer[] = []
  private block: Buffer | null = null
  private partStart = 0
  private partEnd = 0
  private tooLarge = false
  private onlyBlank = true
  private onlyEnds = true

  constructor(
    private readonly cap: number,
    private readonly input: InputText,
  ) {}

  add(block: Buffer, from: number, to: number, offset: number, flags: number, mark: Mark): void {
    if (this.length === 0) this.offset = offset
    if (this.onlyEnds && !isBlank(block, from, to)) {
      this.onlyBlank = false
      if (mark !== marks.strayEnd) this.onlyEnds = false
    }
    const start = this.length
    this.length += to - from
    if (this.tooLarge || this.length > this.cap) {
      this.drop()
      return
    }
    this.starts.push(start)
    this.flags.push(flags)
    this.marks.push(mark)
    if (block !== this.block || from !== this.partEnd) {
      this.closePart()
      this.block = block
      this.partStart = from
    }
    this.partEnd = to
  }

  /** The last line as it stands in its block; null where none is held. */
  last(): { block: Buffer; from: number; to: number } | null {
    const start = this.starts.at(-1)
    if (start === undefined || this.block === null || start < this.length - (this.partEnd - this.partStart)) return null
    return { block: this.block, from: this.partEnd - (this.length - start), to: this.partEnd }
  }

  /** Gives back the last `bytes` bytes, which end the last line: they belong to the next span. */
  giveBack(bytes: number): void {
    this.length -= bytes
    this.partEnd -= bytes
  }

  /** Everything gathered so far; the builder is empty again afterwards. */
  build(): Gathered {
    const bytes = this.tooLarge ? null : this.join()
    const gathered: Gathered = {
      offset: this.offset,
      length: this.length,
      bytes,
      lines: [],
      components: [],
      onlyBlank: this.onlyBlank,
      onlyEnds: this.onlyEnds,
    }
    const source = bytes === null ? null : new LineSource(bytes, this.offset)
    if (source !== null) this.fill(gathered, source)
    if (this.input.isTranscoded) placeInInput(gathered, source, this.input)
    this.length = 0
    this.drop()
    this.tooLarge = false
    this.onlyBlank = this.onlyEnds = true
    return gathered
  }

  /** Lines go to the innermost open component; those outside of all of them to the span itself. */
  private fill(gathered: Gathered, source: LineSource): void {
    const open: Component[] = []
    let { lines, components } = gathered
    const count = this.starts.length
    for (let i = 0; i < count; i++) {
      const mark = this.marks[i]!
      const start = this.starts[i]!
      const end = i + 1 < count ? this.starts[i + 1]! : this.length
      if (mark === marks.plain) {
        if (source.bytes[start]! > 32 || !isBlank(source.bytes, start, end)) {
          lines.push(new ContentLine(source, start, end, this.flags[i]!))
        }
        continue
      }
      if (mark === marks.begin) {
        const component: Component = { name: nameOf(source, start, end), lines: [], components: [], closed: false }
        components.push(component)
        open.push(component)
      } else if (mark === marks.end) {
        const name = nameOf(source, start, end)
        while (open.length > 0) {
          const closing = open.pop()!
          closing.closed = closing.name === name
          if (closing.closed) break
        }
      }
      const inner = open.at(-1) ?? gathered
      lines = inner.lines
      components = inner.components
    }
  }

  private join(): Buffer {
    if (this.parts.length === 0 && this.block !== null) return this.block.subarray(this.partStart, this.partEnd)
    this.closePart()
    return Buffer.concat(this.parts)
  }

  private closePart(): void {
    if (this.block !== null && this.partEnd > this.partStart) {
      this.parts.push(this.block.subarray(this.partStart, this.partEnd))
    }
    this.block = null
  }

  private drop(): void {
    this.tooLarge = true
    this.starts = []
    this.flags = []
    this.marks = []
    this.parts = []
    this.block = null
  }
}

/** Where the input was UTF-16, the span and its lines are those of the input. */
function placeInInput(gathered: Gathered, source: LineSource | null, input: InputText): void {
  const original = input.take(gathered.length)
  if (original === null) return
  gathered.offset = original.offset
  gathered.length = original.length
  gathered.bytes = source === null ? null : original.bytes
  if (source !== null && original.bytes !== null) {
    source.transcodedFrom = transcodedSource(source.bytes, original.offset, original.bytes)
  }
}

/** The upper-case name behind the colon of a BEGIN or END line. */
function nameOf(source: LineSource, start: number, end: number): string {
  const line = source.latin1.slice(start, end)
  return /:[ \t]*([A-Z0-9_-]+)/i.exec(line)?.[1]?.toUpperCase() ?? ''
}
