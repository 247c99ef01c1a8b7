import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meaningDigest } from '@/formats/icalendar/meaning-digest'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { bytesOf, eventLines, eventWith, inCalendar, parisZone } from './calendar-fixture'

const digest = (...lines: string[]): string => meaningDigest(eventWith(...lines))
const plain = digest()

describe('what does not change the meaning', () => {
  it.each([
    ['folding', ['LOCATION:a long', '  place'], ['LOCATION:a long place']],
    ['case of names', ['location;language=EN:a'], ['LOCATION;LANGUAGE=en:a']],
    [
      'order of parameters',
      ['ATTENDEE;CN=a;ROLE=CHAIR:mailto:a@example.com'],
      ['ATTENDEE;ROLE=CHAIR;CN="a":MAILTO:a@example.com'],
    ],
    [
      'defaults',
      ['ATTENDEE:mailto:a@example.com'],
      [
        'ATTENDEE;RSVP=FALSE;CUTYPE=INDIVIDUAL;ROLE=req-participant:mailto:a@example.com',
        'TRANSP:OPAQUE',
        'CLASS:public',
        'PRIORITY:0',
      ],
    ],
    [
      'scheduling',
      ['ATTENDEE:mailto:a@example.com'],
      ['ATTENDEE;SCHEDULE-AGENT=CLIENT;SCHEDULE-STATUS="2.0":mailto:a@example.com'],
    ],
    ['escaping', ['LOCATION:a, b; c \\"d\\"\\Ne'], ['LOCATION:a\\, b\\; c "d"\\ne']],
    ['order of rule parts', ['RRULE:FREQ=WEEKLY;BYDAY=MO,+1WE;INTERVAL=1;WKST=MO'], ['RRULE:BYDAY=1WE,MO;FREQ=WEEKLY']],
    [
      'dates on one line or two',
      ['EXDATE:20091014T090000Z,20091015T090000Z'],
      ['EXDATE:20091015T090000Z', 'EXDATE;VALUE=DATE-TIME:20091014T090000Z'],
    ],
    ['categories on one line or two', ['CATEGORIES:a,b'], ['CATEGORIES:b', 'CATEGORIES:a,']],
    ['wording of a duration', ['DURATION:P1D'], ['DURATION:PT24H']],
    ['clocks that always show UTC', ['DTEND:20091012T100000Z'], ['DTEND;TZID=Atlantic/Reykjavik:20091012T100000']],
    [
      'bookkeeping',
      [],
      ['CREATED:20090101T000000Z', 'LAST-MODIFIED:20090102T000000Z', 'SEQUENCE:4', 'X-MOZ-GENERATION:2'],
    ],
    ['empty lines', [], ['LOCATION:', 'DESCRIPTION: ', 'RDATE:']],
    [
      'what a server adds to loose dates',
      ['COMPLETED:20091012T100000'],
      ['COMPLETED;X-VOBJ-FLOATINGTIME-ALLOWED=TRUE:20091012T100000'],
    ],
    [
      'order of alarms',
      [
        'BEGIN:VALARM',
        'ACTION:AUDIO',
        'TRIGGER:-PT5M',
        'END:VALARM',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'TRIGGER:PT0S',
        'END:VALARM',
      ],
      [
        'BEGIN:VALARM',
        'TRIGGER;RELATED=START:-PT0S',
        'ACTION:display',
        'END:VALARM',
        'BEGIN:VALARM',
        'TRIGGER;VALUE=DURATION:-PT300S',
        'ACTION:AUDIO',
        'UID:own',
        'END:VALARM',
      ],
    ],
  ])('%s', (_, one, other) => {
    expect(digest(...other)).toBe(digest(...one))
  })

  it('UID, PRODID, METHOD, order of components, wording of the zone', () => {
    const override = [
      'BEGIN:VEVENT',
      'UID:one',
      'RECURRENCE-ID:20091019T090000Z',
      'DTSTART;TZID=Europe/Paris:20091019T100000',
      'END:VEVENT',
    ]
    const zone = parisZone.filter(line => !line.startsWith('RRULE'))
    const one = inCalendar(...parisZone, ...eventLines('one'), ...override)
    const other = bytesOf(
      'BEGIN:VCALENDAR',
      'METHOD:PUBLISH',
      ...override.map(line => line.replace('UID:one', 'UID:two')),
      ...eventLines('two'),
      ...zone,
      'END:VCALENDAR',
    )
    expect(meaningDigest(parseResource(other))).toBe(meaningDigest(parseResource(one)))
  })
})

describe('what changes the meaning', () => {
  it.each([
    ['a place', ['LOCATION:a']],
    ['a rule', ['RRULE:FREQ=DAILY']],
    ['a rule nobody reads', ['RRULE:FREQ=OFTEN']],
    ['an alarm', ['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT5M', 'END:VALARM']],
    ['an answer', ['ATTENDEE;PARTSTAT=DECLINED:mailto:a@example.com']],
    ['an exception', ['EXDATE:20091014T090000Z']],
    ['a property of somebody else', ['X-OWN:1']],
    ['a line nobody understands', ['what is this']],
    ['an end', ['DTEND;TZID=Europe/Paris:20091012T100000']],
    ['the same end elsewhere', ['DTEND;TZID=America/New_York:20091012T100000']],
    ['an end without a zone', ['DTEND:20091012T100000']],
  ])('%s', (_, lines) => {
    expect(digest(...lines)).not.toBe(plain)
  })

  it('one text against two', () => {
    expect(digest('LOCATION:a', 'COMMENT:b')).not.toBe(digest('LOCATION:b', 'COMMENT:a'))
    expect(digest('CATEGORIES:a\\,b')).not.toBe(digest('CATEGORIES:a,b'))
    expect(meaningDigest(parseResource(Buffer.from('one')))).not.toBe(meaningDigest(parseResource(Buffer.from('two'))))
  })
})

describe('any order', () => {
  it('of lines means the same', () => {
    const lines = [
      'LOCATION:a',
      'COMMENT:b',
      'COMMENT:c',
      'EXDATE:20091014T090000Z',
      'RRULE:FREQ=DAILY',
      'X-OWN:d',
      'CLASS:PRIVATE',
    ]
    const expected = digest(...lines)
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), shuffled => {
        expect(digest(...shuffled)).toBe(expected)
      }),
    )
  })
})
