import { describe, expect, it } from 'vitest'
import { defaultRetryPolicy, Patience, retryAfterMs } from '@/gateways/device-account/dav-retry'

describe('Retry-After', () => {
  const now = Date.parse('2009-10-15T12:00:00Z')
  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Thu, 15 Oct 2009 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Thu, 15 Oct 2009 11:00:00 GMT' }, 0],
    // The server's clock is an hour behind ours: what it means is ten seconds.
    [{ 'retry-after': 'Thu, 15 Oct 2009 11:00:10 GMT', date: 'Thu, 15 Oct 2009 11:00:00 GMT' }, 10_000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('%j is %s ms', (headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected)
  })
})

describe('patience', () => {
  it('doubles its pauses, with up to half by chance, and ends with the number of tries', () => {
    const patience = new Patience(defaultRetryPolicy)
    for (const full of [250, 500, 1000]) {
      const wait = patience.next(4)
      expect(wait).toBeGreaterThanOrEqual(full / 2)
      expect(wait).toBeLessThanOrEqual(full)
    }
    expect(patience.next(4)).toBeNull()
  })

  it('waits as long as it is asked to, within bounds', () => {
    expect(new Patience(defaultRetryPolicy).asked(3000, 5)).toBe(3000)
    expect(new Patience(defaultRetryPolicy).asked(5001, 5)).toBeNull()
    const patience = new Patience(defaultRetryPolicy)
    expect([1, 2, 3].map(() => patience.asked(5000, 9))).toEqual([5000, 5000, null])
  })

  it('does not run in circles where it is asked to wait for nothing', () => {
    const patience = new Patience(defaultRetryPolicy)
    expect(patience.asked(0, 5)).toBeGreaterThan(0)
  })
})
