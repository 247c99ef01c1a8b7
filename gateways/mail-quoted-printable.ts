const hex = Buffer.from('0123456789ABCDEF')
const longestLine = 76
const [lf, cr, dot, equals] = [10, 13, 46, 61]

/** What a byte is: one that stands for itself, white space that does so before the end of a line, an end of line, or one to encode. */
const [literal, blank, lineEnd, coded] = [0, 1, 2, 3]
const kinds = new Uint8Array(256).fill(coded)
kinds.fill(literal, 33, 127)
for (const byte of Buffer.from(' \t')) kinds[byte] = blank
kinds[lf] = lineEnd
kinds[cr] = lineEnd
kinds[equals] = coded

/** Grows with the longest text there was; nothing awaits between its filling and the copy that leaves. */
let room = new Uint8Array(65_536)

/**
 * Text as quoted-printable of its UTF-8 (RFC 2045 section 6.7): lines end with CR LF whatever they ended with, none is
 * longer than 76 characters, none begins with a dot (RFC 5321 section 4.5.2 would double it), and "=_" never occurs, so
 * that a boundary with it can lie in no part. Where the text `goesOn` in another piece, encoded apart, its end is no end
 * of a line, and leaves room for a soft line break.
 */
export function quotedPrintable(text: string, goesOn = false): Buffer {
  const from: Uint8Array = Buffer.from(`${text}${goesOn ? '.' : '\n'}`)
  // Three bytes for each, and a soft line break for every 25 of them at the worst.
  const most = from.length * 3 + Math.ceil(from.length / 24) * 3
  if (room.length < most) room = new Uint8Array(most)
  const out = room
  // What is put behind the text is what every byte of it may look at next, and is not written.
  const last = from.length - 1
  let at = 0
  let column = 0
  for (let i = 0; i < last; i++) {
    const byte = from[i]!
    const kind = kinds[byte]!
    const ends = kinds[from[i + 1]!] === lineEnd
    if ((kind === literal || (kind === blank && !ends)) && (byte !== dot || column > 0)) {
      // The last character of a line may stand where a soft line break would.
      if (column === longestLine - 1 && !ends) {
        at = softBreak(out, at)
        column = 0
        // What is a dot now begins a line, and is encoded as that.
        if (byte === dot) {
          i -= 1
          continue
        }
      }
      out[at++] = byte
      column += 1
    } else if (kind === lineEnd) {
      if (byte === cr && from[i + 1] === lf && i + 1 < last) i += 1
      out[at++] = cr
      out[at++] = lf
      column = 0
    } else {
      if (column + 3 > (ends ? longestLine : longestLine - 1)) {
        at = softBreak(out, at)
        column = 0
      }
      out[at++] = equals
      out[at++] = hex[byte >> 4]!
      out[at++] = hex[byte & 15]!
      column += 3
    }
  }
  return Buffer.from(out.subarray(0, at))
}

function softBreak(out: Uint8Array, at: number): number {
  out[at] = equals
  out[at + 1] = cr
  out[at + 2] = lf
  return at + 3
}
