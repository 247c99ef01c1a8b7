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
interface Gathered {
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

/** A record of more lines is too large, whatever their length: each costs far more memory than its bytes. */
const maxLines = 300_000

/** Gathers the lines of one span, whatever blocks they lie in; above the cap it only counts. */
export class SpanBuilder {
  length = 0
  offset = 0
  /** Lines as [start, end, flags, mark, ...] relative to the span; only the first `used` numbers count. */
  private lines: number[] = []
  private used = 0
  /** Of the BEGINs and ENDs among them, in order. */
  private names: string[] = []
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

  /** Takes one line; `name` is that of a BEGIN or END. */
  add(block: Buffer, from: number, to: number, offset: number, flags: number, mark: Mark, name = ''): void {
    if (this.length === 0) this.offset = offset
    const start = this.length
    this.length += to - from
    const first = block[from]!
    const blank = (first <= 32 || first >= 0x80) && isBlank(block, from, to)
    if (!blank) {
      this.onlyBlank = false
      if (mark !== marks.strayEnd) this.onlyEnds = false
    }
    if (this.tooLarge || this.length > this.cap || this.used > maxLines * lineNumbers) {
      this.drop()
      return
    }
    if (!blank) {
      const { lines, used } = this
      lines[used] = start
      lines[used + 1] = this.length
      lines[used + 2] = flags
      lines[used + 3] = mark
      this.used = used + lineNumbers
      if (name !== '') this.names.push(name)
    }
    if (block !== this.block || from !== this.partEnd) {
      this.closePart()
      this.block = block
      this.partStart = from
    }
    this.partEnd = to
  }

  /** The last line that is not blank, as it stands in its block; null where none is held or it lies in another block. */
  last(): { block: Buffer; from: number; to: number; blankBehind: boolean } | null {
    if (this.used === 0 || this.block === null) return null
    const start = this.lines[this.used - lineNumbers]!
    const end = this.lines[this.used - lineNumbers + 1]!
    const toBlock = this.partEnd - this.length
    if (start + toBlock < this.partStart) return null
    return { block: this.block, from: start + toBlock, to: end + toBlock, blankBehind: end < this.length }
  }

  /** Gives back the last `bytes` bytes, which end the last line: they belong to the next span. */
  giveBack(bytes: number): void {
    this.length -= bytes
    this.partEnd -= bytes
    this.lines[this.used - lineNumbers + 1]! -= bytes
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
    let named = 0
    const numbers = this.lines
    for (let i = 0; i < this.used; i += lineNumbers) {
      const mark = numbers[i + 3]!
      if (mark === marks.plain) {
        lines.push(new ContentLine(source, numbers[i]!, numbers[i + 1]!, numbers[i + 2]!))
        continue
      }
      if (mark === marks.strayEnd) continue
      const name = this.names[named++]!
      if (mark === marks.begin) {
        const component: Component = { name, lines: [], components: [], closed: false }
        components.push(component)
        open.push(component)
      } else {
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
    if (this.lines.length > keptNumbers) this.lines = []
    this.used = 0
    this.names.length = 0
    if (this.parts.length > 0) this.parts = []
    this.block = null
  }
}

const lineNumbers = 4
/** What is kept from record to record, so that an ordinary one allocates nothing here. */
const keptNumbers = 4096

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
