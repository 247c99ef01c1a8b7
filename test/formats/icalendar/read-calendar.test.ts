import { describe, expect, it } from 'vitest'
import { CalendarChanged, type OtherComponent, readCalendar } from '@/formats/icalendar/read-calendar'
import { bytesOf, eventLines, inCalendar, opened, parisZone, recordsOf } from './calendar-fixture'

const override = (uid: string, date: string, title: string): string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `RECURRENCE-ID:${date}`,
  `DTSTART:${date}`,
  `SUMMARY:${title}`,
  'END:VEVENT',
]

/** Records of 10 kB each: 27 of them are more than the reader waits for. */
const farther = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => eventLines(`pad-${i}`, `DESCRIPTION:${'x'.repeat(10_000)}`)).flat()

const titles = (records: { title: string | null }[]): (string | null)[] => records.map(({ title }) => title)

describe('one record is one UID with its overrides', () => {
  it('finds an override behind other records, in another VCALENDAR and before its master', async () => {
    const file = Buffer.concat([
      inCalendar(...override('late', '20091020T090000Z', 'Moved early'), ...eventLines('a')),
      inCalendar(...eventLines('late'), ...override('a', '20091019T090000Z', 'Moved')),
    ])
    const records = await recordsOf(file)
    expect(records.map(({ uid, ordinal, components }) => [uid, ordinal, components.length])).toEqual([
      ['late', 0, 2],
      ['a', 1, 2],
    ])
    expect(titles(records)).toEqual(['Lunch', 'Lunch'])
    const [first] = records
    expect(first!.parts.map(({ offset, length }) => file.subarray(offset, offset + length).toString())).toEqual([
      `${override('late', '20091020T090000Z', 'Moved early').join('\r\n')}\r\n`,
      `${eventLines('late').join('\r\n')}\r\n`,
    ])
  })

  it('reads by range what lies farther away than it waits for', async () => {
    const padding = farther(30)
    const file = inCalendar(...eventLines('far'), ...padding, ...override('far', '20091019T090000Z', 'Moved'))
    const source = opened(file)
    const records = []
    for await (const record of readCalendar(source.open, 'VEVENT')) records.push(record)
    expect(records).toHaveLength(31)
    expect(records[0]!.components.map(({ lines }) => lines.length)).toEqual([4, 4])
    expect(source.ranges()).toBe(1)
  })

  it('makes a second master a record of its own and gives overrides to the first', async () => {
    const records = await recordsOf(
      inCalendar(
        ...eventLines('a'),
        ...eventLines('a', 'LOCATION:Elsewhere'),
        ...override('a', '20091019T090000Z', 'x'),
      ),
    )
    expect(records.map(({ uid, components }) => [uid, components.length])).toEqual([
      ['a', 2],
      ['a', 1],
    ])
  })

  it('makes a component without UID a record of its own', async () => {
    const bare = ['BEGIN:VEVENT', 'DTSTART:20091001T100000Z', 'SUMMARY:Bare', 'UID: ', 'END:VEVENT']
    expect((await recordsOf(inCalendar(...bare, ...bare))).map(({ uid }) => uid)).toEqual([null, null])
  })

  it('keeps overrides together whose master is lost', async () => {
    const records = await recordsOf(
      inCalendar(...override('a', '20091019T090000Z', 'x'), ...override('a', '20091020T090000Z', 'y')),
    )
    expect(records.map(({ components }) => components.length)).toEqual([2])
  })

  it('says so when the file changes between the two readings', async () => {
    let reading = 0
    const open = async function* (): AsyncIterable<Uint8Array> {
      reading++
      yield reading === 1 ? inCalendar(...eventLines('a')) : inCalendar(...eventLines('a'), ...eventLines('b'))
    }
    await expect(async () => {
      for await (const record of readCalendar(open, 'VEVENT')) void record
    }).rejects.toThrow(CalendarChanged)
  })
})

describe('time zones', () => {
  const local = (uid: string, tzid: string): string[] => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTART;TZID=${tzid}:20091012T090000`,
    'SUMMARY:Lunch',
    'END:VEVENT',
  ]
  const zone = (tzid: string, offset: string): string[] =>
    parisZone.map(line => line.replace('Europe/Paris', tzid).replace('TZOFFSETTO:+0100', `TZOFFSETTO:${offset}`))

  it('gives a record exactly the zones it uses, alarms and exceptions included', async () => {
    const [first, second] = await recordsOf(
      inCalendar(
        ...zone('A', '+0100'),
        ...zone('B', '+0100'),
        ...zone('C', '+0100'),
        ...local('a', 'A').toSpliced(-1, 0, 'EXDATE;TZID=B:20091013T090000'),
        ...eventLines('b', 'BEGIN:VALARM', 'TRIGGER;TZID=C;VALUE=DATE-TIME:20091012T080000', 'END:VALARM'),
      ),
    )
    const tzids = (record: typeof first): (string | undefined)[] =>
      record!.timeZones.map(({ lines }) => lines.find(({ name }) => name === 'TZID')?.text)
    expect(tzids(first)).toEqual(['A', 'B'])
    expect(tzids(second)).toEqual(['C'])
  })

  it('takes the definition of its own VCALENDAR, else the last one before, else the first of the file', async () => {
    const file = Buffer.concat([
      inCalendar(...local('early', 'Z')),
      inCalendar(...local('first', 'Z'), ...zone('Z', '+0100')),
      inCalendar(...local('between', 'Z')),
      inCalendar(...zone('Z', '+0700'), ...local('second', 'Z')),
    ])
    const offsets = (await recordsOf(file)).map(
      ({ timeZones }) => timeZones[0]!.components[1]!.lines.find(({ name }) => name === 'TZOFFSETTO')!.text,
    )
    expect(offsets).toEqual(['+0100', '+0100', '+0100', '+0700'])
  })

  it('misses a zone that is neither defined nor known', async () => {
    const [own, iana, global, broken] = await recordsOf(
      inCalendar(
        ...local('a', 'Our Office'),
        ...local('b', 'Europe/Paris'),
        ...local('c', '/example.org/20090101/America/Argentina/Ushuaia'),
        ...local('d', 'Broken'),
        'BEGIN:VTIMEZONE',
        'TZID:Broken',
        'END:VTIMEZONE',
      ),
    )
    expect(own!.assessment).toEqual({ state: 'partial', missing: ['time-zone'] })
    expect(iana!.assessment).toEqual({ state: 'complete' })
    expect(global!.assessment).toEqual({ state: 'complete' })
    expect(broken!.assessment).toEqual({ state: 'partial', missing: ['time-zone'] })
    expect(broken!.timeZones).toEqual([])
  })
})

describe('a broken file', () => {
  it('reads on behind a missing END', async () => {
    const records = await recordsOf(
      inCalendar('BEGIN:VEVENT', 'UID:cut', 'DTSTART:20091001', 'SUMMARY:Cut', ...eventLines('whole'), 'END:VEVENT'),
    )
    expect(records.map(({ uid, assessment }) => [uid, assessment])).toEqual([
      ['cut', { state: 'partial', missing: ['cut-off'] }],
      ['whole', { state: 'complete' }],
    ])
  })

  it('reads components without VCALENDAR, in any case, with any line ends', async () => {
    const lines = ['begin:vevent', 'uid:a', 'dtstart:20091001', 'summary:Fo', ' lded', 'end:vevent']
    for (const end of ['\n', '\r', '\r\n', '\r\r\n']) {
      const [record, ...others] = await recordsOf(Buffer.from(lines.map(line => line + end).join('')))
      expect([record!.title, record!.assessment, others.length]).toEqual(['Folded', { state: 'complete' }, 0])
    }
  })

  it('counts a run of lines outside every component as one damaged record, wherever it stands', async () => {
    const file = Buffer.concat([
      bytesOf('This is no calendar', '', 'at all'),
      inCalendar(...eventLines('a'), 'DTSTART:20091001', 'SUMMARY:Headless', 'END:VEVENT', ...eventLines('b')),
      bytesOf('\0\x01\x02'),
    ])
    const records = await recordsOf(file)
    expect(records.map(({ ordinal, uid, assessment }) => [ordinal, uid, assessment.state])).toEqual([
      [0, null, 'damaged'],
      [1, 'a', 'complete'],
      [2, null, 'damaged'],
      [3, 'b', 'complete'],
      [4, null, 'damaged'],
    ])
    const [{ offset, length }] = records[2]!.parts as [{ offset: number; length: number }]
    expect(file.subarray(offset, offset + length).toString()).toBe(
      'DTSTART:20091001\r\nSUMMARY:Headless\r\nEND:VEVENT\r\n',
    )
  })

  it('counts neither properties of a VCALENDAR nor blank lines', async () => {
    const file = inCalendar(
      '',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Home',
      'NAME:Home',
      '',
      ...eventLines('a'),
      '',
      'END:VTODO',
    )
    expect(await recordsOf(Buffer.concat([Buffer.from('\ufeff'), file, Buffer.from('\0\0\r\n\x1a')]))).toHaveLength(1)
  })

  it('reads UTF-16, parts far from each other included', async () => {
    const padding = farther(15)
    const text = inCalendar(
      ...eventLines('é'),
      ...padding,
      ...override('é', '20091019T090000Z', 'Été'),
      'no line',
    ).toString()
    const file = Buffer.from(`\ufeff${text}`, 'utf16le')
    const records = await recordsOf(file, 'VEVENT', { chunk: 1001 })
    expect(records).toHaveLength(17)
    expect(
      records[0]!.components.map(component => component.lines.find(({ name }) => name === 'SUMMARY')?.text),
    ).toEqual(['Lunch', 'Été'])
    const { offset, length } = records[0]!.parts[1]!
    expect(file.subarray(offset, offset + length).toString('utf16le')).toMatch(/^BEGIN:VEVENT.*END:VEVENT\r\n$/s)
  })

  it('lists components of other kinds and counts them as nothing else', async () => {
    const others: OtherComponent[] = []
    const todo = ['BEGIN:VTODO', 'UID:a', 'END:VTODO']
    const busy = ['BEGIN:VFREEBUSY', 'UID:b', 'END:VFREEBUSY', 'BEGIN:X-OWN', 'BEGIN:X-IN', 'END:X-IN', 'END:X-OWN']
    const file = inCalendar(...parisZone, ...todo, ...eventLines('a'), ...busy)
    const records = await recordsOf(file, 'VEVENT', { onOther: other => others.push(other) })
    expect(records).toHaveLength(1)
    expect(others.map(({ component }) => component)).toEqual(['VTODO', 'VFREEBUSY', 'X-OWN'])
    const { offset, length } = others[0]!
    expect(file.subarray(offset, offset + length).toString()).toBe(`${todo.join('\r\n')}\r\n`)
  })

  it('takes the kind it is asked for', async () => {
    const file = inCalendar(
      ...eventLines('a'),
      'BEGIN:VJOURNAL',
      'UID:b',
      'DESCRIPTION:Said',
      'END:VJOURNAL',
      'BEGIN:VTODO',
      'UID:c',
      'DUE:tomorrow',
      'SUMMARY:Do',
      'END:VTODO',
    )
    const [note] = await recordsOf(file, 'VJOURNAL')
    const [task] = await recordsOf(file, 'VTODO')
    expect([note!.title, note!.assessment]).toEqual([null, { state: 'complete' }])
    expect([task!.title, task!.assessment]).toEqual(['Do', { state: 'partial', missing: ['date-unreadable'] }])
  })
})

describe('assessment', () => {
  const assess = async (...lines: string[]): Promise<unknown> => {
    const [record] = await recordsOf(inCalendar('BEGIN:VEVENT', ...lines, 'END:VEVENT'))
    return record!.assessment
  }
  const partial = (...missing: string[]): unknown => ({ state: 'partial', missing })

  it('says what is missing', async () => {
    expect(await assess('DTSTART:20091001', 'SUMMARY: ')).toEqual(partial('title'))
    expect(await assess('SUMMARY:a')).toEqual(partial('start'))
    expect(await assess('SUMMARY:a', 'DTSTART:20090229')).toEqual(partial('date-unreadable'))
    expect(await assess('SUMMARY:a', 'DTSTART:20091001', 'EXDATE:20091002,soon')).toEqual(partial('date-unreadable'))
    expect(await assess('SUMMARY:a', 'DTSTART:20091001', 'RRULE:FREQ=OFTEN')).toEqual(partial('rule-unreadable'))
    expect(await assess('SUMMARY:a', 'DTSTART:20091001', 'LOCATION:\x02\x03')).toEqual(partial('text-unreadable'))
    expect(await assess('SUMMARY:a', 'DTSTART:20091001', 'what is this')).toEqual(partial('text-unreadable'))
  })

  it('calls damaged what nobody could use', async () => {
    expect(await assess('UID:a', 'DTSTAMP:20091001T000000Z')).toEqual({ state: 'damaged', reason: 'nothing-readable' })
    expect(await recordsOf(bytesOf('\x02\x03'))).toMatchObject([
      { assessment: { state: 'damaged', reason: 'not-text' } },
    ])
    expect(await assess('\x02\x03\x04')).toEqual({ state: 'damaged', reason: 'not-text' })
    const [cut] = await recordsOf(bytesOf('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a', 'SUMM'))
    expect(cut!.assessment).toEqual({ state: 'damaged', reason: 'cut-off' })
  })
})
