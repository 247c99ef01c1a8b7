import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, Pace } from '@/domain/notification/pace'
import type { Channel } from '@/prisma/generated/enums'

/** The process's own clock, in fractions of a millisecond. */
export const sendClock = (signal: AbortSignal): Clock => ({
  now: () => performance.timeOrigin + performance.now(),
  sleep: ms => pause(ms, undefined, { signal }),
})

/**
 * What the database's clock shows in this process's time, so that slots of different workers fit together. No answer says
 * when it was given; of the last so many the promptest comes nearest.
 */
export class DatabaseClock {
  private readonly behind: number[] = []

  /** Both in milliseconds: what the database said, and when that was read. */
  ours(databaseMs: number, readAt: number): number {
    this.behind.push(readAt - databaseMs)
    // A clock that was set is followed after so many answers.
    if (this.behind.length > promptestOf) this.behind.shift()
    return databaseMs + Math.min(...this.behind)
  }
}

const promptestOf = 64
export const databaseClock = new DatabaseClock()

const paces = new Map<string, Pace>()

/** What was held up for a moment is made up for at this much more than the rate; slots keep the average at the rate. */
const headroom = 1.03

/**
 * This process's pace with one provider, whoever sends. What is in flight when a provider stalls arrives together behind
 * it, so a prompt one has little in flight. Endpoints and browsers' services are many: some that are slow must not hold up
 * the others.
 */
export function paceOf(channel: Channel, rate: number): Pace {
  const key = `${channel} ${rate}`
  const known = paces.get(key)
  if (known) return known
  const one = channel === 'mail' || channel === 'sms'
  const fresh = new Pace({
    rate: rate * headroom,
    inFlight: one ? range(Math.max(8, rate / 100), rate / 10) : range(Math.max(128, rate), Number.POSITIVE_INFINITY),
  })
  paces.set(key, fresh)
  return fresh
}

const range = (least: number, most: number) => ({ least: Math.ceil(least), most: Math.max(Math.ceil(least), most) })
