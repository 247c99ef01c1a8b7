import { dayMs, regimesOf } from '@/domain/triage/zone-offset'

/** Minutes after midnight on the wall; `to` beyond 1440 is on the day after. */
export interface Shift {
  from: number
  to: number
}

/**
 * When somebody works. A minute counts when a clock on the wall in the zone shows a time within a shift. So where the clock
 * is put back within one, the minutes it shows twice count twice, and what it leaves out when put forward does not count:
 * what counts is what passes. Each shift is of the day on which it begins, also past midnight.
 */
export interface ServiceCalendar {
  /** IANA name. */
  zone: string
  /** ISO 8601: Monday is 1. */
  week: readonly (Shift & { weekday: number })[]
  /** "2026-12-25": no shift begins on such a day. */
  holidays: readonly string[]
  /** Days with shifts of their own in place of their weekday's, on holidays too. */
  extraDays: readonly { day: string; shifts: readonly Shift[] }[]
}

/** From `at` on the clock runs, or stands. */
export interface Turn {
  at: Date
  runs: boolean
}

export interface Reading {
  /** When the target is, or was, reached as things stand; null: the clock stands, or no shift comes within ten years. */
  dueAt: Date | null
  usedMs: number
  /** Below 0: over. */
  remainingMs: number
}

const minuteMs = 60_000
/** Beyond it the search for a due time ends. */
const farthestDays = 3660

type Span = readonly [from: number, to: number]

/** What of a stretch of time counts, in milliseconds. */
export function businessMs(calendar: ServiceCalendar, from: Date, to: Date): number {
  const [begin, end] = [from.getTime(), to.getTime()]
  let sum = 0
  for (let day = Math.floor(begin / dayMs); day * dayMs < end; day++)
    for (const [open, close] of spansOf(calendar, day)) sum += Math.max(0, Math.min(close, end) - Math.max(open, begin))
  return sum
}

/** The first moment by which so much has counted since `from`; null: not within ten years. */
export function dueAfter(calendar: ServiceCalendar, from: Date, needMs: number): Date | null {
  if (needMs <= 0) return from
  const begin = from.getTime()
  const first = Math.floor(begin / dayMs)
  let left = needMs
  for (let day = first; day < first + farthestDays; day++) {
    for (const [open, close] of spansOf(calendar, day)) {
      const start = Math.max(open, begin)
      if (close - start >= left) return new Date(start + left)
      left -= Math.max(0, close - start)
    }
  }
  return null
}

/** Reads a clock that took these turns, oldest first, at a moment. A turn still to come counts from then on. */
export function readClock(
  calendar: ServiceCalendar,
  targetMinutes: number,
  turns: readonly Turn[],
  now: Date,
): Reading {
  const target = targetMinutes * minuteMs
  let [usedMs, counted] = [0, 0]
  let dueAt: Date | null = null
  for (const [place, { at, runs }] of turns.entries()) {
    if (!runs) continue
    const until = turns[place + 1]?.at
    usedMs += businessMs(calendar, at, until === undefined || until > now ? now : until)
    if (dueAt !== null) continue
    const more = until === undefined ? Number.POSITIVE_INFINITY : businessMs(calendar, at, until)
    if (counted + more >= target) dueAt = dueAfter(calendar, at, target - counted)
    counted += more
  }
  return { dueAt, usedMs, remainingMs: target - usedMs }
}

/** What counts of one day of UTC (days since 1970), in order, nothing twice. */
function spansOf(calendar: ServiceCalendar, day: number): Span[] {
  const spans: Span[] = []
  for (const { from, to, offset } of regimesOf(calendar.zone, day)) {
    const [first, last] = [from + offset, to + offset]
    // The shift that began the evening before may reach into it.
    for (let date = Math.floor(first / dayMs) - 1; date * dayMs < last; date++) {
      for (const shift of shiftsOn(calendar, date)) {
        const open = Math.max(first, date * dayMs + shift.from * minuteMs)
        const close = Math.min(last, date * dayMs + shift.to * minuteMs)
        if (open < close) spans.push([open - offset, close - offset])
      }
    }
  }
  return joined(spans)
}

function joined(spans: Span[]): Span[] {
  if (spans.length < 2) return spans
  spans.sort(([a], [b]) => a - b)
  const whole: Span[] = []
  for (const [from, to] of spans) {
    const last = whole.at(-1)
    if (last !== undefined && from <= last[1]) whole[whole.length - 1] = [last[0], Math.max(last[1], to)]
    else whole.push([from, to])
  }
  return whole
}

interface Index {
  weekdays: readonly (readonly Shift[])[]
  holidays: ReadonlySet<string>
  extra: ReadonlyMap<string, readonly Shift[]>
}

const indexes = new WeakMap<ServiceCalendar, Index>()

/** The shifts that begin on a date (days since 1970). */
function shiftsOn(calendar: ServiceCalendar, date: number): readonly Shift[] {
  const index = indexes.get(calendar) ?? indexOf(calendar)
  if (index.extra.size > 0 || index.holidays.size > 0) {
    const name = new Date(date * dayMs).toISOString().slice(0, 10)
    const extra = index.extra.get(name)
    if (extra !== undefined) return extra
    if (index.holidays.has(name)) return []
  }
  // 1 January 1970 was a Thursday.
  return index.weekdays[(((date + 3) % 7) + 7) % 7]!
}

function indexOf(calendar: ServiceCalendar): Index {
  const index = {
    weekdays: [1, 2, 3, 4, 5, 6, 7].map(weekday => calendar.week.filter(one => one.weekday === weekday)),
    holidays: new Set(calendar.holidays),
    extra: new Map(calendar.extraDays.map(({ day, shifts }) => [day, shifts])),
  }
  indexes.set(calendar, index)
  return index
}
