/** A DATE or DATE-TIME (RFC 5545 sections 3.3.4 and 3.3.5). `time` is null for a DATE. */
export interface DateValue {
  year: number
  month: number
  day: number
  time: { hour: number; minute: number; second: number } | null
  /** Ends with Z. */
  utc: boolean
}

const basicOrExtended =
  /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[Tt ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*([Zz])?)?\s*$/

/**
 * Reads a DATE or DATE-TIME, also as ISO 8601 writes it (2009-10-01T10:00:00Z) and without seconds. Null where it is no
 * date that exists. A leap second counts as the second before it (RFC 5545 section 3.3.12).
 */
export function parseDateValue(text: string): DateValue | null {
  const found = basicOrExtended.exec(text)
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(digits => Number(digits ?? 0)) as number[]
  if (year! < 1 || month! < 1 || month! > 12 || day! < 1 || day! > daysIn(year!, month!)) return null
  if (hour! > 23 || minute! > 59 || second! > 60) return null
  const time = found[4] === undefined ? null : { hour: hour!, minute: minute!, second: Math.min(second!, 59) }
  return { year: year!, month: month!, day: day!, time, utc: found[7] !== undefined }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

/** `20091001` or `20091001T100000[Z]`. */
export function writeDateValue({ year, month, day, time, utc }: DateValue): string {
  const date = pad(year, 4) + pad(month) + pad(day)
  return time === null ? date : `${date}T${pad(time.hour)}${pad(time.minute)}${pad(time.second)}${utc ? 'Z' : ''}`
}

/** `2009-10-01` or `2009-10-01T10:00:00[Z]` (ISO 8601, without an offset: the zone is said beside it). */
export function isoDateValue({ year, month, day, time, utc }: DateValue): string {
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`
  if (time === null) return date
  return `${date}T${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}${utc ? 'Z' : ''}`
}

const longestDuration = 366_000 * 86_400
const secondsOf: Record<string, number> = { W: 604_800, D: 86_400, H: 3600, M: 60, S: 1 }

/**
 * Seconds of a DURATION (RFC 5545 section 3.3.6), negative with a minus sign; null where it is none or longer than a
 * thousand years, which no program adds to a date. A missing "T" is forgiven.
 */
export function parseDuration(text: string): number | null {
  const found = /^([+-]?)P((?:\d+[WD])*)T?((?:\d+[HMS])*)$/i.exec(text.trim())
  if (!found || found[2] === found[3]) return null
  let seconds = 0
  for (const [, digits, unit] of (found[2]! + found[3]!).matchAll(/(\d+)([WDHMS])/gi)) {
    seconds += Number(digits) * secondsOf[unit!.toUpperCase()]!
  }
  if (seconds > longestDuration) return null
  return found[1] === '-' && seconds > 0 ? -seconds : seconds
}

/** The shortest DURATION of so many seconds: days and time, as most programs write it. */
export function writeDuration(seconds: number): string {
  const all = Math.abs(seconds)
  const [days, hours, minutes, rest] = [
    Math.floor(all / 86_400),
    Math.floor(all / 3600) % 24,
    Math.floor(all / 60) % 60,
    all % 60,
  ]
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest ? `${rest}S` : ''}`
  return `${seconds < 0 ? '-' : ''}P${days ? `${days}D` : ''}${time ? `T${time}` : days ? '' : 'T0S'}`
}
