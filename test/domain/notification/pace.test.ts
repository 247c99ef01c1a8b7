import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Clock, Pace, paced, slotTimes } from '@/domain/notification/pace'
import { DatabaseClock } from '@/domain/notification/send-clock'

/** A clock that goes on only when nobody has anything to do, to the next moment that somebody waits for. */
class SimulatedClock implements Clock {
  private at: number
  private readonly sleepers: { at: number; wake: () => void }[] = []

  constructor(
    start: number,
    private readonly oversleep: () => number = () => 0,
  ) {
    this.at = start
  }

  now = (): number => this.at
  sleep = (ms: number): Promise<void> => this.wait(ms + this.oversleep())
  wait(ms: number): Promise<void> {
    return new Promise(wake => void this.sleepers.push({ at: this.at + ms, wake }))
  }

  stall(ms: number): void {
    this.at += ms
  }

  async runUntil<T>(done: Promise<T>): Promise<T> {
    let over = false
    const settle = () => {
      over = true
    }
    done.then(settle, settle)
    for (await turn(); !over; await turn()) {
      const at = Math.max(this.at, Math.min(...this.sleepers.map(sleeper => sleeper.at)))
      if (at === Number.POSITIVE_INFINITY) throw new Error('Nobody waits for anything, and it is not over.')
      this.at = at
      const due = this.sleepers.filter(sleeper => sleeper.at <= at)
      const left = this.sleepers.filter(sleeper => sleeper.at > at)
      this.sleepers.splice(0, Number.POSITIVE_INFINITY, ...left)
      for (const { wake } of due) wake()
    }
    return done
  }
}

const never = new AbortController().signal
const exactly = (count: number) => ({ least: count, most: count })

/** The most that began in any second, wherever it starts, less what such large numbers round away. */
const mostInASecond = (begun: readonly number[]): number => {
  const sorted = [...begun].sort((a, b) => a - b)
  let most = 0
  let from = 0
  for (const [to, at] of sorted.entries()) {
    while (at - sorted[from]! >= 999.999) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}

describe('slots', () => {
  it('lie one interval apart, from the start on', () => {
    expect(slotTimes({ start: 1000, rate: 4, count: 3 })).toEqual([1000, 1250, 1500])
    expect(slotTimes({ start: 0, rate: 0.5, count: 2 })).toEqual([0, 2000])
    expect(slotTimes({ start: 0, rate: 1, count: 0 })).toEqual([])
  })
})

describe('sends at a pace', () => {
  const begins = async (slots: number[], clock: SimulatedClock, pace: Pace, latencyMs = 0) => {
    const begun: number[] = []
    const send = async () => {
      begun.push(clock.now())
      await clock.wait(latencyMs)
    }
    const count = await clock.runUntil(paced(slots, send, { pace, clock, signal: never }))
    expect(count).toBe(begun.length)
    return begun
  }

  it('begin at their slots', async () => {
    const slots = slotTimes({ start: 5000, rate: 10, count: 12 })
    expect(await begins(slots, new SimulatedClock(4000), new Pace({ rate: 10, inFlight: exactly(5) }))).toEqual(slots)
  })

  it('keep to the rate with reservations chained one ahead, however the clock oversleeps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 3, 50, 400, 2000),
        fc.integer({ min: 1, max: 15 }),
        fc.integer(),
        async (rate, jitterMs, seed) => {
          const chances = fc.sample(fc.double({ min: 0, max: jitterMs, noNaN: true }), { seed, numRuns: 997 })
          let drawn = 0
          const clock = new SimulatedClock(1_700_000_000_123, () => chances[drawn++ % chances.length]!)
          const pace = new Pace({ rate, inFlight: exactly(1000) })
          const began = clock.now()
          const begun: number[] = []
          const late: number[] = []
          let nextAt = 0
          const reserve = () => {
            const start = Math.max(nextAt, clock.now())
            const count = Math.max(1, Math.round(rate / 4))
            nextAt = start + (count * 1000) / rate
            const slots = slotTimes({ start, rate, count })
            const send = async (i: number) => {
              late.push(clock.now() - slots[i]!)
              begun.push(clock.now())
              await clock.wait(40)
            }
            return paced(slots, send, { pace, clock, signal: never })
          }
          const seconds = 5
          const work = async () => {
            let ahead = reserve()
            while (nextAt < began + seconds * 1000) {
              const current = ahead
              ahead = reserve()
              await current
            }
            await ahead
          }
          await clock.runUntil(work())
          expect(Math.min(...late)).toBeGreaterThanOrEqual(0)
          expect(mostInASecond(begun)).toBeLessThanOrEqual(rate)
          const inTime = begun.filter(at => at < began + seconds * 1000).length
          expect(inTime).toBeGreaterThanOrEqual(Math.floor(rate * seconds * 0.98))
        },
      ),
      { numRuns: 12 },
    )
  })

  it('are no burst after a stall', async () => {
    const clock = new SimulatedClock(0)
    const pace = new Pace({ rate: 1000, inFlight: exactly(5000) })
    const slots = slotTimes({ start: 0, rate: 1000, count: 1500 })
    clock.stall(1200)
    const begun = await begins(slots, clock, pace)
    expect(begun[0]).toBe(1200)
    // Twenty milliseconds' worth, and its own.
    expect(begun.filter(at => at === 1200)).toHaveLength(21)
    expect(begun.at(-1)).toBeGreaterThanOrEqual(1200 + 1479)
    expect(begun.at(-1)).toBeLessThan(1200 + 1500)
    expect(mostInASecond(begun)).toBeLessThanOrEqual(1000)
  })

  it('late by less than a timer may be wait for nothing', async () => {
    const clock = new SimulatedClock(0)
    clock.stall(10)
    const begun = await begins(
      slotTimes({ start: 0, rate: 1000, count: 30 }),
      clock,
      new Pace({ rate: 1000, inFlight: exactly(99) }),
    )
    expect(begun.slice(0, 11)).toEqual(Array(11).fill(10))
    expect(begun.slice(11)).toEqual(slotTimes({ start: 11, rate: 1000, count: 19 }))
  })

  it('are never more at once than may be in flight, over all calls', async () => {
    const clock = new SimulatedClock(0)
    const pace = new Pace({ rate: 100, inFlight: exactly(3) })
    let running = 0
    let most = 0
    const send = async () => {
      running += 1
      most = Math.max(most, running)
      await clock.wait(95)
      running -= 1
    }
    const call = () => paced(slotTimes({ start: 0, rate: 100, count: 10 }), send, { pace, clock, signal: never })
    expect(await clock.runUntil(Promise.all([call(), call()]))).toEqual([10, 10])
    expect(most).toBe(3)
  })

  it.each([
    { latencyMs: 5, atMost: 20, seconds: 10 },
    { latencyMs: 60, atMost: 100, seconds: 10 },
    { latencyMs: 200, atMost: 100, seconds: 20 },
  ])('have about as many in flight as their rate needs, within bounds: %j', async ({ latencyMs, atMost, seconds }) => {
    const clock = new SimulatedClock(0)
    const pace = new Pace({ rate: 1_000, inFlight: { least: 20, most: 100 } })
    let running = 0
    let most = 0
    const send = async () => {
      running += 1
      most = Math.max(most, running)
      await clock.wait(latencyMs)
      running -= 1
    }
    const slots = slotTimes({ start: 0, rate: 1_000, count: 10_000 })
    const stall = clock.wait(3_000).then(() => clock.stall(500))
    await clock.runUntil(Promise.all([stall, paced(slots, send, { pace, clock, signal: never })]))
    expect(most).toBeLessThanOrEqual(atMost)
    // Learning takes a while; then what the rate needs goes out in time, unless it is more than may be in flight.
    expect(clock.now() / 1000).toBeGreaterThan(seconds - 1)
    expect(clock.now() / 1000).toBeLessThan(seconds + 6)
  })

  it('end with the signal, after those that began', async () => {
    const clock = new SimulatedClock(0)
    const stop = new AbortController()
    let ended = 0
    const send = async (i: number) => {
      await clock.wait(500)
      ended += 1
      if (i === 0) stop.abort()
    }
    const slots = slotTimes({ start: 0, rate: 10, count: 100 })
    const pace = new Pace({ rate: 10, inFlight: exactly(100) })
    const begun = await clock.runUntil(paced(slots, send, { pace, clock, signal: stop.signal }))
    expect(begun).toBeGreaterThanOrEqual(5)
    expect(begun).toBeLessThanOrEqual(6)
    expect(ended).toBe(begun)
  })

  it('end with the signal also where sleeping then fails, and fail where it fails alone', async () => {
    const clock = new SimulatedClock(0)
    const pace = new Pace({ rate: 10, inFlight: exactly(100) })
    const sleepless: Clock = { now: clock.now, sleep: () => Promise.reject(new Error('no timer')) }
    const slots = slotTimes({ start: 50, rate: 10, count: 2 })
    const send = () => Promise.resolve()
    await expect(paced(slots, send, { pace, clock: sleepless, signal: never })).rejects.toThrow('no timer')
    const stop = new AbortController()
    const stopping: Clock = {
      now: clock.now,
      sleep: () => {
        stop.abort()
        return Promise.reject(stop.signal.reason)
      },
    }
    expect(await paced(slots, send, { pace, clock: stopping, signal: stop.signal })).toBe(0)
  })

  it('that wait for a place are woken when an aborted call leaves it', async () => {
    const clock = new SimulatedClock(0)
    const pace = new Pace({ rate: 1000, inFlight: exactly(1) })
    const stop = new AbortController()
    const slot = slotTimes({ start: 0, rate: 1000, count: 1 })
    const call = (send: () => Promise<void>, signal: AbortSignal) => paced(slot, send, { pace, clock, signal })
    const quick = () => Promise.resolve()
    const holding = call(async () => {
      await clock.wait(100)
      stop.abort()
    }, never)
    const counts = await clock.runUntil(Promise.all([holding, call(quick, stop.signal), call(quick, never)]))
    expect(counts).toEqual([1, 0, 1])
  })

  it('whose slots are long past are left to be reserved again', async () => {
    const clock = new SimulatedClock(0)
    clock.stall(1000)
    const pace = new Pace({ rate: 10, inFlight: exactly(9) })
    const options = { pace, clock, signal: never, latestMs: 300 }
    const send = () => Promise.resolve()
    expect(await clock.runUntil(paced([800, 900, 1000], send, options))).toBe(3)
    expect(await clock.runUntil(paced([600, 1200], send, options))).toBe(0)
  })

  it('that fail let no other begin', async () => {
    const clock = new SimulatedClock(0)
    let begun = 0
    const send = async (i: number) => {
      begun += 1
      if (i === 1) throw new Error('one failed')
    }
    const slots = slotTimes({ start: 0, rate: 10, count: 9 })
    const options = { pace: new Pace({ rate: 10, inFlight: exactly(9) }), clock, signal: never }
    await expect(clock.runUntil(paced(slots, send, options))).rejects.toThrow('one failed')
    expect(begun).toBe(2)
  })

  it.each([
    { rate: 0 },
    { rate: Number.NaN },
    { rate: Infinity },
    { inFlight: exactly(0) },
    { inFlight: exactly(1.5) },
    { inFlight: { least: 3, most: 2 } },
  ])('need a rate and a place: %j', change => {
    expect(() => new Pace({ rate: 1, inFlight: exactly(1), ...change })).toThrow(RangeError)
  })
})

describe('the database’s clock', () => {
  it('is as far from ours as the promptest answer says', () => {
    const clock = new DatabaseClock()
    expect(clock.ours(1_000, 5_030)).toBe(5_030)
    expect(clock.ours(2_000, 6_005)).toBe(6_005)
    expect(clock.ours(3_000, 7_080)).toBe(7_005)
  })

  it('is followed where it was set', () => {
    const clock = new DatabaseClock()
    clock.ours(1_000, 1_001)
    for (let at = 2_000; at < 2_100; at++) clock.ours(at - 500, at)
    expect(clock.ours(5_000 - 500, 5_000)).toBe(5_000)
  })
})
