import { type ContentLine, lineFlags } from './content-line'
import { InputText } from './input-text'
import { oneByOne } from './one-by-one'
import { LineSplitter } from './read-lines'
import { type Component, marks, SpanBuilder } from './span-builder'
import { isVersion, type StructureMark, structureAt, tailBegin } from './structure-lines'

/**
 * A stretch of the input; the spans one after the other are the input.
 * - `component`: one record, BEGIN to END (or to where the next one begins)
 * - `container-begin`, `container-end`: one line that opens or closes a container
 * - `properties`: lines directly in a container
 * - `garbage`: lines outside of everything; `stray-end`: nothing but END lines there; `blank`: nothing but blank lines
 */
export interface Span {
  kind: 'component' | 'container-begin' | 'container-end' | 'properties' | 'garbage' | 'stray-end' | 'blank'
  /** Upper-case name of the component or container, empty for the other kinds. */
  name: string
  /** Bytes from the start of the input. */
  offset: number
  /** In bytes. */
  length: number
  /** Null where the span is above the cap: its bytes were not held. Else they may share memory with their chunk. */
  bytes: Uint8Array | null
  /** The lines that are neither blank nor a stray END; those of a component are in its root. */
  lines: ContentLine[]
  /** Only for a component below the cap. */
  root: Component | null
}

interface ComponentOptions {
  /** Names that always start a record of their own, so that one without END ends where the next begins. */
  records: ReadonlySet<string>
  /** Names whose children are yielded one by one instead of as a whole. */
  containers?: ReadonlySet<string>
  /** Cap on the bytes held for one span. */
  maxRecordBytes?: number
}

const defaultMaxRecordBytes = 64 * 1024 * 1024
/** No record nests so deep; bounds what an END without a BEGIN costs. */
const maxDepth = 100

/**
 * Cuts bytes into records without waiting: a BEGIN of a record's name ends an open record, an END of an outer name ends
 * what is open inside, an END of an unknown name ends nothing. `AGENT:` followed by BEGIN nests (vCard 2.1 section
 * 2.4.3). One damaged record never hides the next, and nothing throws.
 */
export class ComponentSplitter {
  private readonly lines: LineSplitter
  private readonly gathering: SpanBuilder
  private readonly input: InputText
  private ready: Span[] = []
  /** What is open inside the current record; empty between records. */
  private readonly open: string[] = []
  private readonly openContainers: string[] = []
  private inPieces = false

  constructor(private readonly options: ComponentOptions) {
    const cap = options.maxRecordBytes ?? defaultMaxRecordBytes
    this.input = new InputText(cap)
    this.gathering = new SpanBuilder(cap, this.input)
    this.lines = new LineSplitter(this.take.bind(this), cap)
  }

  /** Spans that this chunk completed. The chunk must not be changed afterwards: spans may point into it. */
  push(chunk: Uint8Array): Span[] {
    this.lines.push(this.input.push(chunk))
    return this.drain()
  }

  /** The input is over: what is still open is cut off. */
  end(): Span[] {
    this.lines.push(this.input.end())
    this.lines.end()
    this.finish()
    return this.drain()
  }

  private drain(): Span[] {
    const ready = this.ready
    this.ready = []
    return ready
  }

  private take(block: Buffer, from: number, to: number, offset: number, flags: number): void {
    const piece = this.inPieces
    this.inPieces = (flags & lineFlags.continues) !== 0
    const structure = piece ? null : structureAt(block, from, to)
    if (structure === null) {
      if (!piece && this.gathering.length > 0 && isVersion(block, from, to)) this.startAtLastLinesTail()
      if (this.open.length === 0 && !piece && this.takeInTwo(block, from, to, offset, flags, marks.plain)) return
      this.gathering.add(block, from, to, offset, flags, marks.plain)
    } else if (structure.kind === 'begin') {
      this.takeBegin(block, from, to, offset, flags, structure.name)
    } else if (!this.takeInTwo(block, from, to, offset, flags, structure)) {
      this.takeEnd(block, from, to, offset, flags, structure)
    }
  }

  /** A line behind whose bytes a BEGIN stands without a line break is two lines. */
  private takeInTwo(
    block: Buffer,
    from: number,
    to: number,
    offset: number,
    flags: number,
    head: StructureMark | typeof marks.plain,
  ): boolean {
    const cut = tailBegin(block, from, to, this.isKnown)
    if (cut <= from) return false
    if (head === marks.plain) this.gathering.add(block, from, cut, offset, flags, marks.plain)
    else this.takeEnd(block, from, cut, offset, flags, structureAt(block, from, cut) ?? head)
    this.take(block, cut, to, offset + cut - from, 0)
    return true
  }

  /** VERSION follows BEGIN: where the line before only ends with BEGIN, the record before it was cut off there. */
  private startAtLastLinesTail(): void {
    const last = this.gathering.last()
    if (last === null || last.blankBehind) return
    const cut = tailBegin(last.block, last.from, last.to, this.isKnown)
    if (cut <= last.from) return
    const end = this.gathering.offset + this.gathering.length
    this.gathering.giveBack(last.to - cut)
    this.take(last.block, cut, last.to, end - (last.to - cut), 0)
  }

  private readonly isKnown = (name: string): boolean =>
    this.options.records.has(name) || (this.options.containers?.has(name) ?? false)

  private takeBegin(block: Buffer, from: number, to: number, offset: number, flags: number, name: string): void {
    if (this.open.length >= maxDepth && !this.isKnown(name)) {
      this.gathering.add(block, from, to, offset, flags, marks.plain)
      return
    }
    if (this.options.containers?.has(name)) {
      this.finish()
      if (this.openContainers.length >= maxDepth) this.openContainers.length = 0
      this.openContainers.push(name)
      this.single('container-begin', name, block, from, to, offset, flags)
      return
    }
    const nests = this.open.length > 0 && (!this.options.records.has(name) || this.afterEmptyAgent())
    if (!nests) this.finish()
    this.open.push(name)
    this.gathering.add(block, from, to, offset, flags, marks.begin, name)
  }

  private takeEnd(block: Buffer, from: number, to: number, offset: number, flags: number, mark: StructureMark): void {
    const depth = this.open.lastIndexOf(mark.name)
    if (depth >= 0) {
      this.gathering.add(block, from, to, offset, flags, marks.end, mark.name)
      if (depth === 0) this.finish()
      else this.open.length = depth
      return
    }
    const container = this.openContainers.lastIndexOf(mark.name)
    if (container < 0) {
      this.gathering.add(block, from, to, offset, flags, marks.strayEnd)
      return
    }
    this.finish()
    this.openContainers.length = container
    this.single('container-end', mark.name, block, from, to, offset, flags)
  }

  private afterEmptyAgent(): boolean {
    const last = this.gathering.last()
    if (last === null) return false
    return /^(?:[^:.]*\.)?AGENT[^:]*:\s*$/i.test(
      last.block.toString('latin1', last.from, Math.min(last.to, last.from + 200)),
    )
  }

  private single(
    kind: Span['kind'],
    name: string,
    block: Buffer,
    from: number,
    to: number,
    offset: number,
    flags: number,
  ): void {
    this.gathering.add(block, from, to, offset, flags, marks.plain)
    const { length, bytes, lines } = this.gathering.build()
    this.ready.push({ kind, name, offset, length, bytes, lines, root: null })
  }

  /** Ends the span being gathered, if there is one. */
  private finish(): void {
    if (this.gathering.length === 0) return
    const name = this.open[0] ?? ''
    const isComponent = name !== ''
    this.open.length = 0
    const { offset, length, bytes, lines, components, onlyBlank, onlyEnds } = this.gathering.build()
    const outside = this.openContainers.length > 0 ? 'properties' : 'garbage'
    const kind = isComponent ? 'component' : onlyBlank ? 'blank' : onlyEnds ? 'stray-end' : outside
    this.ready.push({ kind, name, offset, length, bytes, lines, root: isComponent ? (components[0] ?? null) : null })
  }
}

/** Reads all spans of the input (see {@link ComponentSplitter}); memory is bounded by the cap on one span. */
export function readComponents(input: AsyncIterable<Uint8Array>, options: ComponentOptions): AsyncIterable<Span> {
  return oneByOne(spansByChunk(input, options))
}

async function* spansByChunk(input: AsyncIterable<Uint8Array>, options: ComponentOptions): AsyncIterable<Span[]> {
  const splitter = new ComponentSplitter(options)
  for await (const chunk of input) yield splitter.push(chunk)
  yield splitter.end()
}
