import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markClientScheduled } from '@/formats/icalendar/mark-client-scheduled'
import { meaningDigest } from '@/formats/icalendar/meaning-digest'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { bytesOf, eventLines, inCalendar } from './calendar-fixture'

const marked = (bytes: Uint8Array): string => Buffer.from(markClientScheduled(bytes)).toString('utf8')

describe('a resource that is put back', () => {
  it('invites nobody, and is otherwise the same to the byte', () => {
    const before = inCalendar(
      ...eventLines(
        'a',
        'ORGANIZER;SCHEDULE-AGENT=SERVER;CN="a:b; c":mailto:a@example.com',
        'attendee;SCHEDULE-FORCE-SEND=REQUEST:mailto:b@example.com',
        'ATTENDEE-OWN:untouched',
        'X-ODD  line \x07',
        'DESCRIPTION:ATTENDEE',
        ' :folded',
      ),
    )
    const after = before
      .toString()
      .replace('ORGANIZER;SCHEDULE-AGENT=SERVER;CN="a:b; c":', 'ORGANIZER;CN="a:b; c";SCHEDULE-AGENT=CLIENT:')
      .replace('attendee;SCHEDULE-FORCE-SEND=REQUEST:', 'attendee;SCHEDULE-AGENT=CLIENT:')
    expect(marked(before)).toBe(after)
    expect(marked(Buffer.from(after))).toBe(after)
  })

  it('keeps its line ends, also where it has to fold', () => {
    const name = 'é'.repeat(40)
    const text = marked(Buffer.from(`BEGIN:VEVENT\nATTENDEE;CN=${name}:mailto:a@example.com\nEND:VEVENT`))
    expect(text).not.toContain('\r')
    for (const line of text.split('\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\n ', '')).toBe(
      `BEGIN:VEVENT\nATTENDEE;CN=${name};SCHEDULE-AGENT=CLIENT:mailto:a@example.com\nEND:VEVENT`,
    )
  })

  it('marks what is no UTF-8, and a last line without an end', () => {
    const latin1 = Buffer.from(`ATTENDEE;CN=${'\xe9'.repeat(80)}:mailto:a@example.com`, 'latin1')
    const expected = latin1.toString('latin1').replace(':mailto', ';SCHEDULE-AGENT=CLIENT:mailto')
    expect(Buffer.from(markClientScheduled(latin1)).toString('latin1')).toBe(expected)
    expect(marked(Buffer.from('ORGANIZER:a'))).toBe('ORGANIZER;SCHEDULE-AGENT=CLIENT:a')
  })

  it('keeps any bytes that hold nobody to invite', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(Buffer.from(markClientScheduled(bytes))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('means the same', () => {
    const bytes = bytesOf(...eventLines('a', 'ATTENDEE;CN=a', ' b;ROLE=CHAIR:mailto:a@example.com'))
    expect(meaningDigest(parseResource(markClientScheduled(bytes)))).toBe(meaningDigest(parseResource(bytes)))
  })
})
