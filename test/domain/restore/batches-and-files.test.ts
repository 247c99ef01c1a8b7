import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { nameOfCopy } from '@/domain/restore/plan-files'
import type { RecordOutcome } from '@/domain/restore/read-report'
import { reader } from '@/domain/transaction'
import { calendar, card, component, ofEverything, picture } from '@/test/domain/restore/records'
import { countIn, holds, type Place, ScriptedWorld, uidsIn } from '@/test/domain/restore/scripted-place'
import { everything, oneBook } from '@/test/faults/scripted-dav'

// A busy machine takes its time; what is slow here is the machine.
vi.setConfig({ testTimeout: 120_000 })

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

const told = (outcomes: RecordOutcome[]) =>
  outcomes.map(({ record, outcome, reason }) => [record.file, record.ordinal, outcome, reason])

const personOf = async ({ subscriberId }: Place): Promise<string> =>
  (await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: subscriberId } })).accountId

describe('an older and a newer batch taken together', () => {
  it('bring every record of both back once, and say of each what became of it', async () => {
    const place = await at.place({
      files: {
        'contacts.vcf': [
          card('equal', 'Eve Equal', 'TEL:+1 206 555 0101'),
          card('differs', 'Dan Differs', 'TEL:+1 206 555 0102'),
          card('older', 'Olga Older', 'TEL:+1 206 555 0103'),
        ].join(''),
        'photos/same.jpg': picture(1),
        'photos/differs.jpg': picture(2),
      },
    })
    await at.takeIn(
      'newer',
      await personOf(place),
      {
        'contacts.vcf': [
          card('equal', 'Eve Equal', 'TEL:+1 206 555 0101'),
          card('differs', 'Dan Differs', 'TEL:+1 206 555 0199'),
          card('newer', 'Nat Newer', 'TEL:+1 206 555 0104'),
        ].join(''),
        'photos/same.jpg': picture(1),
        'photos/differs.jpg': picture(3),
      },
      '2009-10-09T00:00:00Z',
    )
    const report = await at.world.restore({ ...place, batches: [place.batch, 'newer'], rule: 'keep_current' })
    expect(report.categories.contacts).toMatchObject({
      found: 6,
      created: 4,
      keptBoth: 1,
      alreadyPresent: 1,
      verified: 5,
    })
    expect(report.categories.photos).toMatchObject({
      found: 4,
      created: 2,
      keptBoth: 1,
      alreadyPresent: 1,
      verified: 3,
    })
    expect(told(report.outcomes)).toEqual([
      [`${place.batch}/contacts.vcf`, 0, 'alreadyPresent', 'equal-in-this-restore'],
      [`${place.batch}/contacts.vcf`, 1, 'keptBoth', 'same-uid-twice'],
      [`${place.batch}/photos/differs.jpg`, 0, 'keptBoth', 'same-uid-twice'],
      [`${place.batch}/photos/same.jpg`, 1, 'alreadyPresent', 'equal-in-this-restore'],
    ])
    const cards = Object.values(holds(place.server, '/u/book/'))
    // The newer one keeps the UID.
    expect(cards.find(text => text.includes('UID:differs'))).toContain('555 0199')
    expect(cards.filter(text => text.includes('Dan Differs'))).toHaveLength(2)

    const again = await at.world.restore({ ...place, batches: [place.batch, 'newer'], rule: 'keep_both' })
    expect(again.categories.contacts).toMatchObject({ found: 6, created: 0, keptBoth: 0, alreadyPresent: 6 })
    expect(again.categories.photos).toMatchObject({ found: 4, created: 0, keptBoth: 0, alreadyPresent: 4 })
    // The older alone finds its own copy.
    const older = await at.world.restore({ ...place, batches: [place.batch], rule: 'keep_both' })
    expect(older.categories.contacts).toMatchObject({ found: 3, alreadyPresent: 3 })
    expect(countIn(place.server, '/u/book/')).toBe(5)

    const undone = await at.world.undo(report.request)
    expect(undone.undo).toEqual({ contacts: { removed: 5, untouched: 1 }, photos: { removed: 3, untouched: 1 } })
    expect([countIn(place.server, '/u/book/'), countIn(place.server, '/files/')]).toEqual([0, 0])
  })
})

describe('notes where no collection takes them', () => {
  const notes = calendar(
    component('VJOURNAL', 'n-1', 'Soup', 'DESCRIPTION:Leeks\\, butter\\nand cream – très bon'),
    component('VJOURNAL', 'n-2', 'Soup', 'DESCRIPTION:Another soup'),
    component('VJOURNAL', 'n-3', 'Ideas: a/b?', 'DESCRIPTION:None'),
  )
  const { '/u/journal/': _, ...withoutJournal } = everything
  const refusing = (place: Place): void =>
    place.server.become((request, next) => (request.path.startsWith('/u/notes') ? { status: 403 } : next()))

  it('lie as text files beside the photos, once, and go with the undo', async () => {
    const place = await at.place({
      files: { 'notes.ics': notes, 'photos/p.jpg': picture(1) },
      collections: withoutJournal,
    })
    refusing(place)
    const report = await at.world.restore(place)
    expect(report.categories.notes).toMatchObject({ found: 3, failed: 0, skipped: 0, verified: 3 })
    const files = holds(place.server, '/files/')
    const texts = Object.entries(files).filter(([name]) => name.endsWith('.txt'))
    expect(texts).toHaveLength(3)
    expect(texts.some(([, text]) => text.includes('Leeks, butter\nand cream – très bon'))).toBe(true)
    const again = await at.world.restore(place)
    expect(again.categories.notes).toMatchObject({ found: 3, created: 0, keptBoth: 0, alreadyPresent: 3 })
    const [name, text] = texts[0]!
    place.server.store.put(`/files/${name}`, Buffer.from(`${text}\nmy own words`))
    const undone = await at.world.undo(report.request)
    expect(undone.undo?.notes).toEqual({ removed: 2, spared: 1 })
    expect(Object.keys(holds(place.server, '/files/'))).toEqual([name])
  })

  it('stay a download, said of each, where the account has no folder either', async () => {
    const place = await at.place({
      files: { ...ofEverything(2), 'notes.ics': notes },
      collections: withoutJournal,
      withFiles: false,
    })
    refusing(place)
    const report = await at.world.restore(place)
    expect(report.state).toBe('done')
    expect(report.categories.notes).toMatchObject({ found: 3, skipped: 3, created: 0 })
    expect(report.categories.photos).toMatchObject({ found: 2, skipped: 2, created: 0 })
    expect(report.categories.tasks).toMatchObject({ found: 2, created: 2, verified: 2 })
    expect(report.outcomes.map(({ category, outcome, reason }) => `${category} ${outcome} ${reason}`)).toEqual([
      ...Array.from({ length: 3 }, () => 'notes skipped no-place-for-notes'),
      ...Array.from({ length: 2 }, () => 'photos skipped no-place-for-category'),
    ])
    const undone = await at.world.undo(report.request)
    expect(undone.state).toBe('undone')
  })
})

describe('a collection that is missing', () => {
  it('is made once for the account and found again by the next run', async () => {
    const place = await at.place({
      files: ofEverything(2),
      collections: { ...oneBook, '/files/': everything['/files/']! },
    })
    const report = await at.world.restore(place)
    for (const category of Object.values(report.categories)) expect(category).toMatchObject({ created: 2, verified: 2 })
    const made = [...place.server.store.collections.keys()].filter(path => path.startsWith('/u/'))
    expect(made.sort()).toEqual(['/u/book/', '/u/calendar/', '/u/notes/', '/u/tasks/'])
    const again = await at.world.restore(place)
    for (const category of Object.values(again.categories)) {
      expect(category).toMatchObject({ created: 0, alreadyPresent: 2 })
    }
    expect([...place.server.store.collections.keys()].filter(path => path.startsWith('/u/'))).toHaveLength(4)
  })
})

describe('photos of the same name and other bytes', () => {
  const mine = picture(9)
  const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const make = async (): Promise<Place> => {
    const place = await at.place({
      files: { 'photos/beach.jpg': picture(1), 'photos/été 1.jpg': picture(2), 'photos/same.jpg': mine },
    })
    place.server.store.put('/files/beach.jpg', mine)
    place.server.store.put('/files/same.jpg', mine)
    return place
  }
  const bytesIn = (place: Place): Record<string, string> =>
    Object.fromEntries(
      [...place.server.store.collections.get('/files/')!.items].map(([name, { body }]) => [name, sha(body)]),
    )

  it.each([
    ['keep_current', 'skipped', 'kept-current'],
    ['merge', 'skipped', 'cannot-be-merged'],
  ] as const)('stay as they are under %s', async (rule, outcome, reason) => {
    const place = await make()
    const report = await at.world.restore({ ...place, rule })
    expect(told(report.outcomes)).toEqual([
      ['photos/beach.jpg', 0, outcome, reason],
      ['photos/same.jpg', 1, 'alreadyPresent', 'equal-in-account'],
    ])
    expect(bytesIn(place)).toEqual({
      'beach.jpg': sha(mine),
      'same.jpg': sha(mine),
      'été 1.jpg': sha(picture(2)),
    })
  })

  it('lie beside each other under keep_both, the same in every run, and the undo leaves the own one', async () => {
    const place = await make()
    const before = bytesIn(place)
    const report = await at.world.restore({ ...place, rule: 'keep_both' })
    expect(report.categories.photos).toMatchObject({
      found: 3,
      created: 1,
      keptBoth: 1,
      alreadyPresent: 1,
      verified: 2,
    })
    const copy = nameOfCopy('beach.jpg', sha(picture(1)))
    expect(bytesIn(place)).toEqual({ ...before, [copy]: sha(picture(1)), 'été 1.jpg': sha(picture(2)) })
    const again = await at.world.restore({ ...place, rule: 'keep_both' })
    expect(again.categories.photos).toMatchObject({ created: 0, keptBoth: 0, alreadyPresent: 3 })
    // Something else has come to lie at the copy's name meanwhile: it stays.
    place.server.store.put(`/files/${copy}`, Buffer.from('other'))
    const third = await at.world.restore({ ...place, rule: 'keep_both' })
    expect(told(third.outcomes)[0]).toEqual(['photos/beach.jpg', 0, 'failed', 'name-taken'])
    expect(place.server.store.item(`/files/${copy}`)?.body.toString()).toBe('other')
    place.server.store.put(`/files/${copy}`, picture(1))
    expect((await at.world.undo(report.request)).undo?.photos).toEqual({ removed: 2, untouched: 1 })
    expect(bytesIn(place)).toEqual(before)
  })
})

describe('records without a UID', () => {
  it('are the same records in every run, equal ones each of their own', async () => {
    const twins = card(null, 'Tim Twin', 'TEL:+1 206 555 0105').repeat(3)
    const place = await at.place({ files: { 'contacts.vcf': twins + card(null, 'Una Uno', 'TEL:+1 206 555 0106') } })
    const report = await at.world.restore(place)
    expect(report.categories.contacts).toMatchObject({ found: 4, created: 4, verified: 4 })
    expect(new Set(uidsIn(place.server, '/u/book/')).size).toBe(4)
    const again = await at.world.restore(place)
    expect(again.categories.contacts).toMatchObject({ found: 4, created: 0, alreadyPresent: 4 })
    place.server.store.collections
      .get('/u/book/')!
      .items.delete(Object.entries(holds(place.server, '/u/book/')).find(([, text]) => text.includes('Una'))![0])
    const third = await at.world.restore(place)
    expect(third.categories.contacts).toMatchObject({ found: 4, created: 1, alreadyPresent: 3 })
    expect(countIn(place.server, '/u/book/')).toBe(4)
  })
})
