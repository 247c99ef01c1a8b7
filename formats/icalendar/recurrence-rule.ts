import { parseDateValue, writeDateValue } from './date-value'

/** Parts of a RECUR value (RFC 5545 section 3.3.10, RFC 7529), names and values in upper case, in order. */
type RecurrenceRule = Map<string, string>

const frequencies = new Set(['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])

const listOf =
  (one: RegExp, low: number, high: number) =>
  (value: string): boolean =>
    value.split(',').every(item => {
      const found = one.exec(item)
      const number = Math.abs(Number(found?.[1]))
      return found !== null && number >= low && number <= high
    })
const unsigned = /^(\d{1,4})$/
const signed = /^([+-]?\d{1,3})$/

const checks: Record<string, (value: string) => boolean> = {
  FREQ: value => frequencies.has(value),
  INTERVAL: value => /^0*[1-9]\d{0,8}$/.test(value),
  COUNT: value => /^0*[1-9]\d{0,8}$/.test(value),
  UNTIL: value => parseDateValue(value) !== null,
  WKST: value => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value),
  BYSECOND: listOf(unsigned, 0, 60),
  BYMINUTE: listOf(unsigned, 0, 59),
  BYHOUR: listOf(unsigned, 0, 23),
  BYDAY: value => value.split(',').every(day => /^(?:[+-]?[1-5]?\d)?(?:MO|TU|WE|TH|FR|SA|SU)$/.test(day)),
  BYMONTHDAY: listOf(signed, 1, 31),
  BYYEARDAY: listOf(signed, 1, 366),
  BYWEEKNO: listOf(signed, 1, 53),
  BYMONTH: listOf(/^(\d{1,2})L?$/, 1, 13),
  BYSETPOS: listOf(signed, 1, 366),
  RSCALE: value => /^[A-Z0-9-]+$/.test(value),
  SKIP: value => /^(?:OMIT|BACKWARD|FORWARD)$/.test(value),
}

/**
 * Reads an RRULE or EXRULE value, forgiving backslashes before semicolons, blanks and a semicolon too many; vCalendar 1.0
 * rules are translated. Null where it is no rule.
 */
export function parseRecurrenceRule(text: string): RecurrenceRule | null {
  const value = text.replace(/[\\\s]/g, '').toUpperCase()
  if (!value.includes('=')) return parseVersion1Rule(text.trim().toUpperCase())
  const rule: RecurrenceRule = new Map()
  for (const part of value.split(';')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = part.slice(0, equals)
    const content = part.slice(equals + 1)
    if (equals < 1 || rule.has(name)) return null
    const check = checks[name]
    if (check ? !check(content) : !name.startsWith('X-')) return null
    rule.set(name, name === 'UNTIL' ? writeDateValue(parseDateValue(content)!) : content)
  }
  return rule.has('FREQ') ? rule : null
}

export const writeRecurrenceRule = (rule: RecurrenceRule): string =>
  [...rule].map(([name, value]) => `${name}=${value}`).join(';')

const version1 = /^(D|W|MP|MD|YM|YD)(\d{1,3})((?: (?:[A-Z0-9+-]+))*?)(?: #(\d+))?(?: (\d{8}(?:T\d{6}Z?)?))?$/

/** vCalendar 1.0 section 2.1.16.3.1: "W2 MO WE #10", "MP1 1+ MO 20091231T000000". #0 is for ever, no # is twice. */
function parseVersion1Rule(text: string): RecurrenceRule | null {
  const found = version1.exec(text.replace(/\s+/g, ' '))
  if (!found) return null
  const [, kind, interval, list, count, until] = found
  const items = list!.trim() === '' ? [] : list!.trim().split(' ')
  const rule: RecurrenceRule = new Map([['FREQ', { D: 'DAILY', W: 'WEEKLY', M: 'MONTHLY', Y: 'YEARLY' }[kind![0]!]!]])
  if (Number(interval) !== 1) rule.set('INTERVAL', String(Number(interval)))
  if (until !== undefined) rule.set('UNTIL', until)
  else if (count !== '0') rule.set('COUNT', count ?? '2')
  if (items.length > 0) {
    const by = byPart(kind!, items)
    if (by === null) return null
    rule.set(...by)
  }
  for (const [name, value] of rule) if (!checks[name]!(value)) return null
  return rule
}

function byPart(kind: string, items: string[]): [string, string] | null {
  if (kind === 'W') return ['BYDAY', items.join(',')]
  if (kind === 'YM') return ['BYMONTH', items.join(',')]
  if (kind === 'YD') return ['BYYEARDAY', items.join(',')]
  const signs = items.map(item => item.replace(/^(\d+)\+$/, '$1').replace(/^(\d+)-$/, '-$1'))
  if (kind === 'MD') return ['BYMONTHDAY', signs.map(item => (item === 'LD' ? '-1' : item)).join(',')]
  if (kind !== 'MP') return null
  const days: string[] = []
  let week = ''
  for (const item of signs) {
    if (/^-?\d+$/.test(item)) week = item
    else days.push(week + item)
  }
  return ['BYDAY', days.join(',')]
}
