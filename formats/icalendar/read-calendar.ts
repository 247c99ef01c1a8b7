import type { Component } from '@/formats/content-lines/span-builder'
import type { RecordComponent } from './calendar-component'
import { type CalendarRecord, componentUid, isOverride, makeCalendarRecord } from './calendar-record'
import { type CalendarItem, readCalendarItems } from './calendar-spans'
import { RecordIndex } from './record-index'
import { usedTzids } from './time-zones'
import { readComponentAt, ZoneIndex } from './zone-index'

/** Opens the file's bytes: all of them, or from the first byte to the first one not wanted. */
export type OpenCalendar = (range?: { from: number; to: number }) => AsyncIterable<Uint8Array>

/** A component of another kind than the file is for. */
export interface OtherComponent {
  /** Upper case: VTODO in a file of events, VFREEBUSY, X-... */
  component: string
  /** Bytes in the file. */
  offset: number
  length: number
}

export interface CalendarOptions {
  /** Told of every component that becomes no record of this file, before the first record. */
  onOther?: (other: OtherComponent) => void
}

/** Records whose parts all lie within this many bytes wait for them; farther ones are read by range. */
const waitingWindow = 256 * 1024
const maxRecordBytes = 64 * 1024 * 1024

/** The file gave other bytes at the second reading. */
export class CalendarChanged extends Error {
  constructor() {
    super('The calendar file changed while it was being read.')
    this.name = 'CalendarChanged'
  }
}

interface Pending {
  head: number
  parts: number[]
  components: (Component | null)[]
  missing: number
  tooLarge: boolean
  stray: Extract<CalendarItem, { kind: 'stray' }> | null
}

/**
 * Reads the records of one kind, in the order of their first appearance. One record is one UID with all its overrides
 * wherever they stand; a component without UID, a second one with the UID of another, and a run of lines outside every
 * component are records of their own. The file is read twice: first only to know what belongs together (some 50 bytes a
 * component), then body by body. Throws {@link CalendarChanged}, and whatever `open` throws.
 */
export async function* readCalendar(
  open: OpenCalendar,
  component: RecordComponent,
  options: CalendarOptions = {},
): AsyncIterable<CalendarRecord> {
  const { records, zones } = await indexCalendar(open, component, options)
  const waiting = new Map<number, Pending>()
  const queue: Pending[] = []
  let entry = 0
  let ordinal = 0
  for await (const item of readCalendarItems(open(), component)) {
    if (item.kind !== 'component' && item.kind !== 'stray') continue
    if (entry >= records.length || records.offset(entry) !== item.offset) throw new CalendarChanged()
    if (records.isHead(entry)) queue.push(await startRecord(open, records, entry, item, waiting))
    else if (item.kind === 'component') fill(waiting, entry, item.root)
    entry++
    while (queue[0]?.missing === 0) yield finishRecord(queue.shift()!, component, ordinal++, records, zones)
  }
  if (entry !== records.length || queue.length > 0) throw new CalendarChanged()
}

async function indexCalendar(
  open: OpenCalendar,
  component: RecordComponent,
  { onOther }: CalendarOptions,
): Promise<{ records: RecordIndex; zones: ZoneIndex }> {
  const records = new RecordIndex()
  const zones = new ZoneIndex((from, to) => open({ from, to }))
  for await (const item of readCalendarItems(open(), component)) {
    const { kind, offset, length } = item
    if (kind === 'time-zone') zones.add(item.tzid, item.calendar, offset, item.bytes)
    else if (kind === 'other') onOther?.({ component: item.name, offset, length })
    else {
      const root = kind === 'component' ? item.root : null
      const uid = root && componentUid(root)
      records.add({ offset, length, calendar: item.calendar, uid, isOverride: root !== null && isOverride(root) })
    }
  }
  return { records, zones }
}

async function startRecord(
  open: OpenCalendar,
  records: RecordIndex,
  head: number,
  item: Extract<CalendarItem, { kind: 'component' | 'stray' }>,
  waiting: Map<number, Pending>,
): Promise<Pending> {
  const parts = records.parts(head)
  const bytes = parts.reduce((sum, part) => sum + records.size(part), 0)
  const stray = item.kind === 'stray' ? item : null
  const root = item.kind === 'component' ? item.root : null
  const tooLarge = stray ? stray.tooLarge : root === null || bytes > maxRecordBytes
  const pending: Pending = { head, parts, components: [root], missing: 0, tooLarge, stray }
  if (tooLarge) return pending
  for (const part of parts.slice(1)) {
    const near = records.offset(part) + records.size(part) - item.offset <= waitingWindow
    if (near) {
      pending.missing++
      pending.components.push(null)
      waiting.set(part, pending)
    } else {
      pending.components.push(
        await readComponentAt((from, to) => open({ from, to }), records.offset(part), records.size(part)),
      )
    }
  }
  return pending
}

function fill(waiting: Map<number, Pending>, entry: number, root: Component | null): void {
  const pending = waiting.get(entry)
  if (!pending) return
  waiting.delete(entry)
  pending.components[pending.parts.indexOf(entry)] = root
  pending.missing--
}

async function finishRecord(
  pending: Pending,
  component: RecordComponent,
  ordinal: number,
  records: RecordIndex,
  zones: ZoneIndex,
): Promise<CalendarRecord> {
  const { parts, stray, tooLarge } = pending
  const components = pending.components.filter(root => root !== null)
  const used = new Map<string, Component | null>()
  if (!zones.isEmpty) {
    const calendar = records.calendar(pending.head)
    for (const tzid of usedTzids(components)) used.set(tzid, await zones.find(tzid, calendar))
  }
  const places = parts.map(part => ({ offset: records.offset(part), length: records.size(part) }))
  const strayLines = stray?.lines ?? []
  return makeCalendarRecord(
    { ordinal, component, parts: places, components, strayLines, tooLarge },
    tzid => used.get(tzid) ?? null,
  )
}
