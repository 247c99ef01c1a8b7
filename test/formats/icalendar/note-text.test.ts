import { describe, expect, it } from 'vitest'
import { noteText } from '@/formats/icalendar/note-text'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { bytesOf } from './calendar-fixture'

const note = (...lines: string[]): ReturnType<typeof noteText> =>
  noteText(parseResource(bytesOf('BEGIN:VJOURNAL', ...lines, 'END:VJOURNAL')))

describe('a note as text', () => {
  it('begins with title and date', () => {
    expect(note('DTSTART:20091001T101500', 'SUMMARY:Idea', 'DESCRIPTION:One\\nTwo', 'DESCRIPTION:Three')).toEqual({
      fileName: 'Idea.txt',
      text: 'Idea\n2009-10-01 10:15:00\n\nOne\nTwo\n\nThree\n',
    })
  })

  it('does without what it does not have', () => {
    expect(note('DESCRIPTION:Just this\\nand that').text).toBe('Just this\nand that\n')
    expect(note('DESCRIPTION:Just this\\nand that').fileName).toBe('Just this.txt')
    expect(note('UID:a')).toEqual({ fileName: 'Note.txt', text: '\n' })
  })

  it('has a name for every file system', () => {
    expect(note('SUMMARY:../a\\\\b: "c"?\\nd').fileName).toBe('a b c.txt')
    expect(note('SUMMARY:con').fileName).toBe('con_.txt')
    expect(note('SUMMARY:...').fileName).toBe('Note.txt')
    const { fileName } = note(`SUMMARY:${'é😀'.repeat(100)}`)
    expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(124)
    expect(fileName).toMatch(/^(?:é😀)+é?\.txt$/u)
  })
})
