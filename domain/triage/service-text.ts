import type { ServiceCalendar, Shift } from '@/domain/triage/service-clock'

/** A code of what is wrong with a text. */
export type TextTrouble = 'shift-form' | 'shifts-overlap' | 'day-form' | 'day-twice' | 'target-form'

const shiftForm = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/

/** "09:00-12:00, 13:00-17:00"; "22:00-06:00" ends on the day after. Empty: nobody works. */
export function parseShifts(text: string): Shift[] | TextTrouble {
  const shifts: Shift[] = []
  for (const part of text.split(',').map(one => one.trim())) {
    if (part === '') continue
    const [h1, m1, h2, m2] = shiftForm.exec(part)?.slice(1).map(Number) ?? []
    if (h1 === undefined || m1! > 59 || m2! > 59) return 'shift-form'
    const from = h1 * 60 + m1!
    const end = h2! * 60 + m2!
    if (from >= 1440 || end > 1440 || from === end) return 'shift-form'
    shifts.push({ from, to: end > from ? end : end + 1440 })
  }
  shifts.sort((a, b) => a.from - b.from)
  return shifts.some((one, at) => at > 0 && one.from < shifts[at - 1]!.to) ? 'shifts-overlap' : shifts
}

export const shiftsText = (shifts: readonly Shift[]): string =>
  [...shifts]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => `${clockText(from)}-${clockText(to > 1440 ? to - 1440 : to)}`)
    .join(', ')

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** One day a line: "2026-12-25". */
export function parseDays(text: string): string[] | TextTrouble {
  const days = linesOf(text)
  if (!days.every(isDay)) return 'day-form'
  return new Set(days).size < days.length ? 'day-twice' : days.sort()
}

/** One day a line with its shifts: "2026-12-24 09:00-12:00". A day alone: nobody works. */
export function parseExtraDays(text: string): { day: string; shifts: Shift[] }[] | TextTrouble {
  const days: { day: string; shifts: Shift[] }[] = []
  for (const line of linesOf(text)) {
    const day = line.slice(0, 10)
    if (!isDay(day) || (line.length > 10 && line[10] !== ' ')) return 'day-form'
    const shifts = parseShifts(line.slice(10))
    if (typeof shifts === 'string') return shifts
    days.push({ day, shifts })
  }
  if (new Set(days.map(one => one.day)).size < days.length) return 'day-twice'
  return days.sort((a, b) => (a.day < b.day ? -1 : 1))
}

export const extraDaysText = (days: ServiceCalendar['extraDays']): string =>
  days.map(({ day, shifts }) => `${day} ${shiftsText(shifts)}`.trim()).join('\n')

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Minutes of working time, as hours and minutes: "8:00", "0:30", or "8". */
export function parseTarget(text: string): number | TextTrouble {
  const [hours, minutes = 0] =
    /^(\d{1,5})(?::([0-5]\d))?$/
      .exec(text.trim())
      ?.slice(1)
      .map(one => Number(one ?? 0)) ?? []
  return hours === undefined ? 'target-form' : hours * 60 + minutes
}

export const targetText = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

const weekMinutes = 7 * 1440

/** The weekday (Monday is 1) whose shifts reach into others, across midnight and from Sunday into Monday; null: none. */
export function overlapIn(week: ServiceCalendar['week']): number | null {
  const all = week
    .map(({ weekday, from, to }) => ({ weekday, from: (weekday - 1) * 1440 + from, to: (weekday - 1) * 1440 + to }))
    .sort((a, b) => a.from - b.from)
  for (const [at, one] of all.entries()) {
    const next = all[at + 1]
    if (next !== undefined && next.from < one.to) return next.weekday
  }
  const [first, last] = [all[0], all.at(-1)]
  return first !== undefined && last !== undefined && last.to - weekMinutes > first.from ? first.weekday : null
}
