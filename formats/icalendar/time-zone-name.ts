const names = new Map<string, string | null>()
const maxNames = 1000

/**
 * The IANA time zone a TZID stands for, null where it is none. Understands globally unique ones that end with the name
 * (RFC 5545 section 3.2.19), as in "/example.org/20090101/Europe/Paris".
 */
export function ianaTimeZone(tzid: string): string | null {
  let name = names.get(tzid)
  if (name === undefined) {
    name = findIana(tzid)
    if (names.size >= maxNames) names.clear()
    names.set(tzid, name)
  }
  return name
}

function findIana(tzid: string): string | null {
  if (tzid.length > 200) return null
  if (!tzid.startsWith('/')) return isKnown(tzid) ? tzid : null
  const segments = tzid.split('/')
  for (let from = Math.max(1, segments.length - 3); from < segments.length; from++) {
    const name = segments.slice(from).join('/')
    if (isKnown(name)) return name
  }
  return null
}

function isKnown(name: string): boolean {
  return /^[A-Za-z]/.test(name) && formatOf(name) !== null
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const utcNames = new Map<string, boolean>()

/** Whether clocks under that TZID show UTC all year, as in Atlantic/Reykjavik: programs then write "Z" as they like. */
export function isAlwaysUtc(tzid: string): boolean {
  let always = utcNames.get(tzid)
  if (always === undefined) {
    const name = ianaTimeZone(tzid)
    const format = name === null ? null : formatOf(name)
    always = tzid === 'Z' || (format !== null && [2000, 2010, 2020].every(year => showsUtc(format, year)))
    if (utcNames.size >= maxNames) utcNames.clear()
    utcNames.set(tzid, always)
  }
  return always
}

const showsUtc = (format: Intl.DateTimeFormat, year: number): boolean =>
  [0, 6].every(month => / GMT(?:[+-]00:00)?$/.test(format.format(Date.UTC(year, month, 1))))
