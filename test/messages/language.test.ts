import { describe, expect, it } from 'vitest'
import { dates, isTimeZone } from '@/messages/dates'
import { languageFor } from '@/messages/language'

describe('the language a browser asks for', () => {
  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['de-DE,de;q=0.9,en;q=0.5,fr;q=0.7', 'fr'],
    ['en-GB', 'en'],
    ['fr;q=0, en;q=0.1', 'en'],
    ['de', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('%s: %s', (header, language) => {
    expect(languageFor(header)).toBe(language)
  })
})

describe('dates', () => {
  const at = new Date('2009-10-15T16:12:00Z')

  it('say their zone', () => {
    expect(dates('en', 'America/Los_Angeles').moment(at)).toBe('Thursday, 15 October 2009, 09:12 PDT')
    expect(dates('fr', 'America/Los_Angeles').moment(at)).toBe('jeudi 15 octobre 2009, 09:12 UTC−7')
    expect(dates('en', 'UTC').shortMoment(at, at)).toBe('15 October, 16:12 UTC')
    const yearsLater = new Date(at.getTime() + 17 * 365 * 86_400_000)
    expect(dates('en', 'UTC').shortMoment(at, yearsLater)).toBe('15 October 2009, 16:12 UTC')
  })

  it('count the first of a month as French does', () => {
    expect(dates('fr').day(new Date('2009-10-01T12:00:00Z'))).toBe('1er octobre 2009')
    expect(dates('fr').moment(new Date('2009-10-01T12:00:00Z'))).toBe('jeudi 1er octobre 2009, 12:00 UTC')
    expect(dates('fr').day(new Date('2009-10-11T12:00:00Z'))).toBe('11 octobre 2009')
    expect(dates('fr').nearSince(at, new Date('2009-10-20T12:00:00Z'))).toBe('le 15 octobre, 16:12 UTC')
    expect(dates('fr').nearSince(at, new Date('2009-10-16T12:00:00Z'))).toBe('hier, 16:12 UTC')
    expect(dates('en').nearSince(at, new Date('2009-10-20T12:00:00Z'))).toBe('15 October, 16:12 UTC')
  })

  it('read a zone that nobody knows as UTC', () => {
    expect(isTimeZone('Mars/Olympus')).toBe(false)
    expect(dates('en', 'Mars/Olympus').moment(at)).toBe('Thursday, 15 October 2009, 16:12 UTC')
  })

  it('count relatively in the largest unit that is full', () => {
    const { relative } = dates('en')
    const ago = (seconds: number) => relative(new Date(at.getTime() - seconds * 1000), at)
    expect([ago(0), ago(59), ago(61), ago(7_300), ago(-90_000)]).toEqual([
      'now',
      '59 seconds ago',
      '1 minute ago',
      '2 hours ago',
      'tomorrow',
    ])
  })

  it('tell sizes in thousands', () => {
    expect(dates('en').size(3_400_000)).toBe('3.4\u00a0MB')
    expect(dates('fr').size(12n)).toBe('12\u00a0octets')
  })
})
