import type { ServiceCalendar, Shift, Turn } from '@/domain/triage/service-clock'

const minute = 60_000

/** What a clock on the wall shows, asked of the platform anew for each minute. */
export class Wall {
  private readonly format: Intl.DateTimeFormat

  constructor(zone: string) {
    this.format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  }

  read(at: number): { day: string; eve: string; minutes: number } {
    // "Sun, 29/03/2026, 01:30"
    const digits = this.format.format(at).match(/(\d+)\/(\d+)\/(\d+), (\d+):(\d+)/)!
    const [, day, month, year, hour, minutes] = digits
    const eve = new Date(`${year}-${month}-${day}T12:00:00Z`)
    eve.setUTCDate(eve.getUTCDate() - 1)
    return {
      day: `${year}-${month}-${day}`,
      eve: eve.toISOString().slice(0, 10),
      minutes: Number(hour) * 60 + Number(minutes),
    }
  }
}

function shiftsBegunOn(calendar: ServiceCalendar, day: string): readonly Shift[] {
  const extra = calendar.extraDays.find(one => one.day === day)
  if (extra) return extra.shifts
  if (calendar.holidays.includes(day)) return []
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7
  return calendar.week.filter(one => one.weekday === weekday)
}

/** Whether somebody works in the minute that begins at a moment. */
export function isOpen(calendar: ServiceCalendar, wall: Wall, at: number): boolean {
  const { day, eve, minutes } = wall.read(at)
  const covers = (shift: Shift, shown: number) => shift.from <= shown && shown < shift.to
  return (
    shiftsBegunOn(calendar, day).some(shift => covers(shift, minutes)) ||
    shiftsBegunOn(calendar, eve).some(shift => covers(shift, minutes + 1440))
  )
}

/**
 * Minute by minute, and nothing clever: how many counted till `now`, and the minute at whose end the target was or will be
 * reached (null: the clock stands at the end; later: it takes longer than `patience` minutes). All moments are whole minutes.
 */
export function askOracle(
  calendar: ServiceCalendar,
  targetMinutes: number,
  turns: readonly Turn[],
  now: Date,
  patience: number,
): { used: number; due: number | null | 'later' } {
  const wall = new Wall(calendar.zone)
  const begin = turns[0]!.at.getTime()
  let used = 0
  let due: number | null = null
  const runsAt = (at: number) => turns.findLast(turn => turn.at.getTime() <= at)?.runs === true
  for (let at = begin; at < now.getTime(); at += minute) {
    if (!runsAt(at) || !isOpen(calendar, wall, at)) continue
    used++
    if (used === targetMinutes) due = at + minute
  }
  if (due !== null) return { used, due }
  const last = turns.at(-1)!
  const ahead = Math.max(now.getTime(), begin)
  const end = last.runs ? Math.max(ahead, last.at.getTime()) + patience * minute : last.at.getTime()
  for (let at = ahead, counted = used; at < end; at += minute) {
    if (!runsAt(at) || !isOpen(calendar, wall, at)) continue
    counted++
    if (counted === targetMinutes) return { used, due: at + minute }
  }
  return { used, due: last.runs ? 'later' : null }
}
