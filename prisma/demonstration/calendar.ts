import type { Chance } from '@/prisma/demonstration/chance'
import type { DemoSubscriber } from '@/prisma/demonstration/people'

const texts = {
  en: {
    events: [
      'Dentist',
      'Piano lesson',
      'Lunch with Clara',
      'Team meeting',
      'Grandma’s birthday',
      'Soccer practice',
      'Oil change',
      'Book club',
    ],
    tasks: [
      'Renew passport',
      'Buy cat food',
      'Call the landlord',
      'Return library books',
      'Book train tickets',
      'Fix the bicycle',
    ],
    notes: [
      ['Wi-Fi at the cabin', 'The code is on the fridge.'],
      ['Soup', 'Leeks, potatoes, cream, a little thyme.'],
      ['Gift ideas', 'Scarf, puzzle, jazz record.'],
      ['Parking', 'Level 3, row D.'],
    ],
  },
  fr: {
    events: [
      'Dentiste',
      'Leçon de piano',
      'Dîner avec Céline',
      'Réunion d’équipe',
      'Anniversaire de mamie',
      'Entraînement de soccer',
      'Vidange d’huile',
      'Club de lecture',
    ],
    tasks: [
      'Renouveler le passeport',
      'Acheter la nourriture du chat',
      'Appeler le propriétaire',
      'Rendre les livres',
      'Réserver le train',
      'Réparer le vélo',
    ],
    notes: [
      ['Wi-Fi du chalet', 'Le code est sur le frigo.'],
      ['Soupe', 'Poireaux, pommes de terre, crème, un peu de thym.'],
      ['Idées de cadeaux', 'Foulard, casse-tête, disque de jazz.'],
      ['Stationnement', 'Niveau 3, rangée D.'],
    ],
  },
} as const

const zone = { harbor: 'America/Los_Angeles', boreal: 'America/Toronto' } as const
const offsets = { harbor: ['-0800', '-0700', 'PST', 'PDT'], boreal: ['-0500', '-0400', 'EST', 'EDT'] } as const

function timeZone(carrier: DemoSubscriber['carrier']): string {
  const [standard, daylight, standardName, daylightName] = offsets[carrier]
  return block(
    'BEGIN:VTIMEZONE',
    `TZID:${zone[carrier]}`,
    'BEGIN:DAYLIGHT',
    'DTSTART:20070311T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
    `TZOFFSETFROM:${standard}`,
    `TZOFFSETTO:${daylight}`,
    `TZNAME:${daylightName}`,
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'DTSTART:20071104T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
    `TZOFFSETFROM:${daylight}`,
    `TZOFFSETTO:${standard}`,
    `TZNAME:${standardName}`,
    'END:STANDARD',
    'END:VTIMEZONE',
  )
}

const block = (...lines: string[]): string => lines.map(line => `${line}\r\n`).join('')
const two = (n: number): string => String(n).padStart(2, '0')
const calendar = (body: string): string =>
  `${block('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Sync Service//Recovery//EN')}${body}${block('END:VCALENDAR')}`

export function calendarFile(person: DemoSubscriber, chance: Chance): string {
  const { events } = texts[person.language]
  const count = chance.between(6, 18)
  let body = timeZone(person.carrier)
  for (let i = 0; i < count; i++) {
    const uid = `${person.id.toLowerCase()}-e${i}@sync.example`
    const day = chance.between(1, 28)
    const month = chance.between(9, 12)
    const start = `2009${two(month)}${two(day)}T${two(chance.between(8, 17))}0000`
    const weekly = chance.happens(0.2)
    // What is partial here lost its title; the start is known.
    const titled = person.fate !== 'partial' || i % 3 !== 0
    const common = ['DTSTAMP:20091001T000000Z', `UID:${uid}`]
    body += block(
      'BEGIN:VEVENT',
      ...common,
      `DTSTART;TZID=${zone[person.carrier]}:${start}`,
      'DURATION:PT1H',
      ...(titled ? [`SUMMARY:${events[i % events.length]}`] : []),
      ...(weekly ? ['RRULE:FREQ=WEEKLY;COUNT=8'] : []),
      ...(i === 1
        ? ['ORGANIZER:mailto:organizer@people.example', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:guest@people.example']
        : []),
      'END:VEVENT',
    )
    if (weekly) {
      body += block(
        'BEGIN:VEVENT',
        ...common,
        `RECURRENCE-ID;TZID=${zone[person.carrier]}:${start}`,
        `DTSTART;TZID=${zone[person.carrier]}:${start.slice(0, 9)}190000`,
        'DURATION:PT2H',
        `SUMMARY:${events[i % events.length]}`,
        'END:VEVENT',
      )
    }
  }
  if (person.fate === 'damaged') body += block('BEGIN:VEVENT', '\u0000\u0001\u0002', 'END:VEVENT')
  return calendar(body)
}

export function taskFile(person: DemoSubscriber, chance: Chance): string {
  const { tasks } = texts[person.language]
  let body = ''
  for (let i = 0; i < chance.between(3, 6); i++) {
    body += block(
      'BEGIN:VTODO',
      'DTSTAMP:20091001T000000Z',
      `UID:${person.id.toLowerCase()}-t${i}@sync.example`,
      `SUMMARY:${tasks[i]}`,
      `DUE;VALUE=DATE:200910${two(chance.between(2, 28))}`,
      'STATUS:NEEDS-ACTION',
      'END:VTODO',
    )
  }
  return calendar(body)
}

export function noteFile(person: DemoSubscriber, chance: Chance): string {
  const { notes } = texts[person.language]
  let body = ''
  for (let i = 0; i < chance.between(2, 4); i++) {
    const [title, text] = notes[i]!
    body += block(
      'BEGIN:VJOURNAL',
      'DTSTAMP:20091001T000000Z',
      `UID:${person.id.toLowerCase()}-n${i}@sync.example`,
      `DTSTART;VALUE=DATE:200909${two(chance.between(1, 28))}`,
      `SUMMARY:${title}`,
      `DESCRIPTION:${text.replace(/,/g, '\\,')}`,
      'END:VJOURNAL',
    )
  }
  return calendar(body)
}
