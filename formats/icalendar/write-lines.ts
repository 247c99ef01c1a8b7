import type { ServedComponent } from './served-component'
import type { ServedLine } from './served-value'

const maxLineOctets = 75

/** A component as content lines: CRLF, folded at 75 octets, never inside a character (RFC 5545 section 3.1). */
export function writeComponent(component: ServedComponent): string {
  let text = `BEGIN:${component.name}\r\n`
  for (const line of component.lines) text += foldText(writeLine(line))
  for (const nested of component.components) text += writeComponent(nested)
  return `${text}END:${component.name}\r\n`
}

function writeLine({ name, params, value }: ServedLine): string {
  let text = name
  for (const param of params) text += `;${param.name}=${param.values.map(paramValue).join(',')}`
  return `${text}:${value}`
}

/** Quoted where the characters ask for it, with the carets of RFC 6868. */
function paramValue(value: string): string {
  const safe = value
    .replace(/\^(?=[n'^])/gi, '^^')
    .replaceAll('"', "^'")
    .replace(/\r\n|\r|\n/g, '^n')
  return /[,;:]/.test(safe) ? `"${safe}"` : safe
}

function foldText(line: string): string {
  if (line.length < maxLineOctets && /^[\x20-\x7e]*$/.test(line)) return `${line}\r\n`
  return foldOctets(Buffer.from(line, 'utf8')).toString('utf8')
}

/** One unfolded line as folded octets with `terminator` behind each. UTF-8 sequences stay whole. */
export function foldOctets(line: Buffer, terminator = '\r\n'): Buffer {
  const parts: Buffer[] = []
  const end = Buffer.from(terminator)
  const fold = Buffer.from(`${terminator} `)
  let from = 0
  let room = maxLineOctets
  while (line.length - from > room) {
    let to = from + room
    while (to > from + room - 4 && (line[to]! & 0xc0) === 0x80) to--
    if ((line[to]! & 0xc0) === 0x80) to = from + room
    parts.push(line.subarray(from, to), fold)
    from = to
    room = maxLineOctets - 1
  }
  parts.push(line.subarray(from), end)
  return Buffer.concat(parts)
}
