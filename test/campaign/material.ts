import { createHash } from 'node:crypto'
import type { Category } from '@/domain/record/category'
import { nameOfCopy } from '@/domain/restore/plan-files'
import type { AskedRule } from '@/domain/restore/restore-inputs'
import type { Chance } from '@/test/campaign/chance'
import { calendar, card, component, phone, picture } from '@/test/domain/restore/records'

/** What a recovered record meets in the account. */
type Case = 'new' | 'differs' | 'same-person' | 'equal' | 'damaged'
/** How the account's collections are laid out: one calendar for everything, one for each component, or none yet. */
type Layout = 'one-calendar' | 'split' | 'book-only'

const components = { calendar: 'VEVENT', tasks: 'VTODO', notes: 'VJOURNAL' } as const
type InCalendar = keyof typeof components

/** One person: what was recovered for them, what their account holds already, and what the restore must make of it. */
export interface Person {
  name: string
  rule: AskedRule
  /** Files of the bag, below the person's folder. */
  recovered: Record<string, Buffer | string>
  /** Collections of their own before the restore: path below the principal, its component (null takes all), its content. */
  own: { path: string; kind: 'contacts' | 'calendar'; component: string | null; content: string }[]
  ownPhotos: Record<string, Buffer>
  expected: Expected
}

interface Expected {
  /** Records of each category by outcome, as the report must say. */
  counts: Record<Category, Record<string, number>>
  /** How many items of address books and calendars carry each token after the restore. */
  tokens: Map<string, number>
  /** Items in address books and calendars after the restore. */
  items: number
  /** SHA-256 by name of the photos after the restore. */
  photos: Record<string, string>
}

const outcomeOf = (category: Category, what: Case, rule: AskedRule): string => {
  if (what === 'new') return 'created'
  if (what === 'damaged') return 'skipped'
  if (what === 'equal') return 'alreadyPresent'
  if (rule === 'keep_both') return 'keptBoth'
  return rule === 'merge' && category === 'contacts' ? 'merged' : 'skipped'
}

const cases: Record<Category, Case[]> = {
  contacts: [...Array<Case>(10).fill('new'), 'differs', 'same-person', 'equal', 'damaged'],
  calendar: [...Array<Case>(7).fill('new'), 'differs', 'equal'],
  tasks: [...Array<Case>(6).fill('new'), 'differs'],
  notes: [...Array<Case>(6).fill('new'), 'differs'],
  photos: [...Array<Case>(3).fill('new'), 'differs', 'equal', 'damaged'],
}

/** Records of one person in five categories; one contact is there twice. */
export const recordsEach = Object.values(cases).reduce((sum, one) => sum + one.length, 1)

const unreadable = 'BEGIN:VCARD\r\n\u0001\u0000\r\nEND:VCARD\r\n'

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

class Maker {
  readonly expected: Expected = {
    counts: { contacts: {}, calendar: {}, tasks: {}, notes: {}, photos: {} },
    tokens: new Map(),
    items: 0,
    photos: {},
  }

  constructor(
    private readonly name: string,
    private readonly chance: Chance,
    private readonly rule: AskedRule,
  ) {}

  contacts(): { recovered: string; own: string } {
    const recovered: string[] = []
    const own: string[] = [this.card('own-first', 0, this.ours('co-first'))]
    for (const [i, what] of this.shuffled('contacts').entries()) {
      const token = `${this.name}-rec-co${i}x`
      const text = what === 'damaged' ? unreadable : this.card(`c-${i}`, i + 1, token)
      if (what === 'differs') own.push(this.card(`c-${i}`, i + 1, this.ours(`co${i}`), phone(50 + i)))
      if (what === 'same-person') own.push(this.card(`typed-${i}`, i + 1, this.ours(`co${i}`)))
      if (what === 'equal') own.push(text)
      const outcome = this.note('contacts', what)
      if (outcome === 'created' || outcome === 'keptBoth' || what === 'equal') this.newItem(token)
      if (outcome === 'merged') this.expected.tokens.set(token, 1)
      recovered.push(text)
    }
    // The backup holds one of them twice.
    recovered.push(recovered.find(text => text !== unreadable)!)
    this.count('contacts', 'alreadyPresent')
    return { recovered: recovered.join(''), own: own.join('') }
  }

  /** Events, tasks or notes; without a collection of their own there is nothing to differ from. */
  calendar(category: InCalendar, hasOwn: boolean): { recovered: string; own: string[] } {
    const type = components[category]
    const letter = category.slice(0, 2)
    const recovered: string[] = []
    const own: string[] = []
    if (hasOwn) own.push(component(type, `${letter}-own`, this.ours(`${letter}-own`)))
    for (const [i, what] of this.shuffled(category).entries()) {
      const token = `${this.name}-rec-${letter}${i}x`
      const uid = `${letter}-${i}@device.example`
      const text = this.component(category, uid, token, i)
      if (hasOwn && what === 'differs') own.push(component(type, uid, this.ours(`${letter}${i}`)))
      if (hasOwn && what === 'equal') own.push(text)
      const outcome = this.note(category, hasOwn ? what : 'new')
      if (outcome === 'created' || outcome === 'keptBoth' || what === 'equal') this.newItem(token)
      recovered.push(text)
    }
    return { recovered: calendar(...recovered), own }
  }

  photos(): { recovered: Record<string, Buffer>; own: Record<string, Buffer> } {
    const recovered: Record<string, Buffer> = {}
    const own: Record<string, Buffer> = { 'mine.jpg': this.picture(0) }
    for (const [i, what] of this.shuffled('photos').entries()) {
      const name = i % 2 === 0 ? `été ${i}.jpg` : `beach-${i}.jpg`
      const bytes = what === 'damaged' ? Buffer.alloc(0) : this.picture(i + 1)
      recovered[name] = bytes
      if (what === 'differs') own[name] = this.picture(i + 100)
      if (what === 'equal') own[name] = bytes
      const outcome = this.note('photos', what)
      if (outcome === 'created') this.expected.photos[name] = sha(bytes)
      if (outcome === 'keptBoth') this.expected.photos[nameOfCopy(name, sha(bytes))] = sha(bytes)
    }
    for (const [name, bytes] of Object.entries(own)) this.expected.photos[name] = sha(bytes)
    return { recovered, own }
  }

  private shuffled(category: Category): Case[] {
    const order = [...cases[category]]
    for (let i = order.length - 1; i > 0; i--) {
      const j = this.chance.between(0, i)
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    return order
  }

  private card(uid: string, i: number, token: string, number = phone(i)): string {
    const note = 'NOTE:Met in Québec\\, twice\\nLikes rye bread'
    return card(uid, `Given${i} Family${i}`, `TEL;TYPE=CELL:${number}`, `EMAIL:${token}@people.example`, note)
  }

  private component(category: InCalendar, uid: string, token: string, i: number): string {
    const text = 'DESCRIPTION:Bring bread\\, butter\\nand crème brûlée'
    if (category !== 'calendar') return component(components[category], uid, token, text)
    if (i % 3 !== 0) return component('VEVENT', uid, token, text)
    const guest = 'ATTENDEE;CN=Gus:mailto:gus@people.example'
    return [
      component('VEVENT', uid, token, text, 'RRULE:FREQ=WEEKLY;COUNT=8', 'ORGANIZER:mailto:olga@people.example', guest),
      component('VEVENT', uid, `${token} moved`, 'RECURRENCE-ID:20091012T090000Z', guest),
    ].join('\r\n')
  }

  private picture(shade: number): Buffer {
    const mark = createHash('sha256').update(`${this.name} ${shade}`).digest()
    const body = picture(shade, 400 + this.chance.between(0, 4_000))
    mark.copy(body, 40)
    return body
  }

  private ours(what: string): string {
    const token = `${this.name}-own-${what}x`
    this.newItem(token)
    return token
  }

  private newItem(token: string): void {
    this.expected.tokens.set(token, 1)
    this.expected.items++
  }

  private note(category: Category, what: Case): string {
    const outcome = outcomeOf(category, what, this.rule)
    this.count(category, outcome)
    return outcome
  }

  private count(category: Category, outcome: string): void {
    const counts = this.expected.counts[category]
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
}

const rules: AskedRule[] = ['keep_both', 'merge', 'keep_current']
const layouts: Layout[] = ['one-calendar', 'split', 'book-only']

export function makePerson(name: string, chance: Chance): Person {
  const rule = chance.pick(rules)
  const layout = chance.pick(layouts)
  const maker = new Maker(name, chance, rule)
  const contacts = maker.contacts()
  const events = maker.calendar('calendar', layout !== 'book-only')
  const tasks = maker.calendar('tasks', layout !== 'book-only')
  const notes = maker.calendar('notes', layout === 'one-calendar')
  const photos = maker.photos()
  const own: Person['own'] = [{ path: 'book/', kind: 'contacts', component: null, content: contacts.own }]
  const add = (path: string, type: string | null, ...all: string[]) =>
    own.push({ path, kind: 'calendar', component: type, content: calendar(...all) })
  if (layout === 'one-calendar') add('all/', null, ...events.own, ...tasks.own, ...notes.own)
  if (layout === 'split') {
    add('events/', 'VEVENT', ...events.own)
    add('todo/', 'VTODO', ...tasks.own)
  }
  return {
    name,
    rule,
    recovered: {
      'contacts.vcf': contacts.recovered,
      'calendar.ics': events.recovered,
      'tasks.ics': tasks.recovered,
      'notes.ics': notes.recovered,
      ...Object.fromEntries(Object.entries(photos.recovered).map(([file, bytes]) => [`photos/${file}`, bytes])),
    },
    own,
    ownPhotos: photos.own,
    expected: maker.expected,
  }
}
