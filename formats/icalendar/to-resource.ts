import { escapeText } from '@/formats/content-lines/text-value'
import type { CalendarRecord } from './calendar-record'
import { componentMeaning } from './meaning-digest'
import { type ServedComponent, servedComponents } from './served-component'
import { servedTimeZone, servedTzid } from './served-time-zone'
import { firstValue, type ServedLine } from './served-value'
import { writeComponent } from './write-lines'

const head = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Homeward//Homeward//EN\r\n'
const tail = 'END:VCALENDAR\r\n'

/** When a source says nothing about when it was written, a constant keeps the resource the same at every run. */
const unknownStamp = '19700101T000000Z'

/**
 * The record as one calendar object resource (RFC 4791 section 4.1): VERSION 2.0 in UTF-8, no METHOD, the VTIMEZONEs in
 * use, the master and all overrides under `uid`, and SCHEDULE-AGENT=CLIENT on every ORGANIZER and ATTENDEE, so that the
 * server invites nobody again (RFC 6638 section 7.1). A TZID of the IANA database that the source does not define stays
 * a mere reference (RFC 7809). The same record gives the same bytes. Throws RangeError where it holds no component.
 */
export function toResource(record: CalendarRecord, { uid }: { uid: string }): Uint8Array {
  if (record.components.length === 0) throw new RangeError('A record without a component cannot be a resource.')
  const components = [...withoutRepeats(servedComponents(record.components, record.timeZones))]
  const used = new Set(components.flatMap(usedTzids))
  let text = head
  for (const zone of record.timeZones) if (used.has(servedTzid(zone))) text += writeComponent(servedTimeZone(zone))
  for (const component of components) text += writeComponent(asResource(component, uid))
  return Buffer.from(text + tail, 'utf8')
}

/** The same override twice, as a file put together twice has it, is one. */
function withoutRepeats(components: ServedComponent[]): Iterable<ServedComponent> {
  if (components.length < 2) return components
  const byMeaning = new Map<string, ServedComponent>()
  for (const component of components) {
    const meaning = componentMeaning(component)
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, component)
  }
  return byMeaning.values()
}

/** What is carried names no zone any more, so its VTIMEZONE is not in use. */
const usedTzids = ({ lines, components }: ServedComponent): string[] => [
  ...lines.flatMap(({ params }) => firstValue(params, 'TZID') ?? []),
  ...components.flatMap(usedTzids),
]

function asResource(served: ServedComponent, uid: string): ServedComponent {
  const firstValueOf = (name: string): string | undefined => served.lines.find(line => line.name === name)?.value
  const lines: ServedLine[] = [{ name: 'UID', params: [], value: escapeText(uid) }]
  if (firstValueOf('DTSTAMP') === undefined) {
    const written = [firstValueOf('LAST-MODIFIED'), firstValueOf('CREATED')].find(value => value?.endsWith('Z'))
    lines.push({ name: 'DTSTAMP', params: [], value: written ?? unknownStamp })
  }
  for (const line of served.lines) if (line.name !== 'UID') lines.push(line)
  return withClientScheduling({ ...served, lines })
}

const serverScheduling = new Set(['SCHEDULE-AGENT', 'SCHEDULE-FORCE-SEND'])

function withClientScheduling(component: ServedComponent): ServedComponent {
  return {
    name: component.name,
    lines: component.lines.map(line => {
      if (line.name !== 'ORGANIZER' && line.name !== 'ATTENDEE') return line
      const params = line.params.filter(param => !serverScheduling.has(param.name))
      return { ...line, params: [...params, { name: 'SCHEDULE-AGENT', values: ['CLIENT'] }] }
    }),
    components: component.components.map(withClientScheduling),
  }
}
