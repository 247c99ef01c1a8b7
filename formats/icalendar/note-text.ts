import { unescapeText } from '@/formats/content-lines/text-value'
import { firstLine } from './calendar-component'
import type { CalendarRecord } from './calendar-record'
import { describeDate } from './describe-record'
import { safeText } from './served-value'

/** A note as a plain text file. */
interface NoteFile {
  /** Safe on every file system; notes with the same title have the same name. */
  fileName: string
  /** UTF-8 with LF: the title, the date, then what the note says. */
  text: string
}

const maxNameOctets = 120

/**
 * A note for accounts that take no VJOURNAL. Every component counts: a changed occurrence of a repeated note follows the
 * one before. The same note gives the same text.
 */
export function noteText(record: CalendarRecord): NoteFile {
  const texts = record.components.map(component => {
    const textsOf = (name: string): string[] =>
      component.lines.filter(line => line.name === name).map(line => plain(line.text))
    const start = firstLine(component, 'DTSTART') ?? firstLine(component, 'RECURRENCE-ID')
    const date = describeDate(start)
    const head = [...textsOf('SUMMARY'), date ? (date.date ?? date.text).replace('T', ' ') : '']
    const lines = [head.filter(line => line !== '').join('\n'), ...textsOf('DESCRIPTION'), ...textsOf('COMMENT')]
    return lines.filter(line => line !== '').join('\n\n')
  })
  return { fileName: fileNameFor(record), text: `${texts.filter(text => text !== '').join('\n\n')}\n` }
}

const plain = (text: string): string => safeText(unescapeText(text).replace(/\r\n?/g, '\n')).trim()

function fileNameFor({ title, components }: CalendarRecord): string {
  const said = title ?? components.flatMap(({ lines }) => lines).find(line => line.name === 'DESCRIPTION')?.text ?? ''
  const [firstLineOfIt = ''] = plain(said).split('\n')
  const words = firstLineOfIt
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\\/:*?"<>|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const name = shortened(words).replace(/[. ]+$/, '')
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)
  return `${name === '' ? 'Note' : reserved ? `${name}_` : name}.txt`
}

/** At most {@link maxNameOctets} octets, never half a character. */
function shortened(words: string): string {
  let name = ''
  let octets = 0
  for (const character of words) {
    octets += Buffer.byteLength(character)
    if (octets > maxNameOctets) break
    name += character
  }
  return name
}
