const maxOctets = 75

/**
 * One unfolded line as content lines: at most 75 octets each without CRLF, never split inside a UTF-8 character (RFC 6350
 * section 3.2), and never so that the rest of a value could be taken for BEGIN or END.
 */
export function foldLine(line: string): string {
  if (line.length <= maxOctets / 3) return `${line}\r\n`
  const octets = Buffer.byteLength(line)
  if (octets <= maxOctets) return `${line}\r\n`
  return octets === line.length ? foldAscii(line) : foldUtf8(line)
}

function foldAscii(line: string): string {
  let folded = ''
  let from = 0
  let room = maxOctets
  while (line.length - from > room) {
    let to = from + room
    while (isStructure(line, to)) to--
    folded += `${line.slice(from, to)}\r\n `
    from = to
    room = maxOctets - 1
  }
  return `${folded}${line.slice(from)}\r\n`
}

function foldUtf8(line: string): string {
  let folded = ''
  let from = 0
  let room = maxOctets
  let octets = 0
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at)!
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (octets + size > room) {
      let to = at
      while (isStructure(line, to) || isInsidePair(line, to)) to--
      folded += `${line.slice(from, to)}\r\n `
      from = at = to
      room = maxOctets - 1
      octets = 0
      continue
    }
    octets += size
    at += code < 0x10000 ? 1 : 2
  }
  return `${folded}${line.slice(from)}\r\n`
}

const isInsidePair = (line: string, at: number): boolean => (line.charCodeAt(at) & 0xfc00) === 0xdc00

const isStructure = (line: string, at: number): boolean => /^[ \t]*(?:BEGIN|END):V/i.test(line.slice(at, at + 24))
