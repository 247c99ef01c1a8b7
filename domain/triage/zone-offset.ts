/** Whether the platform knows a zone by that IANA name; an offset such as "+02:00" is no zone: it has no summer. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

export const dayMs = 86_400_000

/** A stretch of real time in which the zone's clock is the same distance ahead of UTC; milliseconds. */
export interface Regime {
  from: number
  to: number
  offset: number
}

/**
 * The regimes of one day of UTC (days since 1970), in order: one, or two on the day of a change. No zone changes twice
 * within a day of UTC. Throws a RangeError for a zone that is not known.
 */
export function regimesOf(zone: string, day: number): Regime[] {
  const [from, to] = [day * dayMs, (day + 1) * dayMs]
  const [before, after] = [offsetOn(zone, day), offsetOn(zone, day + 1)]
  if (before === after) return [{ from, to, offset: before }]
  const change = changeWithin(zone, from, to, before)
  return [
    { from, to: change, offset: before },
    { from: change, to, offset: after },
  ].filter(one => one.from < one.to)
}

/** The first moment at which the offset is no longer what it was, to the second. */
function changeWithin(zone: string, from: number, to: number, before: number): number {
  let [still, changed] = [from / 1000, to / 1000]
  while (changed - still > 1) {
    const middle = Math.floor((still + changed) / 2)
    if (offsetAt(zone, middle * 1000) === before) still = middle
    else changed = middle
  }
  return changed * 1000
}

const known = new Map<string, number>()
// A few zones over many years.
const mostKnown = 50_000

/** At the beginning of a day of UTC. */
function offsetOn(zone: string, day: number): number {
  const key = `${zone} ${day}`
  const before = known.get(key)
  if (before !== undefined) return before
  const offset = offsetAt(zone, day * dayMs)
  if (known.size >= mostKnown) known.clear()
  known.set(key, offset)
  return offset
}

const formats = new Map<string, Intl.DateTimeFormat>()

function offsetAt(zone: string, at: number): number {
  const format = formats.get(zone) ?? formatOf(zone)
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  return shown - at
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const numeric = '2-digit'
  const clock = { hour: numeric, minute: numeric, second: numeric, hourCycle: 'h23' } as const
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone: zone,
    year: 'numeric',
    month: numeric,
    day: numeric,
    ...clock,
  })
  formats.set(zone, format)
  return format
}
