import type { TranscodedSource } from './content-line'

type Utf16 = 'little' | 'big'

/**
 * Whether the input is UTF-16: by its byte order mark, or because it begins with "B", "E" as two-byte characters (a
 * record cut out of such a file). `head` holds the first four bytes, or all there are.
 */
export function detectUtf16(head: Uint8Array): Utf16 | null {
  const [a, b, c, d] = head
  if ((a === 0xff && b === 0xfe) || (isLetterB(a) && b === 0 && isLetterE(c) && d === 0)) return 'little'
  if ((a === 0xfe && b === 0xff) || (a === 0 && isLetterB(b) && c === 0 && isLetterE(d))) return 'big'
  return null
}

const isLetterB = (byte: number | undefined): boolean => byte === 0x42 || byte === 0x62
const isLetterE = (byte: number | undefined): boolean => byte === 0x45 || byte === 0x65

interface Piece {
  utf8Length: number
  originalLength: number
  /** Null once they were let go: only the lengths still count. */
  held: { utf8: Buffer; original: Buffer } | null
}

/**
 * Turns UTF-16 into UTF-8 chunk by chunk and remembers what stood where, so that spans of the UTF-8 can be given back as
 * spans of the input. A lone surrogate reads as U+FFFD, which is as long in UTF-16: the places stay right.
 */
export class Utf16Transcoder {
  private carried: Buffer = Buffer.alloc(0)
  private pieces: Piece[] = []
  private heldBytes = 0
  private offset = 0

  constructor(
    private readonly order: Utf16,
    /** Above this many bytes waiting to be taken, the oldest are let go: they belong to a record that is too large. */
    private readonly cap: number,
  ) {}

  /** The UTF-8 of this chunk; an odd byte or half of a surrogate pair waits for the next one. */
  push(chunk: Uint8Array): Buffer {
    const bytes = Buffer.concat([this.carried, chunk])
    let whole = bytes.length & ~1
    if (whole > 0 && (this.unitAt(bytes, whole - 2) & 0xfc00) === 0xd800) whole -= 2
    this.carried = bytes.subarray(whole)
    return this.remember(bytes.subarray(0, whole), this.decode(bytes.subarray(0, whole)))
  }

  /** What was carried: half a character reads as U+FFFD. */
  end(): Buffer {
    const rest = this.carried
    this.carried = Buffer.alloc(0)
    return rest.length > 0 ? this.remember(rest, Buffer.from('\ufffd')) : rest
  }

  /** Takes the next `length` bytes of UTF-8: where they stood, how long they were, and the bytes while they are held. */
  take(length: number): { offset: number; length: number; bytes: Buffer | null } {
    const parts: Buffer[] = []
    const offset = this.offset
    let lost = false
    let left = length
    while (left > 0 && this.pieces.length > 0) {
      const piece = this.pieces.shift()!
      const taken = Math.min(left, piece.utf8Length)
      const whole = taken === piece.utf8Length || piece.held === null
      const used = whole ? piece.originalLength : utf16Length(piece.held!.utf8, taken)
      left -= taken
      this.offset += used
      if (piece.held === null) {
        lost = true
        continue
      }
      this.heldBytes -= used
      parts.push(piece.held.original.subarray(0, used))
      if (!whole) this.pieces.unshift(behind(piece, piece.held, taken, used))
    }
    return { offset, length: this.offset - offset, bytes: lost ? null : Buffer.concat(parts) }
  }

  private remember(original: Buffer, utf8: Buffer): Buffer {
    if (utf8.length === 0) return utf8
    // Whatever still waits here belongs to one unfinished record: that much of it is above the cap for certain.
    if (this.heldBytes > this.cap * 4) {
      for (const piece of this.pieces) piece.held = null
      this.heldBytes = 0
    }
    this.pieces.push({ utf8Length: utf8.length, originalLength: original.length, held: { utf8, original } })
    this.heldBytes += original.length
    return utf8
  }

  private decode(bytes: Buffer): Buffer {
    const little = this.order === 'little' ? bytes : Buffer.from(bytes).swap16()
    return Buffer.from(little.toString('utf16le'), 'utf8')
  }

  private unitAt(bytes: Buffer, at: number): number {
    return this.order === 'little' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  }
}

/** What is left of a piece of which the first bytes were taken. */
function behind(piece: Piece, held: { utf8: Buffer; original: Buffer }, taken: number, used: number): Piece {
  return {
    utf8Length: piece.utf8Length - taken,
    originalLength: piece.originalLength - used,
    held: { utf8: held.utf8.subarray(taken), original: held.original.subarray(used) },
  }
}

/** Bytes in UTF-16 of the first `length` bytes of UTF-8. */
const utf16Length = (utf8: Buffer, length: number): number => utf8.toString('utf8', 0, length).length * 2

/** For the lines of a span: where its transcoded bytes stood. */
export function transcodedSource(utf8: Buffer, offset: number, bytes: Buffer): TranscodedSource {
  return {
    offset,
    bytes,
    inputLength: length => (length >= utf8.length ? bytes.length : utf16Length(utf8, length)),
  }
}
