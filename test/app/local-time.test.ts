import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockIn, momentIn } from '@/app/_shell/local-time'

const iso = (read: ReturnType<typeof momentIn>) => (read instanceof Date ? read.toISOString() : read)

describe('a time that was entered', () => {
  it.each([
    ['UTC', '2026-03-29T02:30', '2026-03-29T02:30:00.000Z'],
    ['America/Toronto', '2009-10-10T06:00', '2009-10-10T10:00:00.000Z'],
    ['Europe/Paris', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Paris', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
    ['UTC', '2026-03-29T02:30:00', '2026-03-29T02:30:00.000Z'],
  ])('in %s at %s is %s', (zone, text, expected) => {
    expect(iso(momentIn(zone, text))).toBe(expected)
  })

  it('that the clock leaves out is none', () => {
    expect(momentIn('Europe/Paris', '2026-03-29T02:30')).toBe('gap')
    expect(momentIn('America/Los_Angeles', '2026-03-08T02:00')).toBe('gap')
    expect(momentIn('Pacific/Apia', '2011-12-30T12:00')).toBe('gap')
  })

  it('that the clock shows twice is the first', () => {
    expect(iso(momentIn('Europe/Paris', '2026-10-25T02:30'))).toBe('2026-10-25T00:30:00.000Z')
    expect(iso(momentIn('America/Los_Angeles', '2026-11-01T01:30'))).toBe('2026-11-01T08:30:00.000Z')
  })

  it.each([
    '',
    'tomorrow',
    '2026-02-30T10:00',
    '2026-13-01T10:00',
    '2026-01-01T24:00',
    '2026-01-01 10:00',
    '2026-01-01T10:00:30',
    '0099-01-01T10:00',
  ])('cannot be read: %j', text => {
    expect(momentIn('UTC', text)).toBe('form')
  })

  it('needs a zone that there is', () => expect(momentIn('Nowhere/At-All', '2026-01-01T10:00')).toBe('form'))

  it('reads back what a clock showed, but for the second of two hours', () => {
    const zones = ['UTC', 'Europe/Paris', 'America/Toronto', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']
    const minutes = fc.integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 })
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
        const at = new Date(minute * 60_000)
        const read = momentIn(zone, clockIn(zone, at))
        expect(read).toBeInstanceOf(Date)
        expect(clockIn(zone, read as Date)).toBe(clockIn(zone, at))
        expect((read as Date).getTime()).toBeLessThanOrEqual(at.getTime())
        expect(at.getTime() - (read as Date).getTime()).toBeLessThanOrEqual(3_600_000)
      }),
    )
  })
})
