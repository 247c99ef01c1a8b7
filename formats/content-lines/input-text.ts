import { detectUtf16, Utf16Transcoder } from './utf16'

const headLength = 4

/** The input as bytes that lines can be cut from: as it is, or UTF-16 turned into UTF-8 with its places remembered. */
export class InputText {
  private head: Buffer | null = Buffer.alloc(0)
  private transcoder: Utf16Transcoder | null = null

  constructor(private readonly cap: number) {}

  get isTranscoded(): boolean {
    return this.transcoder !== null
  }

  /** What to cut next; empty while the first bytes are too few to tell the encoding. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.head === null) return this.transcoder ? this.transcoder.push(chunk) : chunk
    const first = this.head.length === 0 ? chunk : Buffer.concat([this.head, chunk])
    if (first.length >= headLength) return this.begin(first)
    this.head = Buffer.from(first)
    return new Uint8Array(0)
  }

  /** What is left when the input is over. */
  end(): Uint8Array {
    const begun = this.head ? this.begin(this.head) : new Uint8Array(0)
    return this.transcoder ? Buffer.concat([begun, this.transcoder.end()]) : begun
  }

  /** Where the next `length` bytes that were cut stood in the input; only where it is transcoded. */
  take(length: number): { offset: number; length: number; bytes: Buffer | null } | null {
    return this.transcoder?.take(length) ?? null
  }

  private begin(first: Uint8Array): Uint8Array {
    this.head = null
    const order = detectUtf16(first)
    if (order === null) return first
    this.transcoder = new Utf16Transcoder(order, this.cap)
    return this.transcoder.push(first)
  }
}
