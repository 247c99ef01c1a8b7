import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, Pace } from '@/domain/notification/pace'

/** The process's own clock, in fractions of a millisecond. */
export const sendClock = (signal: AbortSignal): Clock => ({
  now: () => performance.timeOrigin + performance.now(),
  sleep: ms => pause(ms, undefined, { signal }),
})

const paces = new Map<string, Pace>()

/**
 * This process's pace with one provider, whoever sends. In flight is at most what goes out in a tenth of a second: after
 * a stall no more than that can arrive together.
 */
export function paceOf(provider: string, rate: number): Pace {
  const key = `${provider} ${rate}`
  const known = paces.get(key)
  if (known) return known
  const fresh = new Pace({ rate, inFlight: Math.max(8, Math.ceil(rate / 10)) })
  paces.set(key, fresh)
  return fresh
}
