export interface StructureMark {
  kind: 'begin' | 'end'
  /** Upper case. */
  name: string
}

const LETTER_B = 0x62
const LETTER_E = 0x65
const LETTER_V = 0x76

/** Blanks, line ends, NUL, Ctrl-Z and the bytes of a UTF-8 byte order mark: noise of storage around what is meant. */
function isNoise(byte: number): boolean {
  return (
    byte === 32 ||
    (byte >= 9 && byte <= 13) ||
    byte === 0 ||
    byte === 0x1a ||
    byte === 0xef ||
    byte === 0xbb ||
    byte === 0xbf
  )
}

/** Whether nothing but noise stands in block[from..to). */
export function isBlank(block: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isNoise(block[i]!)) return false
  return true
}

/** BEGIN or END of a structure, in any case, with noise in front (RFC 6350 section 6.1.1, RFC 5545 section 3.6). */
export function structureAt(block: Buffer, from: number, to: number): StructureMark | null {
  let at = from
  while (at < to && isNoise(block[at]!)) at++
  const first = (block[at] ?? 0) | 0x20
  if (first === LETTER_E) {
    if (((block[at + 1] ?? 0) | 0x20) !== 0x6e || ((block[at + 2] ?? 0) | 0x20) !== 0x64) return null
  } else if (first !== LETTER_B || ((block[at + 1] ?? 0) | 0x20) !== 0x65 || ((block[at + 2] ?? 0) | 0x20) !== 0x67) {
    return null
  }
  const found = /^(BEGIN|END)[ \t]*:[ \t]*([A-Z0-9_-]+)/i.exec(block.toString('latin1', at, Math.min(to, at + 80)))
  if (found === null) return null
  return { kind: first === LETTER_E ? 'end' : 'begin', name: found[2]!.toUpperCase() }
}

/** Whether a VERSION property starts here: what stands in front of it is the BEGIN of a record. */
export function isVersion(block: Buffer, from: number, to: number): boolean {
  return (
    (block[from]! | 0x20) === LETTER_V &&
    to - from > 8 &&
    /^VERSION[:;]/i.test(block.toString('latin1', from, from + 8))
  )
}

/**
 * Where a `BEGIN:NAME` of a known name stands at the end of a line, behind other bytes; -1 where none does. That is what
 * joining files without a last line break, or a write that was cut off, leaves behind.
 */
export function tailBegin(block: Buffer, from: number, to: number, isKnown: (name: string) => boolean): number {
  const tailStart = Math.max(from, to - 48)
  const found = /BEGIN:([A-Z0-9-]+)[\0\s]*$/i.exec(block.toString('latin1', tailStart, to))
  return found !== null && isKnown(found[1]!.toUpperCase()) ? tailStart + found.index : -1
}
