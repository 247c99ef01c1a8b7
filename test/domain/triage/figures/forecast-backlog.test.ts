import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forecastBacklog, type Waited } from '@/domain/triage/figures/forecast-backlog'

const day = 86_400_000
const now = Date.UTC(2009, 9, 20, 9)
/** A count a day, the last one now. */
const daily = (...counts: number[]): Waited[] =>
  counts.map((count, at) => ({ at: new Date(now - (counts.length - 1 - at) * day), count }))
const inDays = (days: number) => new Date(now + days * day)

describe('when the backlog will be empty', () => {
  it('is a day where each day took as much away', () => {
    const forecast = forecastBacklog(daily(500, 400, 300, 200))
    expect(forecast).toEqual({ kind: 'range', earliest: inDays(2), latest: inDays(2), daysKnown: 3 })
  })

  it('is a range that holds what the best and the worst days would make of it', () => {
    const forecast = forecastBacklog(daily(1_000, 900, 600, 500, 200))
    if (forecast.kind !== 'range' || forecast.latest === null) throw new Error(forecast.kind)
    expect(forecast.earliest.getTime()).toBeLessThan(forecast.latest.getTime())
    expect(forecast.earliest.getTime()).toBeGreaterThanOrEqual(inDays(200 / 300).getTime())
    expect(forecast.latest.getTime()).toBeLessThanOrEqual(inDays(2).getTime())
  })

  it('is not said before three days, nor over a gap', () => {
    expect(forecastBacklog([])).toEqual({ kind: 'too-early', daysKnown: 0 })
    expect(forecastBacklog(daily(300, 200, 100))).toEqual({ kind: 'too-early', daysKnown: 2 })
    const gap = daily(900, 800, 700, 600, 500).filter((_, at) => at !== 2)
    expect(forecastBacklog(gap)).toEqual({ kind: 'too-early', daysKnown: 1 })
  })

  it('is not at this pace where it grows, and open at the end where it sometimes does', () => {
    expect(forecastBacklog(daily(100, 200, 300, 400))).toMatchObject({ kind: 'not-at-this-pace' })
    expect(forecastBacklog(daily(100, 100, 100, 100))).toMatchObject({ kind: 'not-at-this-pace' })
    const seesaw = forecastBacklog(daily(5_000, 5_900, 5_000, 5_900, 5_000))
    expect(seesaw).toMatchObject({ kind: 'range', latest: null })
  })

  it('is now where nothing waits', () => {
    expect(forecastBacklog(daily(40, 30, 20, 0))).toEqual({ kind: 'empty' })
  })

  it('is the same for the same history, never before now, and never before what its best day allows', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 4, maxLength: 20 })
    fc.assert(
      fc.property(counts, known => {
        const history = daily(...known)
        const forecast = forecastBacklog(history)
        expect(forecastBacklog(history)).toEqual(forecast)
        if (forecast.kind !== 'range') return
        const last15 = known.slice(-15)
        const best = Math.max(...last15.slice(1).map((count, at) => last15[at]! - count))
        expect(forecast.earliest.getTime()).toBeGreaterThanOrEqual(now + Math.floor((known.at(-1)! / best) * day) - 1)
        if (forecast.latest) expect(forecast.latest.getTime()).toBeGreaterThanOrEqual(forecast.earliest.getTime())
      }),
    )
  })
})
