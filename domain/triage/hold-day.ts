import { dayMs, isZone, regimesOf } from '@/domain/triage/zone-offset'

/**
 * When a day ("2026-12-24") begins on the clocks of a zone: at the first moment that they show it. Null where there is no such day
 * or no such zone.
 */
export function dayBegins(day: string, zone: string): Date | null {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day || !isZone(zone)) return null
  const [first, last] = [midnight / dayMs - 1, midnight / dayMs + 1]
  for (let at = first; at <= last; at++)
    for (const { from, to, offset } of regimesOf(zone, at)) {
      // Where the clock is put forward over midnight, the day begins with the change.
      const begins = Math.max(from, midnight - offset)
      if (begins < to) return new Date(begins)
    }
  return null
}

/** The day that the clocks of a zone show, so many days on. */
export function dayAhead(now: Date, zone: string, days: number): string {
  const at = now.getTime()
  const regime = regimesOf(zone, Math.floor(at / dayMs)).find(({ from, to }) => from <= at && at < to)
  return new Date(at + regime!.offset + days * dayMs).toISOString().slice(0, 10)
}
