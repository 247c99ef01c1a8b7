import { isUtf8 } from 'node:buffer'
import { foldLine } from '@/formats/content-lines/fold-line'
import { LineSplitter } from '@/formats/content-lines/read-lines'

/**
 * The same resource with SCHEDULE-AGENT=CLIENT on every ORGANIZER and ATTENDEE (RFC 6638 section 7.1), so that putting
 * it back makes the server write to nobody. All other bytes stay as they are.
 */
export function markClientScheduled(bytes: Uint8Array): Uint8Array {
  const parts: Buffer[] = []
  const splitter = new LineSplitter((block, start, end) => parts.push(markLine(block.subarray(start, end))))
  splitter.push(bytes)
  splitter.end()
  return Buffer.concat(parts)
}

function markLine(raw: Buffer): Buffer {
  const first = raw[0]! | 0x20
  if (first !== 0x6f && first !== 0x61) return raw
  const line = raw.toString('latin1')
  const [terminator] = /[\r\n]*$/.exec(line)!
  const unfolded = line.slice(0, line.length - terminator.length).replace(/(?:\r\r\n|\r\n|\n|\r)[ \t]?/g, '')
  const found = /^((?:ORGANIZER|ATTENDEE)(?:;(?:"[^"]*"|[^":])*)?)(:.*)$/is.exec(unfolded)
  if (!found) return raw
  const [, header, value] = found
  const kept = header!.replace(/;SCHEDULE-(?:AGENT|FORCE-SEND)=(?:"[^"]*"|[^";:])*/gi, '')
  const marked = Buffer.from(`${kept};SCHEDULE-AGENT=CLIENT${value}`, 'latin1')
  // A line that is no UTF-8 cannot be folded between characters: it stays one.
  if (!isUtf8(marked)) return Buffer.concat([marked, Buffer.from(terminator)])
  const folded = foldLine(marked.toString('utf8')).slice(0, -2)
  return Buffer.from((terminator === '' ? folded : folded.replaceAll('\r\n', terminator)) + terminator)
}
