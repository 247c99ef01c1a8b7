import type { Chance } from '@/prisma/demonstration/chance'
import type { DemoSubscriber } from '@/prisma/demonstration/people'

/** One contact of the story, before it is written as a card. */
export interface DemoContact {
  uid: string
  given: string
  family: string
  phone: string | null
  email: string | null
  organization: string | null
  note: string | null
}

const given = {
  en: [
    'Alice',
    'Ben',
    'Clara',
    'David',
    'Emma',
    'Frank',
    'Gwen',
    'Henry',
    'Iris',
    'Jack',
    'Kate',
    'Liam',
    'Mona',
    'Nate',
    'Olga',
    'Paul',
  ],
  fr: [
    'Agnès',
    'Benoît',
    'Céline',
    'Denis',
    'Édith',
    'Félix',
    'Gisèle',
    'Hervé',
    'Irène',
    'Jérôme',
    'Léa',
    'Manon',
    'Noémie',
    'Rémi',
  ],
}
const family = {
  en: [
    'Abbott',
    'Barnes',
    'Carver',
    'Dalton',
    'Ellis',
    'Foster',
    'Garner',
    'Hayes',
    'Irwin',
    'Jensen',
    'Keller',
    'Lowell',
    'Mercer',
  ],
  fr: [
    'Arsenault',
    'Bouchard',
    'Caron',
    'Dubé',
    'Fortin',
    'Girard',
    'Hébert',
    'Lévesque',
    'Ménard',
    'Ouellet',
    'Poirier',
    'Rivière',
  ],
}
const work = {
  en: ['Pier Nine Coffee', 'City Library', 'Lakeview Clinic', 'Blue Door Books'],
  fr: ['Café du Quai', 'Bibliothèque de la Ville', 'Clinique du Lac', 'Librairie L’Érable'],
}

/** The contacts a subscriber had: enough of them that the loss hurts, every name and number invented. */
export function contactsOf(person: DemoSubscriber, chance: Chance): DemoContact[] {
  const { language } = person
  const area = person.carrier === 'harbor' ? '206' : '418'
  return Array.from({ length: chance.between(14, 42) }, (_, i) => {
    const first = chance.pick(given[language])
    const last = chance.pick(family[language])
    const handle = `${first}.${last}`
      .normalize('NFD')
      .replace(/[^A-Za-z.]/g, '')
      .toLowerCase()
    return {
      uid: `${person.id.toLowerCase()}-c${i}@sync.example`,
      given: first,
      family: last,
      phone: `+1 ${area} 555 01${String((i * 7 + 3) % 100).padStart(2, '0')}`,
      email: chance.happens(0.6) ? `${handle}${i}@people.example` : null,
      organization: chance.happens(0.3) ? chance.pick(work[language]) : null,
      note: chance.happens(0.12)
        ? language === 'fr'
          ? 'Rencontré à la fête; aime les tartes'
          : 'Met at the lake; likes rye bread'
        : null,
    }
  })
}

const escapeText = (text: string): string => text.replace(/([\\,;])/g, '\\$1').replace(/\n/g, '\\n')
const lines = (...all: (string | null)[]): string => `${all.filter(line => line !== null).join('\r\n')}\r\n`

export function card3(contact: DemoContact): string {
  return lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${contact.uid}`,
    `N:${escapeText(contact.family)};${escapeText(contact.given)};;;`,
    `FN:${escapeText(`${contact.given} ${contact.family}`)}`,
    contact.phone && `TEL;TYPE=CELL:${contact.phone}`,
    contact.email && `EMAIL;TYPE=INTERNET:${contact.email}`,
    contact.organization && `ORG:${escapeText(contact.organization)}`,
    contact.note && `NOTE:${escapeText(contact.note)}`,
    'END:VCARD',
  )
}

/** As older phones wrote it: vCard 2.1, bare types, quoted-printable where a letter needs it. */
export function card21(contact: DemoContact): string {
  const name = `${contact.family};${contact.given};;;`
  return lines(
    'BEGIN:VCARD',
    'VERSION:2.1',
    `UID:${contact.uid}`,
    /^[\x20-\x7e]*$/.test(name) ? `N:${name}` : `N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quotedPrintable(name)}`,
    contact.phone && `TEL;CELL;VOICE:${contact.phone}`,
    contact.email && `EMAIL;INTERNET:${contact.email}`,
    contact.note && `NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quotedPrintable(contact.note)}`,
    'END:VCARD',
  )
}

export function card4(contact: DemoContact): string {
  return lines(
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${contact.uid}`,
    `FN:${escapeText(`${contact.given} ${contact.family}`)}`,
    `N:${escapeText(contact.family)};${escapeText(contact.given)};;;`,
    contact.phone && `TEL;VALUE=uri;TYPE=cell:tel:${contact.phone.replace(/ /g, '-')}`,
    contact.email && `EMAIL:${contact.email}`,
    'END:VCARD',
  )
}

/** A name and nothing else, as one reported in 2009: 64 of 300 contacts back, with names and no numbers. */
export const nameOnly = (contact: DemoContact): DemoContact => ({ ...contact, phone: null, email: null })

/** What a failed disk leaves of a card. */
export function unreadableCard(chance: Chance): Buffer {
  const noise = Buffer.from(Array.from({ length: 96 }, () => chance.between(128, 255)))
  return Buffer.concat([Buffer.from('BEGIN:VCARD\r\n'), noise, Buffer.from('\r\nEND:VCARD\r\n')])
}

const quotedPrintable = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map(byte =>
      byte > 126 || byte < 32 || byte === 61
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('')
