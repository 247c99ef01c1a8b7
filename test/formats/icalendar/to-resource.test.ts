import { describe, expect, it } from 'vitest'
import type { CalendarRecord } from '@/formats/icalendar/calendar-record'
import { meaningDigest } from '@/formats/icalendar/meaning-digest'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { toResource } from '@/formats/icalendar/to-resource'
import { bytesOf, eventLines, eventWith, inCalendar, parisZone, recordsOf } from './calendar-fixture'

const textOf = (record: CalendarRecord): string => Buffer.from(toResource(record, { uid: 'served' })).toString('utf8')

/** The event's lines besides those every fixture has, unfolded. */
const servedOf = (...lines: string[]): string[] => {
  const unfolded = textOf(eventWith(...lines)).replaceAll('\r\n ', '')
  const inEvent = unfolded.split('BEGIN:VEVENT\r\n')[1]!.split('END:VEVENT')[0]!.split('\r\n').slice(0, -1)
  return inEvent.filter(line => !/^(?:UID|DTSTAMP|DTSTART|SUMMARY):/.test(line))
}

describe('the resource as a whole', () => {
  it('is one VCALENDAR without METHOD with the zones in use, the master and all overrides under the given UID', async () => {
    const file = inCalendar(
      'METHOD:REQUEST',
      ...parisZone,
      ...parisZone.map(line => line.replace('Europe/Paris', 'Unused')),
      'BEGIN:VEVENT',
      'UID:a',
      'RECURRENCE-ID;TZID=Europe/Paris:20091019T090000',
      'DTSTART;TZID=Europe/Paris:20091019T100000',
      'DTSTAMP:20091001T000000Z',
      'SUMMARY:Later',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:a',
      'DTSTART;TZID=Europe/Paris:20091012T090000',
      'RRULE:FREQ=WEEKLY',
      'LAST-MODIFIED:20090901T000000Z',
      'SUMMARY:Lunch',
      'END:VEVENT',
    )
    const [record] = await recordsOf(file)
    expect(textOf(record!)).toBe(
      bytesOf(
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Homeward//Homeward//EN',
        ...parisZone,
        'BEGIN:VEVENT',
        'UID:served',
        'DTSTAMP:20090901T000000Z',
        'DTSTART;TZID=Europe/Paris:20091012T090000',
        'RRULE:FREQ=WEEKLY',
        'LAST-MODIFIED:20090901T000000Z',
        'SUMMARY:Lunch',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:served',
        'RECURRENCE-ID;TZID=Europe/Paris:20091019T090000',
        'DTSTART;TZID=Europe/Paris:20091019T100000',
        'DTSTAMP:20091001T000000Z',
        'SUMMARY:Later',
        'END:VEVENT',
        'END:VCALENDAR',
      ).toString(),
    )
  })

  it('has a DTSTAMP that does not change from run to run where the source has none', () => {
    const record = parseResource(bytesOf('BEGIN:VEVENT', 'DTSTART:20091001', 'SUMMARY:a', 'END:VEVENT'))
    expect(textOf(record)).toContain('DTSTAMP:19700101T000000Z\r\n')
    expect(textOf(record)).toBe(textOf(record))
  })

  it('folds at 75 octets and never inside a character', () => {
    const text = textOf(eventWith(`LOCATION:${'é€😀'.repeat(40)}`))
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text).not.toContain('\ufffd')
    expect(text.replaceAll('\r\n ', '')).toContain('é€😀'.repeat(40))
  })

  it('never folds so that the rest of a value could be taken for structure', () => {
    for (let before = 40; before < 80; before++) {
      const record = eventWith(`DESCRIPTION:${'x'.repeat(before)}END:VEVENT`)
      expect(meaningDigest(parseResource(toResource(record, { uid: 'a' })))).toBe(meaningDigest(record))
    }
  })

  it('makes the first of several overrides without a master the event, and the others its occurrences', async () => {
    const override = (date: string): string[] => [
      'BEGIN:VEVENT',
      'UID:a',
      `RECURRENCE-ID:${date}`,
      'SUMMARY:Left over',
      'END:VEVENT',
    ]
    const [record] = await recordsOf(inCalendar(...override('20091012T090000Z'), ...override('20091019T090000Z')))
    const text = textOf(record!)
    expect(text.match(/^(?:RECURRENCE-ID|RDATE|DTSTART|X-HOMEWARD.*):.*$/gm)).toEqual([
      'X-HOMEWARD-RECURRENCE-ID:20091012T090000Z',
      'DTSTART:20091012T090000Z',
      'RDATE:20091019T090000Z',
      'RECURRENCE-ID:20091019T090000Z',
      'DTSTART:20091019T090000Z',
    ])
  })

  it('cannot be made of nothing', () => {
    expect(() => toResource(parseResource(Buffer.from('nothing')), { uid: 'a' })).toThrow(RangeError)
  })
})

describe('scheduling', () => {
  it('is left to nobody, whoever it was left to', () => {
    expect(
      servedOf(
        'ORGANIZER;SCHEDULE-AGENT=SERVER;CN="Last, First":mailto:a@example.com',
        'ATTENDEE;schedule-force-send=REQUEST;PARTSTAT=ACCEPTED:mailto:b@example.com',
        'BEGIN:VALARM',
        'ACTION:EMAIL',
        'TRIGGER:-PT5M',
        'ATTENDEE:mailto:c@example.com',
        'END:VALARM',
      ),
    ).toEqual([
      'ORGANIZER;CN="Last, First";SCHEDULE-AGENT=CLIENT:mailto:a@example.com',
      'ATTENDEE;PARTSTAT=ACCEPTED;SCHEDULE-AGENT=CLIENT:mailto:b@example.com',
      'BEGIN:VALARM',
      'ACTION:EMAIL',
      'TRIGGER:-PT5M',
      'ATTENDEE;SCHEDULE-AGENT=CLIENT:mailto:c@example.com',
      'END:VALARM',
    ])
  })
})

describe('each line', () => {
  it('stays as it is where servers can carry it', () => {
    const lines = [
      'DTEND:20091012T100000Z',
      'RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,WE',
      'EXDATE:20091014T090000Z,20091019T090000Z',
      'CATEGORIES:A\\,B,C',
      'GEO:48.85;2.35',
      'URL:http://example.com/a,b;c',
      'X-OWN;X-PARAM="a;b",c:Anything\\, at all',
      'ATTACH;VALUE=BINARY;ENCODING=BASE64:AAECAw==',
      'BEGIN:X-OWN',
      'X-INNER:1',
      'END:X-OWN',
    ]
    expect(servedOf(...lines)).toEqual(lines)
  })

  it('is escaped where a server would cut it off at a comma', () => {
    expect(servedOf('LOCATION:Paris, France; 3\\rd floor\\', 'X-OWN:a,b')).toEqual([
      'LOCATION:Paris\\, France\\; 3\\\\rd floor\\\\',
      'X-OWN:a\\,b',
    ])
  })

  it('comes out of quoted-printable and other charsets', () => {
    expect(
      servedOf(
        'DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=A9=0D=0Aau lait',
        'LOCATION;QUOTED-PRINTABLE:=',
        'x',
      ),
    ).toEqual(['DESCRIPTION:Café\\nau lait', 'LOCATION:x'])
    const latin1 = Buffer.from(
      'BEGIN:VEVENT\r\nLOCATION;CHARSET=ISO-8859-1:Caf\xe9\r\nCOMMENT:\xe9\r\nEND:VEVENT\r\n',
      'latin1',
    )
    expect(textOf(parseResource(latin1))).toMatch(/LOCATION:Café\r\nCOMMENT:é\r\n/)
  })

  it('loses control characters that no report can carry, but not what they were', () => {
    expect(servedOf('LOCATION:a\0b\x07c\x0bd\x7f')).toEqual(['LOCATION:ab␇c␋d␡'])
  })

  it('is given its strict form where it is written loosely', () => {
    expect(
      servedOf(
        'DTEND:2009-10-12T10:00:00Z',
        'DURATION:P60M',
        'EXDATE:20091014t0900z',
        'RRULE:freq=daily\\;count=3;',
        'X_OWN_NAME:1',
      ),
    ).toEqual([
      'DTEND:20091012T100000Z',
      'X-HOMEWARD-DURATION:PT1H',
      'EXDATE:20091014T090000Z',
      'RRULE:FREQ=DAILY;COUNT=3',
      'X-OWN-NAME:1',
    ])
  })

  it('is carried where it is not what its name promises', () => {
    expect(
      servedOf(
        'DTEND;TZID=Europe/Paris:the day after',
        'RRULE:FREQ=SOMETIMES;COUNT=2',
        'EXDATE:20091014T090000Z,never',
        'DURATION:P9999999999W',
        'this, is no line',
        'SUM MARY:a',
      ),
    ).toEqual([
      'X-HOMEWARD-DTEND;X-HOMEWARD-TZID=Europe/Paris:the day after',
      'X-HOMEWARD-RRULE:FREQ=SOMETIMES\\;COUNT=2',
      'EXDATE:20091014T090000Z',
      'X-HOMEWARD-EXDATE:never',
      'X-HOMEWARD-DURATION:P9999999999W',
      'X-HOMEWARD-LINE:this\\, is no line',
      'X-HOMEWARD-LINE:SUM MARY:a',
    ])
  })

  it('is carried where it stands a second time and differs', () => {
    expect(servedOf('LOCATION:a', 'LOCATION:a', 'LOCATION:b', 'COMMENT:c', 'COMMENT:d')).toEqual([
      'LOCATION:a',
      'X-HOMEWARD-LOCATION:b',
      'COMMENT:c',
      'COMMENT:d',
    ])
  })

  it('adds up to one text for the paragraphs of a note', () => {
    const note = parseResource(bytesOf('BEGIN:VJOURNAL', 'DESCRIPTION:One', 'DESCRIPTION:Two', 'END:VJOURNAL'))
    expect(textOf(note)).toContain('\r\nDESCRIPTION:One\\n\\nTwo\r\n')
  })

  it('belongs to an alarm that rings nowhere where the alarm cannot be read', () => {
    expect(servedOf('BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:soon', 'END:VALARM')).toEqual([
      'BEGIN:X-HOMEWARD-VALARM',
      'ACTION:DISPLAY',
      'X-HOMEWARD-TRIGGER:soon',
      'END:X-HOMEWARD-VALARM',
    ])
  })

  it('gives quotation marks in a parameter a form that servers read', () => {
    expect(servedOf(`ATTENDEE;CN="O^'Neill^n^^x";ROLE=a"b:mailto:a@example.com`)).toEqual([
      `ATTENDEE;CN=O^'Neill^n^x;ROLE=a^'b;SCHEDULE-AGENT=CLIENT:mailto:a@example.com`,
    ])
  })
})

describe('dates of a series', () => {
  const datesOf = (start: string, ...lines: string[]): string[] => {
    const text = textOf(parseResource(inCalendar('BEGIN:VEVENT', start, ...lines, 'SUMMARY:a', 'END:VEVENT')))
    return text.replaceAll('\r\n ', '').match(/^(?:X-HOMEWARD-)?(?:EXDATE|RDATE).*$/gm) ?? []
  }

  it('get the type of DTSTART', () => {
    expect(datesOf('DTSTART;TZID=Europe/Paris:20091001T090000', 'EXDATE;VALUE=DATE:20091002')).toEqual([
      'EXDATE;TZID=Europe/Paris:20091002T090000',
    ])
    expect(datesOf('DTSTART;VALUE=DATE:20091001', 'EXDATE:20091002T000000Z')).toEqual(['EXDATE;VALUE=DATE:20091002'])
    expect(datesOf('DTSTART:20091001', 'EXDATE:20091002')).toEqual(['EXDATE;VALUE=DATE:20091002'])
  })

  it('get the clock of DTSTART where they have none, and are carried where nobody knows which they mean', () => {
    expect(datesOf('DTSTART;TZID=Europe/Paris:20091001T090000', 'RDATE:20091002T110000')).toEqual([
      'RDATE;TZID=Europe/Paris:20091002T110000',
    ])
    expect(datesOf('DTSTART:20091001T090000', 'EXDATE:20091002T090000Z,20091003T070000Z')).toEqual([
      'EXDATE:20091002T090000',
      'X-HOMEWARD-EXDATE:20091003T070000Z',
    ])
  })

  it('do without a zone that nothing defines', () => {
    expect(datesOf('DTSTART;TZID=Our Office:20091001T090000', 'EXDATE;TZID=Our Office:20091002T090000')).toEqual([
      'EXDATE;X-HOMEWARD-TZID=Our Office:20091002T090000',
    ])
  })

  it('stay periods where they are periods', () => {
    expect(datesOf('DTSTART:20091001T090000Z', 'RDATE;VALUE=PERIOD:20091002T090000Z/PT1H,20091003T090000Z/x')).toEqual([
      'RDATE;VALUE=PERIOD:20091002T090000Z/PT1H',
      'X-HOMEWARD-RDATE;X-HOMEWARD-VALUE=PERIOD:20091003T090000Z/x',
    ])
  })
})

describe('time zones', () => {
  it('keep the name that the parameters use, commas and all', () => {
    const zone = parisZone.map(line => line.replace('Europe/Paris', '(GMT+01.00) Paris\\, Lyon'))
    const event = ['BEGIN:VEVENT', 'DTSTART;TZID="(GMT+01.00) Paris, Lyon":20091001T090000', 'SUMMARY:a', 'END:VEVENT']
    const text = textOf(parseResource(inCalendar(...zone, ...event)))
    expect(text).toContain('\r\nTZID:(GMT+01.00) Paris, Lyon\r\n')
    expect(text).toContain('\r\nDTSTART;TZID="(GMT+01.00) Paris, Lyon":20091001T090000\r\n')
  })

  it('are left out where they define nothing', () => {
    const text = textOf(
      parseResource(
        inCalendar(
          'BEGIN:VTIMEZONE',
          'TZID:Europe/Paris',
          'END:VTIMEZONE',
          ...eventLines('a', 'DTEND;TZID=Europe/Paris:20091012T120000'),
        ),
      ),
    )
    expect(text).not.toContain('VTIMEZONE')
    expect(text).toContain('DTEND;TZID=Europe/Paris:20091012T120000')
  })
})
