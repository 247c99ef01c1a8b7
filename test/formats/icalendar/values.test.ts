import { describe, expect, it } from 'vitest'
import { parseDateValue, parseDuration, writeDateValue, writeDuration } from '@/formats/icalendar/date-value'
import { parseRecurrenceRule, writeRecurrenceRule } from '@/formats/icalendar/recurrence-rule'
import { ianaTimeZone, isAlwaysUtc } from '@/formats/icalendar/time-zone-name'

describe('dates', () => {
  const strict = (text: string): string | null => {
    const value = parseDateValue(text)
    return value && writeDateValue(value)
  }

  it('are read in every form that means a day that exists', () => {
    expect(strict('20091001')).toBe('20091001')
    expect(strict('20091001T101112')).toBe('20091001T101112')
    expect(strict(' 2009-10-01T10:11:12.5z ')).toBe('20091001T101112Z')
    expect(strict('20091001T1011Z')).toBe('20091001T101100Z')
    expect(strict('20081231T235960Z')).toBe('20081231T235959Z')
    expect(strict('20080229')).toBe('20080229')
  })

  it.each(['', '20090229', '20091301', '20091001T240000', '20091001T101', '00000101', '20091001T100000+0200', 'x'])(
    'are not read from %j',
    text => {
      expect(parseDateValue(text)).toBeNull()
    },
  )
})

describe('durations', () => {
  it('are seconds', () => {
    expect(['P1W', 'P1DT2H3M4S', '-PT15M', 'P15M', '+PT0S'].map(parseDuration)).toEqual([604_800, 93_784, -900, 900, 0])
    expect([604_800, 93_784, -900, 0].map(writeDuration)).toEqual(['P7D', 'P1DT2H3M4S', '-PT15M', 'PT0S'])
    for (const text of ['P', 'PT', '1H', 'P1H2X', 'P99999999W']) expect(parseDuration(text)).toBeNull()
  })
})

describe('rules', () => {
  const strict = (text: string): string | null => {
    const rule = parseRecurrenceRule(text)
    return rule && writeRecurrenceRule(rule)
  }

  it('are read as RFC 5545 writes them, and a little more', () => {
    for (const rule of ['FREQ=MONTHLY;BYDAY=-1SU,+2MO;BYSETPOS=-1', 'FREQ=YEARLY;UNTIL=20091231T235959Z;BYMONTH=3']) {
      expect(strict(rule)).toBe(rule)
    }
    expect(strict('freq = daily;until=2009-12-31;')).toBe('FREQ=DAILY;UNTIL=20091231')
  })

  it.each([
    '',
    'FREQ=',
    'COUNT=3',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;FREQ=DAILY',
    'FREQ=DAILY;BYDAY=XX',
    'FREQ=DAILY;HOW=1',
    'FREQ=DAILY;UNTIL=x',
  ])('are not read from %j', text => {
    expect(parseRecurrenceRule(text)).toBeNull()
  })

  it('are translated from vCalendar 1.0', () => {
    expect(strict('D1 #10')).toBe('FREQ=DAILY;COUNT=10')
    expect(strict('W2 MO WE FR 20091231T000000Z')).toBe('FREQ=WEEKLY;INTERVAL=2;UNTIL=20091231T000000Z;BYDAY=MO,WE,FR')
    expect(strict('MP1 1+ MO 1- SU #0')).toBe('FREQ=MONTHLY;BYDAY=1MO,-1SU')
    expect(strict('MD1 15 2- LD #3')).toBe('FREQ=MONTHLY;COUNT=3;BYMONTHDAY=15,-2,-1')
    expect(strict('YM1 6 7 #0')).toBe('FREQ=YEARLY;BYMONTH=6,7')
    expect(strict('YD1 100')).toBe('FREQ=YEARLY;COUNT=2;BYYEARDAY=100')
    expect(strict('M1 #4')).toBeNull()
  })
})

describe('names of time zones', () => {
  it('are known with and without a prefix', () => {
    expect(ianaTimeZone('Europe/Paris')).toBe('Europe/Paris')
    expect(ianaTimeZone('US/Eastern')).toBe('US/Eastern')
    expect(ianaTimeZone('/example.org/20090101/America/Indiana/Knox')).toBe('America/Indiana/Knox')
    expect(ianaTimeZone('Our Office')).toBeNull()
    expect(ianaTimeZone('+01:00')).toBeNull()
  })

  it('may stand for UTC', () => {
    expect(['UTC', 'Atlantic/Reykjavik', 'Europe/London', 'Our Office'].map(isAlwaysUtc)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
