import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, Pace } from '@/domain/notification/pace'
import type { Channel } from '@/prisma/generated/enums'

/** The process's own clock, in fractions of a millisecond. */
export const sendClock = (signal: AbortSignal): Clock => ({
  now: () => performance.timeOrigin + performance.now(),
  sleep: ms => pause(ms, undefined, { signal }),
})

const paces = new Map<string, Pace>()

/** What was held up for a moment is made up for at this much more than the rate; slots keep the average at the rate. */
const headroom = 1.05

/**
 * This process's pace with one provider, whoever sends. In flight is at most what goes out in a tenth of a second: after
 * a stall no more than that can arrive together. Endpoints and browsers' services are many: some that are slow must not
 * hold up the others.
 */
export function paceOf(channel: Channel, rate: number): Pace {
  const key = `${channel} ${rate}`
  const known = paces.get(key)
  if (known) return known
  const one = channel === 'mail' || channel === 'sms'
  const fresh = new Pace({
    rate: rate * headroom,
    inFlight: Math.ceil(one ? Math.max(8, rate / 10) : Math.max(128, rate)),
  })
  paces.set(key, fresh)
  return fresh
}
