import { isTimeZone } from '@/messages/dates'

const form = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::00(?:\.0{1,3})?)?$/

/**
 * The moment that a clock in the zone shows as what a datetime-local field sends ("2026-03-29T02:30"). "form": no date and
 * time of the calendar; "gap": the clock leaves it out when it is put forward. Of a time that the clock shows twice, the first.
 */
export function momentIn(zone: string, text: string): Date | 'form' | 'gap' {
  const digits = form.exec(text)?.slice(1).map(Number)
  if (digits === undefined || !isTimeZone(zone)) return 'form'
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = digits
  const shown = Date.UTC(year, month - 1, day, hour, minute)
  if (year < 1900 || !new Date(shown).toISOString().startsWith(text.slice(0, 16))) return 'form'
  // No clock is put forward or back twice within two days.
  const offsets = [shown - 86_400_000, shown + 86_400_000].map(at => offsetAt(zone, at))
  const moments = offsets.map(offset => shown - offset).filter((at, i) => offsetAt(zone, at) === offsets[i])
  return moments.length === 0 ? 'gap' : new Date(Math.min(...moments))
}

/** What a datetime-local field shows for a moment: "2026-03-29T02:30", on a clock in the zone. */
export function clockIn(zone: string, at: Date): string {
  const known = isTimeZone(zone) ? zone : 'UTC'
  return new Date(at.getTime() + offsetAt(known, at.getTime())).toISOString().slice(0, 16)
}

/** How far the zone's clock is ahead of UTC at that moment, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  return shown - Math.floor(at / 1000) * 1000
}
