import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { debianPython, describeWith } from '@/test/support/programs'
import { type DavServer, startRadicale } from '@/test/support/radicale'
import { RestoreWorld } from '@/test/support/restore-world'

vi.setConfig({ testTimeout: 120_000 })

const run = promisify(execFile)
const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`

const cards = [
  lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    'UID:c-1@device.example',
    'N:Lefèvre;Zoé;Anne;Dr.;',
    'FN:Dr. Zoé Anne Lefèvre',
    'ORG:Crème & Cie\\, Ltd.;R\\;D',
    'TEL;TYPE=CELL:+1 206 555 0101',
    'TEL;TYPE=HOME,VOICE:(206) 555-0102',
    'EMAIL;TYPE=INTERNET:zoe@people.example',
    'ADR;TYPE=HOME:;;12 rue du Port\\, apt 3;Québec;QC;G1K 1A1;Canada',
    'BDAY:1975-03-09',
    'NOTE:Likes rye bread\\, butter\\; no "jam".\\nSecond line — with an em dash and a ve',
    ' ry long tail that had to be folded\\, twice\\, because it would not',
    '  fit 🙂',
    'END:VCARD',
  ),
  lines(
    'BEGIN:VCARD',
    'VERSION:2.1',
    'UID:c-2@device.example',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg',
    'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller',
    'TEL;CELL;PREF:+12065550103',
    'TEL;WORK:+12065550104',
    'EMAIL;INTERNET:joerg@people.example',
    'NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:First line=0D=0Asecond, line; with=',
    ' a soft break=3D',
    'END:VCARD',
  ),
  lines(
    'BEGIN:VCARD',
    'VERSION:2.1',
    'UID:c-3@device.example',
    'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Gagn=E9;Ren=E9',
    'FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ren=E9 Gagn=E9',
    'TEL;HOME:+12065550105',
    'END:VCARD',
  ),
  lines(
    'BEGIN:VCARD',
    'VERSION:4.0',
    'UID:c-4@device.example',
    'FN:Åsa Öberg',
    'N:Öberg;Åsa;;;',
    'TEL;VALUE=uri;TYPE="voice,home":tel:+1-206-555-0106',
    'EMAIL;TYPE=work:asa@people.example',
    'BDAY:19800229',
    'NOTE:Comma\\, semicolon\\; newline\\nend',
    'END:VCARD',
  ),
]

const contacts = [
  {
    uid: 'c-1@device.example',
    fn: 'Dr. Zoé Anne Lefèvre',
    n: ['Lefèvre', 'Zoé', 'Anne', 'Dr.', ''],
    org: ['Crème & Cie, Ltd.', 'R;D'],
    tel: [
      ['CELL', '+1 206 555 0101'],
      ['HOME', '(206) 555-0102'],
    ],
    email: [['', 'zoe@people.example']],
    adr: [['12 rue du Port, apt 3', 'Québec', 'QC', 'G1K 1A1', 'Canada']],
    bday: '1975-03-09',
    note: 'Likes rye bread, butter; no "jam".\nSecond line — with an em dash and a very long tail that had to be folded, twice, because it would not fit 🙂',
  },
  {
    uid: 'c-2@device.example',
    fn: 'Jörg Müller',
    n: ['Müller', 'Jörg', '', '', ''],
    org: [],
    tel: [
      ['CELL', '+12065550103'],
      ['WORK', '+12065550104'],
    ],
    email: [['', 'joerg@people.example']],
    adr: [],
    bday: null,
    note: 'First line\nsecond, line; with a soft break=',
  },
  {
    uid: 'c-3@device.example',
    fn: 'René Gagné',
    n: ['Gagné', 'René', '', '', ''],
    org: [],
    tel: [['HOME', '+12065550105']],
    email: [],
    adr: [],
    bday: null,
    note: null,
  },
  {
    uid: 'c-4@device.example',
    fn: 'Åsa Öberg',
    n: ['Öberg', 'Åsa', '', '', ''],
    org: [],
    tel: [['HOME', '+1-206-555-0106']],
    email: [['WORK', 'asa@people.example']],
    adr: [],
    bday: '19800229',
    note: 'Comma, semicolon; newline\nend',
  },
]

const calendarFile = lines(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//example//device//EN',
  'METHOD:PUBLISH',
  'BEGIN:VTIMEZONE',
  'TZID:Harbor',
  'BEGIN:DAYLIGHT',
  'DTSTART:20070311T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
  'TZOFFSETFROM:-0800',
  'TZOFFSETTO:-0700',
  'TZNAME:PDT',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:20071104T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
  'TZOFFSETFROM:-0700',
  'TZOFFSETTO:-0800',
  'TZNAME:PST',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:e-1@device.example',
  'DTSTAMP:20090901T000000Z',
  'DTSTART;TZID=Harbor:20091005T090000',
  'DTEND;TZID=Harbor:20091005T103000',
  'RRULE:FREQ=WEEKLY;COUNT=6',
  'EXDATE;TZID=Harbor:20091019T090000',
  'SUMMARY:Réunion\\, hebdo',
  'DESCRIPTION:First\\nSecond\\; third\\, fourth – ça va',
  'LOCATION:Salle 4\\, Québec',
  'ORGANIZER;CN="Olga; Chair":mailto:olga@people.example',
  'ATTENDEE;CN=Gus;PARTSTAT=ACCEPTED:mailto:gus@people.example',
  'ATTENDEE;CN="Hal, Jr.";PARTSTAT=NEEDS-ACTION:mailto:hal@people.example',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'DESCRIPTION:Soon',
  'TRIGGER:-PT15M',
  'END:VALARM',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:e-1@device.example',
  'DTSTAMP:20090901T000000Z',
  'RECURRENCE-ID;TZID=Harbor:20091012T090000',
  'DTSTART;TZID=Harbor:20091012T140000',
  'DTEND;TZID=Harbor:20091012T150000',
  'SUMMARY:Réunion\\, plus tard',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:e-2@device.example',
  'DTSTAMP:20090901T000000Z',
  'DTSTART;VALUE=DATE:20091224',
  'DTEND;VALUE=DATE:20091227',
  'SUMMARY:Holidays',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:e-3@device.example',
  'DTSTAMP:20090901T000000Z',
  'DTSTART:20091101T170000Z',
  'DURATION:PT45M',
  'SUMMARY:Call',
  'STATUS:TENTATIVE',
  'END:VEVENT',
  'END:VCALENDAR',
)

const events = [
  {
    uid: 'e-1@device.example',
    dtstart: '2009-10-05T16:00:00Z',
    dtend: '2009-10-05T17:30:00Z',
    rrule: 'FREQ=WEEKLY;COUNT=6',
    exdate: ['2009-10-19T16:00:00Z'],
    summary: 'Réunion, hebdo',
    description: 'First\nSecond; third, fourth – ça va',
    location: 'Salle 4, Québec',
    organizer: [['mailto:olga@people.example', 'Olga; Chair']],
    attendee: [
      ['mailto:gus@people.example', 'Gus', 'ACCEPTED'],
      ['mailto:hal@people.example', 'Hal, Jr.', 'NEEDS-ACTION'],
    ],
    alarms: ['-1 day, 23:45:00'],
  },
  {
    uid: 'e-1@device.example',
    'recurrence-id': '2009-10-12T16:00:00Z',
    dtstart: '2009-10-12T21:00:00Z',
    dtend: '2009-10-12T22:00:00Z',
    summary: 'Réunion, plus tard',
  },
  { uid: 'e-2@device.example', dtstart: '2009-12-24', dtend: '2009-12-27', summary: 'Holidays' },
  { uid: 'e-3@device.example', dtstart: '2009-11-01T17:00:00Z', summary: 'Call', status: 'TENTATIVE' },
]

const entries = (type: string, ...all: string[][]): string =>
  lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//example//device//EN',
    ...all.flatMap(body => [`BEGIN:${type}`, 'DTSTAMP:20090901T000000Z', ...body, `END:${type}`]),
    'END:VCALENDAR',
  )

const tasksFile = entries(
  'VTODO',
  ['UID:t-1@device.example', 'SUMMARY:Acheter du pain\\, du beurre', 'DUE;VALUE=DATE:20091031', 'PRIORITY:1'],
  ['UID:t-2@device.example', 'SUMMARY:Call back', 'DUE:20091015T170000Z', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:40'],
  ['UID:t-3@device.example', 'SUMMARY:Done long ago', 'STATUS:COMPLETED', 'COMPLETED:20090815T120000Z'],
)
const tasks = [
  { uid: 't-1@device.example', summary: 'Acheter du pain, du beurre', due: '2009-10-31', priority: '1' },
  {
    uid: 't-2@device.example',
    summary: 'Call back',
    due: '2009-10-15T17:00:00Z',
    status: 'IN-PROCESS',
    'percent-complete': '40',
  },
  { uid: 't-3@device.example', summary: 'Done long ago', status: 'COMPLETED', completed: '2009-08-15T12:00:00Z' },
]

const notesFile = entries(
  'VJOURNAL',
  [
    'UID:n-1@device.example',
    'DTSTART;VALUE=DATE:20090704',
    'SUMMARY:Soupe à l’oignon',
    'DESCRIPTION:Six oignons\\, 50 g de beurre\\;\\nune heure\\n\\nBon appétit 🙂 \\\\o/',
  ],
  ['UID:n-2@device.example', 'SUMMARY:Empty'],
)
const notes = [
  {
    uid: 'n-1@device.example',
    dtstart: '2009-07-04',
    summary: 'Soupe à l’oignon',
    description: 'Six oignons, 50 g de beurre;\nune heure\n\nBon appétit 🙂 \\o/',
  },
  { uid: 'n-2@device.example', summary: 'Empty' },
]

describeWith(['radicale', 'python3-vobject'], 'what was restored into Radicale', () => {
  let world: RestoreWorld
  let radicale: DavServer
  beforeAll(async () => {
    radicale = await startRadicale()
    world = await RestoreWorld.begin()
  })
  afterAll(async () => {
    await world?.end()
    await radicale?.stop()
  })

  const readBack = async (collection: string): Promise<unknown> => {
    const script = path.join(projectRoot, 'test/domain/restore/read_back.py')
    const { stdout } = await run(debianPython, [
      script,
      `${radicale.url}alice/${collection}/`,
      radicale.username,
      radicale.password,
    ])
    return JSON.parse(stdout)
  }

  it('reads back with equal meaning by python3-vobject, and asked for again it is there already', async () => {
    const subscriberId = await world.subscriber('R-1')
    await world.batch('read-back', {
      'R-1/contacts.vcf': Buffer.concat(cards.map(text => Buffer.from(text))),
      'R-1/calendar.ics': calendarFile,
      'R-1/tasks.ics': tasksFile,
      'R-1/notes.ics': notesFile,
    })
    const { url, username, password } = radicale
    const accountId = await world.account(subscriberId, { kind: 'dav', url, username, password })
    const report = await world.restore({ subscriberId, accountId })
    expect(report.outcomes).toEqual([])
    for (const { found, created, verified } of Object.values(report.categories)) {
      expect([created, verified]).toEqual([found, found])
    }
    expect(await readBack('contacts')).toEqual(contacts)
    expect(await readBack('calendar')).toEqual(events)
    expect(await readBack('tasks')).toEqual(tasks)
    expect(await readBack('notes')).toEqual(notes)

    const again = await world.restore({ subscriberId, accountId, rule: 'keep_both' })
    for (const { found, alreadyPresent } of Object.values(again.categories)) expect(alreadyPresent).toBe(found)
  })

  it('reads back with both sides’ values where it was merged', async () => {
    const subscriberId = await world.subscriber('R-2')
    await world.batch('merged', { 'R-2/contacts.vcf': cards[0]!.replace('FN:', 'TITLE:Chef\r\nFN:') })
    const { url, username, password } = radicale
    const accountId = await world.account(subscriberId, { kind: 'dav', url, username, password })
    const text = lines(
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:typed@phone.example',
      'N:Lefèvre;Zoé;;;',
      'FN:Zoé Lefèvre',
      'TEL;TYPE=CELL:+12065550101',
      'EMAIL:new@people.example',
      'NOTE:The newer note\\, kept',
      'END:VCARD',
    )
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
    // A card in the place of the whole collection: Radicale replaces all that was in it.
    const headers = { authorization, 'content-type': 'text/vcard' }
    const put = await fetch(`${url}alice/contacts/`, { method: 'PUT', headers, body: text })
    expect(put.status).toBe(201)
    const before = await readBack('contacts')
    const report = await world.restore({ subscriberId, accountId, rule: 'merge' })
    expect(report.categories.contacts).toMatchObject({ found: 1, merged: 1, verified: 1 })
    expect(await readBack('contacts')).toEqual([
      {
        ...contacts[0],
        uid: 'typed@phone.example',
        fn: 'Zoé Lefèvre',
        n: ['Lefèvre', 'Zoé', '', '', ''],
        tel: [
          ['CELL', '+12065550101'],
          ['HOME', '(206) 555-0102'],
        ],
        email: [
          ['', 'new@people.example'],
          ['', 'zoe@people.example'],
        ],
        note: 'The newer note, kept',
      },
    ])
    await world.undo(report.request)
    expect(await readBack('contacts')).toEqual(before)
  })
})
