export interface StructureMark {
  kind: 'begin' | 'end'
  /** Upper case. */
  name: string
}

/** Names that come by the thousand: recognised without making text of the line. */
const marksOf = (name: string): [Buffer, StructureMark][] => [
  [Buffer.from(`BEGIN:${name}`), { kind: 'begin', name }],
  [Buffer.from(`END:${name}`), { kind: 'end', name }],
]
const frequent = ['VCARD', 'VEVENT', 'VTODO', 'VJOURNAL', 'VALARM'].flatMap(marksOf)

/** Blanks, line ends, NUL, Ctrl-Z and the bytes of a UTF-8 byte order mark: noise of storage around what is meant. */
function isNoise(byte: number): boolean {
  if (byte > 32) return byte === 0xef || byte === 0xbb || byte === 0xbf
  return byte === 32 || (byte >= 9 && byte <= 13) || byte === 0 || byte === 0x1a
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
  if (!mayBeStructure(block, at, to)) return null
  for (const [written, mark] of frequent) if (isWritten(block, at, to, written)) return mark
  const found = /^(BEGIN|END)[ \t]*:[ \t]*([A-Z0-9_-]+)/i.exec(block.toString('latin1', at, Math.min(to, at + 80)))
  if (found === null) return null
  return { kind: found[1]!.length === 3 ? 'end' : 'begin', name: found[2]!.toUpperCase() }
}

/** Whether "be" and "gi" or "en" and "d" stand there, in any case. */
function mayBeStructure(block: Buffer, at: number, to: number): boolean {
  if (to - at < 4) return false
  const first = block[at]! | 0x20
  const second = block[at + 1]! | 0x20
  const third = block[at + 2]! | 0x20
  return (first === 0x65 && second === 0x6e && third === 0x64) || (first === 0x62 && second === 0x65 && third === 0x67)
}

/** Whether the line is these bytes and nothing behind them but its end. */
function isWritten(block: Buffer, at: number, to: number, written: Buffer): boolean {
  const end = at + written.length
  if (end > to || (end < to && block[end] !== 10 && block[end] !== 13)) return false
  for (let i = written.length - 1; i >= 0; i--) if (block[at + i] !== written[i]) return false
  return true
}

/** Whether a VERSION property starts here: what stands in front of it is the BEGIN of a record. */
export function isVersion(block: Buffer, from: number, to: number): boolean {
  return (
    (block[from]! | 0x20) === 0x76 && to - from > 8 && /^VERSION[:;]/i.test(block.toString('latin1', from, from + 8))
  )
}

/**
 * Where a `BEGIN:NAME` of a known name stands at the end of a line, behind other bytes; -1 where none does. That is what
 * joining files without a last line break, or a write that was cut off, leaves behind.
 */
export function tailBegin(block: Buffer, from: number, to: number, isKnown: (name: string) => boolean): number {
  const tailStart = Math.max(from, to - 48)
  let b = to - 1
  while (b > tailStart && (block[b]! | 0x20) !== 0x62) b--
  if (b <= tailStart) return -1
  const found = /BEGIN:([A-Z0-9-]+)[\0\s]*$/i.exec(block.toString('latin1', tailStart, to))
  return found !== null && isKnown(found[1]!.toUpperCase()) ? tailStart + found.index : -1
}
