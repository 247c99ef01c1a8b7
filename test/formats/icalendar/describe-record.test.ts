import { describe, expect, it } from 'vitest'
import { describeCalendarRecord } from '@/formats/icalendar/describe-record'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { bytesOf, eventLines, eventWith, inCalendar } from './calendar-fixture'

describe('a preview', () => {
  it('says what an event is', () => {
    const record = parseResource(
      inCalendar(
        'BEGIN:VEVENT',
        'UID:a',
        'RECURRENCE-ID:20091019T090000Z',
        'DTSTART:20091019T100000Z',
        'SUMMARY:Moved',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:a',
        'SUMMARY:Lunch\\, long',
        'DTSTART;TZID=Europe/Paris:20091012T090000',
        'DURATION:PT90M',
        'RRULE:FREQ=WEEKLY',
        'LOCATION:Paris\\nFrance',
        'STATUS:tentative',
        'ATTENDEE:mailto:a@example.com',
        'ATTENDEE:mailto:b@example.com',
        'END:VEVENT',
      ),
    )
    const date = (iso: string, text: string): unknown => ({ text, date: iso, tzid: 'Europe/Paris', allDay: false })
    expect(describeCalendarRecord(record)).toEqual({
      title: 'Lunch, long',
      kind: 'event',
      start: date('2009-10-12T09:00:00', '20091012T090000'),
      end: date('2009-10-12T10:30:00', '2009-10-12T10:30:00'),
      due: null,
      location: 'Paris\nFrance',
      description: null,
      repeats: true,
      overrides: 1,
      status: 'TENTATIVE',
      attendees: 2,
      missing: [],
    })
  })

  it('tells days, UTC and unreadable dates apart', () => {
    const start = (line: string): unknown =>
      describeCalendarRecord(parseResource(bytesOf('BEGIN:VTODO', line, 'END:VTODO'))).start
    expect(start('DTSTART:20091012')).toEqual({ text: '20091012', date: '2009-10-12', tzid: null, allDay: true })
    expect(start('DTSTART;TZID=a:20091012T090000Z')).toMatchObject({ date: '2009-10-12T09:00:00Z', tzid: null })
    expect(start('DTSTART:soon')).toEqual({ text: 'soon', date: null, tzid: null, allDay: false })
    expect(start('X:y')).toBeNull()
  })

  it('ends an all-day event after its days', () => {
    const record = parseResource(
      inCalendar(...eventLines('a', 'DURATION:P2D').map(line => line.replace('20091012T090000Z', '20091231'))),
    )
    expect(describeCalendarRecord(record).end).toMatchObject({ date: '2010-01-02', allDay: true })
  })

  it('says what is missing, and that a wreck is a wreck', () => {
    expect(describeCalendarRecord(eventWith('RRULE:often')).missing).toEqual(['rule-unreadable'])
    expect(describeCalendarRecord(parseResource(Buffer.from('\0\x01')))).toMatchObject({ title: null, start: null })
  })
})
