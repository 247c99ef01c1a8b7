import { pathToFileURL } from 'node:url'
import ICAL from 'ical.js'
import { readCards } from '@/formats/vcard/read-cards'

const cardCount = 10_000
const chunkBytes = 64 * 1024
const rounds = 15

const givenNames = ['Anna', 'Benoît', 'Chloé', 'David', 'Emma', 'Farid', 'Grace', 'Hugo', 'Inès', 'Jean']
const familyNames = ['Martin', 'Smith', 'Lefèvre', 'Nguyen', 'García', 'Brown', 'Dubois', 'Khan', 'Müller', 'Tremblay']
const towns = ['Springfield;IL;62701;USA', 'Lyon;;69002;France', 'Toronto;ON;M5V 2T6;Canada']

/** Contacts as a telephone of the time exported them: vCard 3.0, some ten lines each. */
function contacts(count: number): Buffer {
  const cards: string[] = []
  for (let i = 0; i < count; i++) {
    const given = givenNames[i % 10]!
    const family = familyNames[Math.floor(i / 10) % 10]!
    const line = String(100 + (i % 100)).slice(1)
    cards.push(
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:contact-${i}@example.org`,
      `N:${family};${given};;;`,
      `FN:${given} ${family}`,
      `TEL;TYPE=CELL:+1 202 555 01${line}`,
      `TEL;TYPE=HOME,VOICE:+1 (303) 555-01${line}`,
      `EMAIL;TYPE=INTERNET:contact.${i}@example.org`,
      `ADR;TYPE=HOME:;;${i} Main Street;${towns[i % 3]}`,
      `ORG:Example ${i % 50} Inc.;Sales`,
      `NOTE:Met in ${2000 + (i % 9)}\\, at the fair\\; likes tea`,
      'REV:20091001T000000Z',
      'END:VCARD',
    )
  }
  return Buffer.from(`${cards.join('\r\n')}\r\n`, 'utf8')
}

async function* chunksOf(bytes: Buffer): AsyncIterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes)
}

/** Every record assessed, every line's name, parameters and text decoded; seconds. */
async function timeOurs(bytes: Buffer): Promise<number> {
  const started = performance.now()
  let records = 0
  let complete = 0
  let characters = 0
  for await (const card of readCards(chunksOf(bytes))) {
    records++
    if (card.assessment.state === 'complete') complete++
    for (const line of card.lines) characters += line.name.length + line.params.length + line.text.length
  }
  const seconds = (performance.now() - started) / 1000
  if (records !== cardCount || complete !== cardCount || characters === 0)
    throw new Error('The reader read something else')
  return seconds
}

/** The same bytes as text through ICAL.parse; seconds. */
function timeTheirs(bytes: Buffer): number {
  const started = performance.now()
  const parsed: unknown = ICAL.parse(bytes.toString('utf8'))
  const seconds = (performance.now() - started) / 1000
  if (!Array.isArray(parsed) || parsed.length !== cardCount) throw new Error('ical.js read something else')
  return seconds
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

export interface ContentReaderFigure {
  name: string
  ratio: number
  target: number
  ours: number
  theirs: number
  unit: string
}

/** Records per second of the vCard reader and of ical.js, in turn on the same 10,000 cards: medians, the ratio of the rounds'. */
export async function benchContentReader(): Promise<ContentReaderFigure> {
  const bytes = contacts(cardCount)
  const ours: number[] = []
  const theirs: number[] = []
  const ratios: number[] = []
  for (let round = -2; round < rounds; round++) {
    const first = await timeOurs(bytes)
    const second = timeTheirs(bytes)
    if (round < 0) continue
    ours.push(first)
    theirs.push(second)
    ratios.push(second / first)
  }
  return {
    name: 'content reader with fields decoded and records assessed : ical.js parse, 10,000 vCards',
    ratio: Number(median(ratios).toFixed(2)),
    target: 3,
    ours: Math.round(cardCount / median(ours)),
    theirs: Math.round(cardCount / median(theirs)),
    unit: 'records/s',
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(await benchContentReader(), null, 2))
}
