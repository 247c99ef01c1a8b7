import { createHash } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { calendarFile, noteFile, taskFile } from '@/prisma/demonstration/calendar'
import { Chance, seedOf } from '@/prisma/demonstration/chance'
import {
  card3,
  card4,
  card21,
  contactsOf,
  type DemoContact,
  nameOnly,
  unreadableCard,
} from '@/prisma/demonstration/contacts'
import { crowd } from '@/prisma/demonstration/crowd-people'
import { type DemoSubscriber, subscribers } from '@/prisma/demonstration/people'
import { landscape } from '@/prisma/demonstration/photos'

type Files = Map<string, Buffer>

export const demoBatches = [
  {
    name: '2009-10-15-contacts',
    asOf: '2009-10-01T19:00:00Z',
    label: 'recovery-1',
    fill: (files: Files) => contactFiles(files, subscribers),
  },
  { name: '2009-10-21-calendar-tasks', asOf: '2009-10-01T19:00:00Z', label: 'recovery-2', fill: calendarFiles },
  { name: '2009-10-27-notes-photos', asOf: '2009-09-29T19:00:00Z', label: 'recovery-3', fill: noteAndPhotoFiles },
  {
    ...{ name: '2009-10-29-contacts-again', asOf: '2009-10-01T20:00:00Z', label: 'recovery-4' },
    fill: (files: Files) => contactFiles(files, crowd),
  },
] as const

/** The same chance for one subscriber's contacts wherever they are asked for: the bag and the device tell one story. */
export const contactsIn2009 = (person: DemoSubscriber): DemoContact[] =>
  contactsOf(person, new Chance(seedOf(`${person.id} contacts`)))

/** Writes the recovery batches as bags, each made aside and moved into place whole. */
export async function writeBags(root: string): Promise<void> {
  await mkdir(root, { recursive: true })
  for (const batch of demoBatches) {
    const files: Files = new Map()
    await batch.fill(files)
    await writeBag(path.join(root, batch.name), files, [
      ['Homeward-Incident', 'october-2009'],
      ['Homeward-As-Of', batch.asOf],
      ['External-Identifier', batch.label],
    ])
  }
}

async function writeBag(directory: string, payload: Files, info: [string, string][]): Promise<void> {
  const aside = `${directory}.writing`
  // An earlier telling may have been interrupted: it begins again from nothing.
  for (const left of [aside, directory]) await rm(left, { recursive: true, force: true })
  const octets = [...payload.values()].reduce((sum, bytes) => sum + bytes.length, 0)
  const label = [...info, ['Payload-Oxum', `${octets}.${payload.size}`]].map(([name, value]) => `${name}: ${value}\n`)
  const tags: Files = new Map([
    ['bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')],
    ['bag-info.txt', Buffer.from(label.join(''))],
    ['manifest-sha256.txt', manifest(payload)],
  ])
  tags.set('tagmanifest-sha256.txt', manifest(tags))
  for (const [name, bytes] of [...payload, ...tags]) {
    const file = path.join(aside, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
  await rename(aside, directory)
}

const manifest = (files: Files): Buffer =>
  Buffer.from(
    [...files].map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`).join(''),
  )

async function contactFiles(files: Files, people: readonly DemoSubscriber[]): Promise<void> {
  const expected: string[] = []
  for (const person of people) {
    const all = contactsIn2009(person)
    const chance = new Chance(seedOf(`${person.id} recovery`))
    // One in six has not a single contact back, and knows how many there were.
    if (person.fate === 'missing') {
      expected.push(`${person.id},contacts,${all.length}`)
      continue
    }
    const lost = person.fate === 'well' ? 0 : Math.floor(all.length * 0.4)
    if (!chance.happens(0.2)) expected.push(`${person.id},contacts,${all.length}`)
    const cards: Buffer[] = all.slice(0, all.length - lost).map((contact, i) => {
      const left = person.fate === 'partial' && i % 2 === 0 ? nameOnly(contact) : contact
      return Buffer.from(cardWriter(person, i)(left))
    })
    if (person.fate === 'damaged') for (let i = 0; i < 3; i++) cards.splice(2 + i * 4, 0, unreadableCard(chance))
    files.set(`data/${person.id}/contacts.vcf`, Buffer.concat(cards))
  }
  // Somebody whom neither carrier knows: intake lists it as an exception.
  if (people === subscribers)
    files.set('data/XX-9999/contacts.vcf', Buffer.from(card3(contactsIn2009(subscribers[0]!)[0]!)))
  files.set('data/expected.csv', Buffer.from(`subscriber,category,count\n${expected.join('\n')}\n`))
}

/** Old phones wrote 2.1, the web 3.0, newer software 4.0: a subscriber's file is mostly of one kind. */
function cardWriter(person: DemoSubscriber, i: number): (contact: DemoContact) => string {
  const writers = [card21, card3, card3, card4]
  return writers[(seedOf(person.id) + (i % 5 === 0 ? 1 : 0)) % writers.length]!
}

async function calendarFiles(files: Files): Promise<void> {
  for (const person of subscribers) {
    const chance = new Chance(seedOf(`${person.id} calendar`))
    files.set(`data/${person.id}/calendar.ics`, Buffer.from(calendarFile(person, chance)))
    if (person.fate !== 'missing') files.set(`data/${person.id}/tasks.ics`, Buffer.from(taskFile(person, chance)))
  }
}

async function noteAndPhotoFiles(files: Files): Promise<void> {
  const expected: string[] = []
  for (const [i, person] of subscribers.entries()) {
    const chance = new Chance(seedOf(`${person.id} notes`))
    files.set(`data/${person.id}/notes.ics`, Buffer.from(noteFile(person, chance)))
    const photos = chance.between(3, 7)
    for (let p = 0; p < photos; p++) {
      const whole = await landscape(chance)
      const cutOff = person.fate === 'partial' && p === 0
      const empty = person.fate === 'damaged' && p === 1
      const bytes = empty ? Buffer.alloc(0) : cutOff ? whole.subarray(0, whole.length >> 1) : whole
      files.set(`data/${person.id}/photos/IMG_${String(100 + p * 3).padStart(4, '0')}.jpg`, bytes)
    }
    if (i % 2 === 0) expected.push(`${person.id},photos,${photos + (person.fate === 'well' ? 0 : 4)}`)
  }
  files.set('data/expected.csv', Buffer.from(`subscriber,category,count\n${expected.join('\n')}\n`))
}
