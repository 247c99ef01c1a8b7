import type { FileHandle } from 'node:fs/promises'

const windowBytes = 256 * 1024

/** Reads a file forwards through one buffer, jumping over what is not wanted. */
export class WindowReader {
  /** Position in the file of the next byte to hand out. */
  position = 0
  private readonly window = Buffer.allocUnsafe(windowBytes)
  private start = 0
  private filled = 0

  constructor(
    private readonly file: FileHandle,
    /** Bytes of the file. */
    readonly size: number,
  ) {}

  get left(): number {
    return this.size - this.position
  }

  /** Up to `wanted` bytes without moving on; good until the next call. */
  async peek(wanted: number): Promise<Buffer> {
    const held = this.start + this.filled - this.position
    if (held >= wanted) return this.window.subarray(this.position - this.start).subarray(0, wanted)
    this.start = this.position
    this.filled = await fill(this.file, this.window, this.position)
    return this.window.subarray(0, Math.min(wanted, this.filled))
  }

  /** The next `wanted` bytes, fewer only where the file ends; good until the next call. */
  async take(wanted: number): Promise<Buffer> {
    let taken: Buffer
    if (wanted <= windowBytes) taken = await this.peek(wanted)
    else {
      const whole = Buffer.allocUnsafe(Math.min(wanted, Math.max(this.left, 0)))
      taken = whole.subarray(0, await fill(this.file, whole, this.position))
    }
    this.position += taken.length
    return taken
  }

  skip(bytes: number): void {
    this.position += bytes
  }
}

/** Reads from `position` until the buffer is full or the file ends; resolves to the bytes read. */
async function fill(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}
