import { type DateValue, parseDateValue, parseDuration, writeDateValue, writeDuration } from './date-value'
import { alwaysWithTime } from './property-kinds'
import { carried, firstValue, type LineContext, type ServedLine, type ServedParam } from './served-value'

/** A property that holds one DATE or DATE-TIME. */
export function servedDate(name: string, params: ServedParam[], text: string): ServedLine {
  const value = typedDate(params, text)
  if (value === null) return carried(name, params, text)
  if (alwaysWithTime.has(name) && value.time === null) {
    value.time = { hour: 0, minute: 0, second: 0 }
    value.utc = true
  }
  return { name, params: dateParams(params, value), value: writeDateValue(value) }
}

/** A date that says VALUE=DATE but holds midnight is that day, as all-day events of some programs are written. */
function typedDate(params: readonly ServedParam[], text: string): DateValue | null {
  const value = parseDateValue(text)
  if (value?.time && firstValue(params, 'VALUE')?.toUpperCase() === 'DATE') {
    const { hour, minute, second } = value.time
    if (hour + minute + second === 0) return { ...value, time: null, utc: false }
  }
  return value
}

const dayParam: ServedParam = { name: 'VALUE', values: ['DATE'] }

/** VALUE and TZID as the value needs them, the others as they are. */
function dateParams(params: readonly ServedParam[], value: DateValue): ServedParam[] {
  const kept = params.filter(({ name }) => name !== 'VALUE' && (name !== 'TZID' || (value.time !== null && !value.utc)))
  return value.time === null ? [...kept, dayParam] : kept
}

/** EXDATE or RDATE: a line for each type and zone of its dates. */
export function servedDateList(
  name: string,
  params: ServedParam[],
  text: string,
  { start }: LineContext,
): ServedLine[] {
  const lines = new Map<string, ServedLine>()
  const add = (line: ServedLine): void => {
    const key = JSON.stringify([line.name, line.params])
    const same = lines.get(key)
    if (same) same.value += `${line.name === name ? ',' : '\\,'}${line.value}`
    else lines.set(key, line)
  }
  for (const item of text.split(',')) {
    if (item.trim() === '') continue
    const period = servedPeriod(item)
    const value = period === null ? typedDate(params, item) : null
    if (period !== null) add({ name, params: periodParams(params, period), value: period })
    else if (value === null) add(carried(name, params, item))
    else add(servedListedDate(name, params, value, start))
  }
  return [...lines.values()]
}

/**
 * A listed date that differs in type from DTSTART names no occurrence, and servers stumble over it: it is given DTSTART's
 * type. A wall-clock time under a zone is one of that zone; where only one of both has a zone, the same time of day is
 * taken for the same clock, and any other is carried.
 */
function servedListedDate(
  name: string,
  params: ServedParam[],
  value: DateValue,
  start: LineContext['start'],
): ServedLine {
  const plain = { name, params: dateParams(params, value), value: writeDateValue(value) }
  if (start === null) return plain
  const { time, utc } = start.value
  const others = params.filter(param => param.name !== 'VALUE' && param.name !== 'TZID')
  if (time === null) {
    return value.time === null
      ? plain
      : { name, params: [...others, dayParam], value: writeDateValue({ ...value, time: null, utc: false }) }
  }
  const likeStart = {
    name,
    params: start.tzid === null || utc ? others : [...others, { name: 'TZID', values: [start.tzid] }],
    value: writeDateValue({ ...value, time: value.time ?? time, utc }),
  }
  if (value.time === null) return likeStart
  const hasZone = value.utc || firstValue(params, 'TZID') !== null
  const startHasZone = utc || start.tzid !== null
  if (hasZone === startHasZone) return plain
  const sameClock = JSON.stringify(value.time) === JSON.stringify(time)
  return sameClock || (start.tzid !== null && !utc) ? likeStart : carried(name, params, writeDateValue(value))
}

function servedPeriod(item: string): string | null {
  const [from, to, more] = item.trim().split('/')
  if (to === undefined || more !== undefined) return null
  const start = parseDateValue(from!)
  const end = parseDateValue(to)
  const seconds = end === null ? parseDuration(to) : null
  if (!start?.time || (end === null && seconds === null)) return null
  return `${writeDateValue(start)}/${end === null ? to.toUpperCase() : writeDateValue(end)}`
}

function periodParams(params: readonly ServedParam[], period: string): ServedParam[] {
  const utc = period.split('/')[0]!.endsWith('Z')
  const kept = params.filter(param => param.name !== 'VALUE' && !(utc && param.name === 'TZID'))
  return [...kept, { name: 'VALUE', values: ['PERIOD'] }]
}

const strictDuration = /^[+-]?P(?:\d+W|(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/

/** A DURATION in its strict form. */
export function servedDuration(name: string, params: ServedParam[], text: string): ServedLine {
  const seconds = parseDuration(text)
  if (seconds === null) return carried(name, params, text)
  const value = text.trim().toUpperCase()
  return { name, params, value: strictDuration.test(value) ? value : writeDuration(seconds) }
}

/** A TRIGGER, which is a duration or a point in time (RFC 5545 section 3.8.6.3). */
export function servedTrigger(name: string, params: ServedParam[], text: string): ServedLine {
  const untyped = params.filter(param => param.name !== 'VALUE')
  if (parseDuration(text) !== null) return servedDuration(name, untyped, text)
  const value = parseDateValue(text)
  if (value === null) return carried(name, params, text)
  value.time ??= { hour: 0, minute: 0, second: 0 }
  return { name, params: [...untyped, { name: 'VALUE', values: ['DATE-TIME'] }], value: writeDateValue(value) }
}
