import type { BagitVersion } from './declaration'
import type { Findings } from './finding'
import { type TagLine, TagTextError } from './tag-text'

const mostElements = 10_000
const mostCharacters = 1_048_576

/** `bag-info.txt`: elements in the order given; labels may repeat and their case does not count. */
export class BagInfo {
  constructor(readonly elements: readonly { label: string; value: string }[] = []) {}

  /** Every value of a label, in order. */
  all(label: string): string[] {
    const wanted = label.toLowerCase()
    return this.elements.filter(element => element.label.toLowerCase() === wanted).map(element => element.value)
  }

  /** The first value of a label, null where there is none. */
  first(label: string): string | null {
    return this.all(label)[0] ?? null
  }
}

export interface PayloadOxum {
  octets: number
  files: number
}

/** Reads `bag-info.txt` (RFC 8493 section 2.2.2), `package-info.txt` before 0.96. Folded values join with one space. */
export async function readBagInfo(
  lines: AsyncIterable<TagLine>,
  file: string,
  rules: BagitVersion,
  findings: Findings,
): Promise<BagInfo> {
  const elements: { label: string; value: string }[] = []
  let characters = 0
  const malformed = (line: TagLine, why: string) =>
    findings.error('malformed-bag-info', file, `Line ${line.number}: ${why}`)
  try {
    for await (const line of lines) {
      characters += line.text.length
      if (line.cut || characters > mostCharacters || elements.length > mostElements) {
        malformed(line, 'more than anybody reads.')
        break
      }
      const last = elements.at(-1)
      if (/^[ \t]/.test(line.text)) {
        if (last) last.value = `${last.value} ${line.text.trim()}`.trim()
        else malformed(line, 'continues nothing.')
        continue
      }
      if (line.text === '') {
        findings.warn('blank-line', file, `Line ${line.number} is empty.`)
        continue
      }
      const colon = line.text.indexOf(':')
      const label = colon === -1 ? '' : line.text.slice(0, colon)
      if (label.trim() === '') {
        malformed(line, 'no label and colon.')
        continue
      }
      const value = line.text.slice(colon + 1)
      if (rules === '1.0' && (/[ \t]$/.test(label) || !/^[ \t]/.test(value))) {
        malformed(line, 'the colon must follow the label at once, with one space or tab after it.')
      }
      elements.push({ label: label.trim(), value: value.trim() })
    }
  } catch (error) {
    if (!(error instanceof TagTextError)) throw error
    findings.error(error.code, file, error.message)
  }
  return new BagInfo(elements)
}

/** The one Payload-Oxum (`octets.files`), null where it is not given or not readable. */
export function payloadOxum(info: BagInfo, findings: Findings): PayloadOxum | null {
  const given = info.all('Payload-Oxum')
  if (given.length > 1) findings.error('payload-oxum-repeated', null, 'Payload-Oxum is given more than once.')
  if (given[0] === undefined) return null
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(given[0])
  if (!match) {
    findings.error('payload-oxum-malformed', null, 'Payload-Oxum is not of the form octets.files.')
    return null
  }
  return { octets: Number(match[1]), files: Number(match[2]) }
}
