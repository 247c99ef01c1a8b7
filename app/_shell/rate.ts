import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** More was asked than is answered: told with the sentence and Retry-After by whatever answers the request. */
export class TooMany extends Error {
  constructor(readonly seconds: number) {
    super(`More was asked than is answered. In ${seconds} seconds there is room again.`)
    this.name = 'TooMany'
  }
}

/**
 * So many in a window of so many minutes, by key, counted in this process's memory. Answers 0 where one more is allowed,
 * else the seconds until there is room again.
 */
export function limit(name: string, most: number, minutes: number): (key: string) => Promise<number> {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: most, duration: minutes * 60 })
  return async key => {
    try {
      await limiter.consume(key)
      return 0
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000))
      throw error
    }
  }
}

/** How much a key has left of what it may ask in a window; `wait`: seconds until there is room again, 0 where there is. */
export interface Allowance {
  most: number
  windowSeconds: number
  left: number
  resetSeconds: number
  wait: number
}

/** Like {@link limit}, for whoever is told how much is left. */
export function allowance(name: string, most: number, minutes: number): (key: string) => Promise<Allowance> {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: most, duration: minutes * 60 })
  const seen = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => {
    const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
    return { most, windowSeconds: minutes * 60, left: Math.max(0, remainingPoints), resetSeconds, wait: 0 }
  }
  return async key => {
    try {
      return seen(await limiter.consume(key))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const over = seen(error)
      return { ...over, wait: over.resetSeconds }
    }
  }
}

/** Like {@link limit}, for forms: throws {@link TooMany} where there is no room. */
export function formLimit(name: string, most: number, minutes: number): (key: string) => Promise<void> {
  const secondsFor = limit(name, most, minutes)
  return async key => {
    const seconds = await secondsFor(key)
    if (seconds > 0) throw new TooMany(seconds)
  }
}

/** What bin/portal.mjs calls this machine itself, asked through no proxy. */
export const ownMachine = 'local'

/**
 * The network a request comes from: an IPv4 address, or the /64 of an IPv6 address (one customer's line). bin/portal.mjs
 * says which that is, and lets nobody else say it.
 */
export const networkOf = (headers: Headers): string => headers.get('x-homeward-network') ?? ownMachine
