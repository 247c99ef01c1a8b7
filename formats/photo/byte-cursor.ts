/** Walks through streamed bytes forwards: takes a few, skips many, looks for a mark. Holds one chunk at a time. */
export class ByteCursor {
  private chunk: Uint8Array = new Uint8Array(0)
  private at = 0
  private readonly chunks: AsyncIterator<Uint8Array>

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next bytes, at most `length` of them, without moving past them. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.chunk.length - this.at < length) {
      // Copied before more is asked for: a chunk may be gone by then.
      const left = new Uint8Array(this.chunk.subarray(this.at))
      this.chunk = left
      this.at = 0
      const next = await this.chunks.next()
      if (next.done) break
      this.chunk = left.length === 0 ? next.value : Buffer.concat([left, next.value])
    }
    return this.chunk.subarray(this.at, this.at + length)
  }

  /** Moves on; false where the end comes first. */
  async skip(length: number): Promise<boolean> {
    let left = length
    for (;;) {
      const here = this.chunk.length - this.at
      if (left <= here) {
        this.at += left
        return true
      }
      left -= here
      const next = await this.chunks.next()
      this.chunk = next.done ? new Uint8Array(0) : next.value
      this.at = 0
      if (next.done) return false
    }
  }

  /** Moves past the next occurrence of two bytes; false where there is none. */
  async find(first: number, second: number): Promise<boolean> {
    const mark = Buffer.from([first, second])
    for (;;) {
      const rest = Buffer.from(this.chunk.buffer, this.chunk.byteOffset + this.at, this.chunk.length - this.at)
      const found = rest.indexOf(mark)
      if (found !== -1) {
        this.at += found + 2
        return true
      }
      const half = rest.at(-1) === first
      const next = await this.chunks.next()
      this.chunk = next.done ? new Uint8Array(0) : next.value
      this.at = 0
      if (next.done) return false
      if (half && this.chunk[0] === second) {
        this.at = 1
        return true
      }
    }
  }
}
