import type { Language } from '@/messages/language'

/** Dates and numbers as people read them. A time of day always says its zone. */
export interface Dates {
  /** "15 October 2009"; in another zone where the day belongs to one. */
  day(at: Date, zone?: 'UTC'): string
  /** "Saturday 17 October 2009, 18:00 PDT" */
  moment(at: Date): string
  /** "17 October, 18:00 PDT": within the year that is meant anyway; else "17 October 2009, 18:00 PDT". */
  shortMoment(at: Date, now?: Date): string
  /** "today, 18:00 PDT", "tomorrow, 09:10 PDT"; farther away "17 October, 18:00 PDT". */
  near(at: Date, now?: Date): string
  /** The same behind "since": where French names a day it has an article, "le 17 octobre, 18:00 PDT", but none before "hier". */
  nearSince(at: Date, now?: Date): string
  /** "2 h 10 min", "3 d 4 h"; milliseconds, to the minute. */
  duration(ms: number): string
  /** "18:00:05 PDT" */
  time(at: Date): string
  /** A local time whose digits are those of UTC: "Thursday 1 October 2009, 10:00", said without a zone. */
  local(at: Date): string
  /** "3 hours ago", "in 2 days"; beside it always the absolute one. */
  relative(at: Date, now?: Date): string
  number(value: number): string
  /** "3.4 MB"; bytes in thousands. */
  size(octets: number | bigint): string
  /** "contacts, calendar and photos" */
  list(items: string[]): string
}

const locales = { en: 'en-GB', fr: 'fr-FR' } as const
const zoneLocales = { en: 'en-US', fr: 'fr-FR' } as const

const made = new Map<string, Dates>()

/** `timeZone`: an IANA name; one that is not known reads as UTC. */
export function dates(language: Language, timeZone = 'UTC'): Dates {
  const key = `${language} ${timeZone}`
  const known = made.get(key)
  if (known) return known
  const fresh = makeDates(language, isTimeZone(timeZone) ? timeZone : 'UTC')
  if (made.size < 500) made.set(key, fresh)
  return fresh
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

function makeDates(language: Language, timeZone: string): Dates {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { timeZone, ...options })
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const weekday = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const dayInUtc = format({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const weekdayInUtc = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const timeInUtc = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })
  const dayOfYear = format({ day: 'numeric', month: 'long' })
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const zone = new Intl.DateTimeFormat(zoneLocales[language], { timeZone, timeZoneName: 'short' })
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const number = new Intl.NumberFormat(language)
  const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const list = new Intl.ListFormat(locales[language], { type: 'conjunction' })

  // French counts the first of a month as an ordinal.
  const said = (text: string) => (language === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text)
  const zoneOf = (at: Date) => zone.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? timeZone
  const timeOf = (at: Date) => `${time.format(at)} ${zoneOf(at)}`
  const shortMoment = (at: Date, now = new Date()) => {
    const isNear = Math.abs(at.getTime() - now.getTime()) < nearMs
    return `${said((isNear ? dayOfYear : day).format(at))}, ${timeOf(at)}`
  }
  const calendarDay = format({ day: 'numeric', month: 'numeric', year: 'numeric' })
  const dayNumber = (at: Date) => {
    const part = Object.fromEntries(calendarDay.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(part.year!, part.month! - 1, part.day!) / 86_400_000
  }
  const isFar = (at: Date, now: Date) => Math.abs(dayNumber(at) - dayNumber(now)) > 1
  const near = (at: Date, now = new Date()) =>
    isFar(at, now) ? shortMoment(at, now) : `${ago.format(dayNumber(at) - dayNumber(now), 'day')}, ${timeOf(at)}`
  const short = (count: number, unit: string) => (count === 0 ? '' : `${number.format(count)}\u00a0${unit}`)
  return {
    day: (at, zone) => said((zone === 'UTC' ? dayInUtc : day).format(at)),
    local: at => `${said(weekdayInUtc.format(at))}, ${timeInUtc.format(at)}`,
    moment: at => `${said(weekday.format(at))}, ${timeOf(at)}`,
    time: at => `${seconds.format(at)} ${zoneOf(at)}`,
    near,
    nearSince(at, now = new Date()) {
      const article = language === 'fr' && isFar(at, now) ? 'le ' : ''
      return `${article}${near(at, now)}`
    },
    duration(ms) {
      const minutes = Math.max(1, Math.floor(ms / 60_000))
      const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
      const parts =
        days > 0 ? [short(days, dayMarks[language]), short(hours, 'h')] : [short(hours, 'h'), short(rest, 'min')]
      return parts.filter(part => part !== '').join(' ')
    },
    shortMoment,
    relative(at, now = new Date()) {
      const distance = Math.round((at.getTime() - now.getTime()) / 1000)
      const [unit, length] = units.find(([, size]) => Math.abs(distance) >= size) ?? (['second', 1] as const)
      return ago.format(Math.trunc(distance / length), unit)
    },
    number: value => number.format(value),
    size(octets) {
      const bytes = Number(octets)
      const step = bytes >= 1e9 ? 3 : bytes >= 1e6 ? 2 : bytes >= 1e3 ? 1 : 0
      return `${tenth.format(bytes / 1000 ** step)}\u00a0${sizeUnits[language][step]}`
    },
    list: items => list.format(items),
  }
}

// Nearer than this a day and a month name one day alone.
const nearMs = 300 * 86_400_000

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

const dayMarks = { en: 'd', fr: 'j' } as const

const sizeUnits = { en: ['bytes', 'kB', 'MB', 'GB'], fr: ['octets', 'ko', 'Mo', 'Go'] } as const
