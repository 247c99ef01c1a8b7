const day = 86_400_000
const leastDays = 3
const mostDays = 14
const paths = 500
const horizonDays = 365

/** When nothing will wait any more. `latest` null: in one of ten cases not within a year. */
export type BacklogForecast =
  | { kind: 'empty' }
  | { kind: 'too-early'; daysKnown: number }
  | { kind: 'range'; earliest: Date; latest: Date | null; daysKnown: number }
  | { kind: 'not-at-this-pace'; daysKnown: number }

/** How much waited at a moment. */
export interface Waited {
  at: Date
  count: number
}

/**
 * When the backlog will be empty, from how it changed by the day: the last days, drawn again in any order 500 times
 * (bootstrap), give the range in which eight of ten futures lie. Said only of three days or more, and no day is left out for being an outlier.
 * What waits counts parts that were split off one by one, as decisions do, though they never arrived: a day on which much was split shows as one on which
 * more came, which is what there is to decide.
 * `history` ascending by time; its last is now. The same history answers the same.
 */
export function forecastBacklog(history: readonly Waited[]): BacklogForecast {
  const last = history.at(-1)
  if (last?.count === 0) return { kind: 'empty' }
  const changes = changesByDay(history)
  const daysKnown = changes.length
  if (!last || daysKnown < leastDays) return { kind: 'too-early', daysKnown }
  const random = mulberry32(daysKnown)
  const ends = Array.from({ length: paths }, () => daysUntilEmpty(last.count, changes, random)).sort((a, b) => a - b)
  const [early, late] = [ends[paths / 10]!, ends[paths - paths / 10 - 1]!]
  if (early === Number.POSITIVE_INFINITY) return { kind: 'not-at-this-pace', daysKnown }
  const after = (days: number) => new Date(last.at.getTime() + days * day)
  return {
    kind: 'range',
    earliest: after(early),
    latest: late === Number.POSITIVE_INFINITY ? null : after(late),
    daysKnown,
  }
}

/** Newest first, as far back as there is no gap of hours. */
function changesByDay(history: readonly Waited[]): number[] {
  const last = history.at(-1)
  const changes: number[] = []
  let later = last
  for (let back = 1; later && back <= mostDays; back++) {
    const earlier = nearest(history, last!.at.getTime() - back * day)
    if (!earlier) break
    changes.push(later.count - earlier.count)
    later = earlier
  }
  return changes
}

function nearest(history: readonly Waited[], at: number): Waited | undefined {
  const off = (one: Waited) => Math.abs(one.at.getTime() - at)
  const best = history.reduce<Waited | undefined>(
    (known, one) => (known && off(known) <= off(one) ? known : one),
    undefined,
  )
  return best && off(best) <= day / 12 ? best : undefined
}

function daysUntilEmpty(count: number, changes: readonly number[], random: () => number): number {
  let left = count
  for (let days = 0; days < horizonDays; days++) {
    const change = changes[Math.floor(random() * changes.length)]!
    if (left + change <= 0) return days + left / -change
    left += change
  }
  return Number.POSITIVE_INFINITY
}

/** Tommy Ettinger's 32-bit generator: the page says the same twice. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
