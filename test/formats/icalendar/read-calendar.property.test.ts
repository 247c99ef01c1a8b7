import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCalendarItems } from '@/formats/icalendar/calendar-spans'
import { describeCalendarRecord } from '@/formats/icalendar/describe-record'
import { meaningDigest } from '@/formats/icalendar/meaning-digest'
import { noteText } from '@/formats/icalendar/note-text'
import { parseResource } from '@/formats/icalendar/parse-resource'
import { toResource } from '@/formats/icalendar/to-resource'
import { eventLines, inCalendar, recordsOf, summaryOf } from './calendar-fixture'

const line = fc.oneof(
  fc.constantFrom(
    'BEGIN:VCALENDAR',
    'END:VCALENDAR',
    'BEGIN:VEVENT',
    'END:VEVENT',
    'BEGIN:VTODO',
    'END:VTODO',
    'BEGIN:VALARM',
    'END:VALARM',
    'BEGIN:VTIMEZONE',
    'END:VTIMEZONE',
    'BEGIN:STANDARD',
    'END:STANDARD',
    'BEGIN:X-OWN',
    'END:X-OWN',
    'UID:a',
    'UID:b',
    'RECURRENCE-ID:20091001',
    'TZID:Zone',
    'DTSTART;TZID=Zone:20091001T100000',
    'DTSTART;VALUE=DATE:20091001',
    'EXDATE:20091002,never,20091003T100000Z',
    'RDATE;VALUE=PERIOD:20091002T100000Z/PT1H',
    'DURATION:PT1H',
    'DTEND:20091002',
    'RRULE:FREQ=DAILY;COUNT=3',
    'RRULE:W2 MO #4',
    'SUMMARY;ENCODING=QUOTED-PRINTABLE:d=C3=A9j=',
    'SUMMARY;CHARSET=ISO-8859-1:a, b; c\\',
    'CATEGORIES:a;b,c\\,d',
    'ATTENDEE;CN="a:b";SCHEDULE-AGENT=SERVER:mailto:a@example.com',
    'TRIGGER:-PT5M',
    'ACTION:DISPLAY',
    '',
    ' folded',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
)
const file = fc
  .array(fc.tuple(line, fc.constantFrom('\r\n', '\n', '\r', '')), { maxLength: 40 })
  .map(lines => Buffer.from(lines.map(([text, end]) => text + end).join(''), 'utf8'))
const bytes = fc.oneof(file, fc.uint8Array({ maxLength: 300 }).map(Buffer.from))

describe('reading any bytes', () => {
  it('says the same however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 50 }), async (input, chunk) => {
        const whole = await recordsOf(input)
        const cut = await recordsOf(input, 'VEVENT', { chunk })
        expect(cut.map(summaryOf)).toEqual(whole.map(summaryOf))
        expect(cut.map(meaningDigest)).toEqual(whole.map(meaningDigest))
      }),
    )
  })

  it('gives each byte to at most one item, in order', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async input => {
        let end = 0
        const one = async function* (): AsyncIterable<Uint8Array> {
          yield input
        }
        for await (const { offset, length } of readCalendarItems(one(), 'VEVENT')) {
          expect(offset).toBeGreaterThanOrEqual(end)
          expect(length).toBeGreaterThan(0)
          end = offset + length
        }
        expect(end).toBeLessThanOrEqual(input.length)
      }),
    )
  })

  it('never throws, and never reads another record for it', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async input => {
        const hurt = Buffer.concat([inCalendar(...eventLines('before')), input, inCalendar(...eventLines('after'))])
        const records = await recordsOf(hurt)
        expect(records[0]).toMatchObject({ uid: 'before', title: 'Lunch' })
        expect(records.some(({ uid }) => uid === 'after')).toBe(true)
        for (const record of [...records, parseResource(input)]) {
          describeCalendarRecord(record)
          expect(noteText(record).fileName).toMatch(/\.txt$/)
          expect(meaningDigest(record)).toMatch(/^[0-9a-f]{64}$/)
        }
      }),
    )
  })
})

describe('serving what was read', () => {
  it('means the same afterwards, and serves to the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('VEVENT' as const, 'VTODO' as const), async (input, kind) => {
        for (const record of await recordsOf(input, kind)) {
          if (record.components.length === 0) continue
          const resource = toResource(record, { uid: 'uid, with; signs' })
          const back = parseResource(resource)
          expect(meaningDigest(back)).toBe(meaningDigest(record))
          expect(back.uid).toBe('uid, with; signs')
          expect(Buffer.from(toResource(back, { uid: back.uid! })).toString()).toBe(Buffer.from(resource).toString())
          for (const physical of Buffer.from(resource).toString('latin1').split('\r\n')) {
            expect(physical.length).toBeLessThanOrEqual(75)
            expect(physical).not.toMatch(/[\r\n\0]/)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('large input', () => {
  const withLine = (megabytes: number): Buffer =>
    inCalendar(...eventLines('a', `DESCRIPTION:${'x'.repeat(megabytes * 1024 * 1024)}`), ...eventLines('b'))

  it('reads a line of 10 MB in linear time', async () => {
    const timeOf = async (input: Buffer): Promise<number> => {
      const start = performance.now()
      expect((await recordsOf(input)).map(({ uid }) => uid)).toEqual(['a', 'b'])
      return performance.now() - start
    }
    await timeOf(withLine(1))
    const small = await timeOf(withLine(1))
    expect(await timeOf(withLine(10))).toBeLessThan(small * 50 + 2000)
  })

  it('serves a line of 2 MB', async () => {
    const [record] = await recordsOf(withLine(2))
    expect(meaningDigest(parseResource(toResource(record!, { uid: 'a' })))).toBe(meaningDigest(record!))
  })

  it('walks nesting of any depth', async () => {
    const deep = `${'BEGIN:X-A\r\n'.repeat(20_000)}SUMMARY:deep\r\n${'END:X-A\r\n'.repeat(20_000)}END:VEVENT`
    const [record] = await recordsOf(inCalendar(...eventLines('a').slice(0, -1), deep))
    expect(meaningDigest(parseResource(toResource(record!, { uid: 'a' })))).toBe(meaningDigest(record!))
  })
})
