import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyOfUid, resourceName } from '@/domain/restore/plan-entry'
import { calendar, component } from '@/test/domain/restore/records'
import { RestoreWorld } from '@/test/support/restore-world'

let world: RestoreWorld
beforeAll(async () => {
  world = await RestoreWorld.begin()
})
afterAll(() => world?.end())

const card = (uid: string | null, name: string, ...more: string[]): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    ...(uid ? [`UID:${uid}`] : []),
    `N:${name.split(' ').reverse().join(';')};;;`,
    `FN:${name}`,
    ...more,
    'END:VCARD',
    '',
  ].join('\r\n')

async function contents(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const name of (await readdir(folder).catch(() => [])).filter(one => !one.startsWith('.'))) {
    files[name] = await readFile(path.join(folder, name), 'utf8')
  }
  return files
}

describe('contacts into a folder account', () => {
  it('creates every record once, creates nothing the second time, and undo gives the account back', async () => {
    const subscriberId = await world.subscriber('S-1')
    await world.batch('b1', {
      'S-1/contacts.vcf': [
        card('a@x', 'Ada Lane', 'TEL;TYPE=CELL:+1 206 555 0101'),
        card(null, 'Bo Hill', 'EMAIL:bo@people.example'),
        card(null, 'Bo Hill', 'EMAIL:bo@people.example'),
        'BEGIN:VCARD\r\n\xff\xfe\x00\x01\r\nEND:VCARD\r\n',
        card('a@x', 'Ada Lane', 'TEL;TYPE=CELL:+1 206 555 0102'),
        card('c@x', 'Cy Name Only'),
      ].join(''),
    })
    const account = await world.vdir(subscriberId)
    await mkdir(path.join(account.folder, 'contacts'), { recursive: true })
    await writeFile(path.join(account.folder, 'contacts', 'mine.vcf'), card('z@y', 'Zed Own', 'TEL:+1 206 555 0150'))
    const before = await contents(path.join(account.folder, 'contacts'))

    const report = await world.restore({ subscriberId, accountId: account.id })
    expect(report.state).toBe('done')
    const contacts = report.categories.contacts!
    expect(contacts).toMatchObject({
      found: 6,
      recovered: 5,
      created: 4,
      keptBoth: 1,
      skipped: 1,
      damaged: 1,
      failed: 0,
      verified: 5,
    })
    expect(report.outcomes.map(one => [one.record.ordinal, one.outcome, one.reason])).toEqual([
      [3, 'skipped', 'damaged'],
      [4, 'keptBoth', 'same-uid-twice'],
    ])
    expect(Object.keys(await contents(path.join(account.folder, 'contacts')))).toHaveLength(6)

    const again = await world.restore({ subscriberId, accountId: account.id })
    expect(again.categories.contacts).toMatchObject({
      found: 6,
      created: 0,
      keptBoth: 0,
      alreadyPresent: 5,
      skipped: 1,
    })
    expect(Object.keys(await contents(path.join(account.folder, 'contacts')))).toHaveLength(6)

    const undone = await world.undo(report.request)
    expect(undone.state).toBe('undone')
    expect(undone.undo?.contacts).toMatchObject({ removed: 5 })
    expect(await contents(path.join(account.folder, 'contacts'))).toEqual(before)
  })

  it('writes beside an item of another kind that has the name a record would get', async () => {
    const subscriberId = await world.subscriber('S-taken')
    await world.batch('b-taken', { 'S-taken/calendar.ics': calendar(component('VEVENT', 'taken@x', 'Dentist')) })
    const account = await world.vdir(subscriberId)
    const folder = path.join(account.folder, 'calendar')
    await mkdir(folder, { recursive: true })
    const name = resourceName(keyOfUid('calendar', 'taken@x'), 'ics')
    const task = calendar(component('VTODO', 'mine@x', 'Water the plants'))
    await writeFile(path.join(folder, name), task)
    const report = await world.restore({ subscriberId, accountId: account.id })
    expect(report.categories.calendar).toMatchObject({ created: 1, failed: 0, verified: 1 })
    const after = await contents(folder)
    expect(after[name]).toBe(task)
    expect(Object.keys(after)).toHaveLength(2)
  })

  it('follows each conflict rule, and a choice for one record before the rule', async () => {
    const subscriberId = await world.subscriber('S-2')
    await world.batch('b2', {
      'S-2/contacts.vcf': [
        card('same@x', 'Ada Lane', 'TEL:+1 206 555 0111', 'EMAIL:ada@people.example'),
        card('other@x', 'Bo Hill', 'TEL:(206) 555-0122', 'NOTE:from the backup'),
        card('name@x', 'Cy Twin', 'TEL:+1 206 555 0133'),
      ].join(''),
    })
    const make = async () => {
      const account = await world.vdir(subscriberId)
      const folder = path.join(account.folder, 'contacts')
      await mkdir(folder, { recursive: true })
      await writeFile(path.join(folder, '1.vcf'), card('same@x', 'Ada Lane', 'TEL:+1 206 555 0199'))
      await writeFile(path.join(folder, '2.vcf'), card('typed@y', 'Bo Hill', 'TEL:+12065550122'))
      await writeFile(path.join(folder, '3.vcf'), card('twin@y', 'Cy Twin', 'TEL:+1 206 555 0177'))
      return { ...account, folder }
    }
    const keepCurrent = await make()
    const kept = await world.restore({ subscriberId, accountId: keepCurrent.id, rule: 'keep_current' })
    // A name alone never matches: Cy Twin is somebody else.
    expect(kept.categories.contacts).toMatchObject({ created: 1, skipped: 2 })

    const keepBoth = await make()
    const both = await world.restore({ subscriberId, accountId: keepBoth.id, rule: 'keep_both' })
    expect(both.categories.contacts).toMatchObject({ created: 1, keptBoth: 2 })
    expect(Object.keys(await contents(keepBoth.folder))).toHaveLength(6)
    const bothAgain = await world.restore({ subscriberId, accountId: keepBoth.id, rule: 'keep_both' })
    expect(bothAgain.categories.contacts).toMatchObject({ created: 0, keptBoth: 0, alreadyPresent: 3 })

    const merge = await make()
    const before = await contents(merge.folder)
    const merged = await world.restore({ subscriberId, accountId: merge.id, rule: 'merge' })
    expect(merged.categories.contacts).toMatchObject({ created: 1, merged: 2, verified: 3 })
    const now = await contents(merge.folder)
    expect(now['1.vcf']).toContain('555 0199')
    expect(now['1.vcf']).toContain('ada@people.example')
    expect(now['2.vcf']).toContain('from the backup')
    const mergedAgain = await world.restore({ subscriberId, accountId: merge.id, rule: 'merge' })
    expect(mergedAgain.categories.contacts).toMatchObject({ created: 0, merged: 0, alreadyPresent: 3 })
    await writeFile(
      path.join(merge.folder, '2.vcf'),
      `${now['2.vcf']!.replace('END:VCARD', 'TITLE:changed since\r\nEND:VCARD')}`,
    )
    const undone = await world.undo(merged.request)
    expect(undone.undo?.contacts).toMatchObject({ removed: 1, putBack: 1, spared: 1 })
    expect((await contents(merge.folder))['1.vcf']).toBe(before['1.vcf'])
    expect((await contents(merge.folder))['2.vcf']).toContain('changed since')

    const chosen = await make()
    const choices = (holdings: { id: string }[]) => [
      { holdingId: holdings[0]!.id, ordinal: 0, rule: 'merge' as const },
      { holdingId: holdings[0]!.id, ordinal: 2, leaveOut: true },
    ]
    const one = await world.restore({ subscriberId, accountId: chosen.id, rule: 'keep_current', choices })
    expect(one.outcomes.map(({ record, outcome, reason }) => [record.ordinal, outcome, reason])).toEqual([
      [0, 'merged', 'fields-added'],
      [1, 'skipped', 'kept-current'],
      [2, 'skipped', 'left-out'],
    ])
  })
})

describe('all five categories', () => {
  it('brings events with their overrides, tasks, notes and photos back', async () => {
    const subscriberId = await world.subscriber('S-3')
    const calendar = (...body: string[]) =>
      ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//t//EN', ...body, 'END:VCALENDAR', ''].join('\r\n')
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64, 1), Buffer.from([0xff, 0xd9])])
    await world.batch('b3', {
      'S-3/calendar.ics': calendar(
        'BEGIN:VEVENT',
        'UID:e1@x',
        'DTSTAMP:20090101T000000Z',
        'DTSTART:20091005T090000Z',
        'RRULE:FREQ=WEEKLY;COUNT=4',
        'SUMMARY:Weekly',
        'ORGANIZER:mailto:o@people.example',
        'ATTENDEE:mailto:g@people.example',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:e2@x',
        'DTSTAMP:20090101T000000Z',
        'DTSTART:20091006T090000Z',
        'SUMMARY:Once',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:e1@x',
        'DTSTAMP:20090101T000000Z',
        'RECURRENCE-ID:20091012T090000Z',
        'DTSTART:20091012T110000Z',
        'SUMMARY:Weekly, later',
        'END:VEVENT',
      ),
      'S-3/tasks.ics': calendar('BEGIN:VTODO', 'UID:t1@x', 'DTSTAMP:20090101T000000Z', 'SUMMARY:Do it', 'END:VTODO'),
      'S-3/notes.ics': calendar(
        'BEGIN:VJOURNAL',
        'UID:n1@x',
        'DTSTAMP:20090101T000000Z',
        'SUMMARY:Soup',
        'DESCRIPTION:Leeks',
        'END:VJOURNAL',
      ),
      'S-3/photos/été 1.jpg': jpeg,
      'S-3/photos/b.jpg': Buffer.alloc(0),
    })
    const account = await world.vdir(subscriberId)
    const report = await world.restore({ subscriberId, accountId: account.id })
    expect(report.state).toBe('done')
    expect(report.categories.calendar).toMatchObject({ found: 2, created: 2, verified: 2 })
    expect(report.categories.tasks).toMatchObject({ found: 1, created: 1, verified: 1 })
    expect(report.categories.notes).toMatchObject({ found: 1, created: 1, verified: 1 })
    expect(report.categories.photos).toMatchObject({ found: 2, created: 1, skipped: 1, damaged: 1, verified: 1 })
    const events = Object.values(await contents(path.join(account.folder, 'calendar')))
    const weekly = events.find(one => one.includes('e1@x'))!
    expect(weekly.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(weekly.replace(/\r\n /g, '').match(/SCHEDULE-AGENT=CLIENT/g)).toHaveLength(2)
    expect(await readFile(path.join(account.folder, 'photos', 'été 1.jpg'))).toEqual(jpeg)

    const again = await world.restore({ subscriberId, accountId: account.id })
    for (const category of ['calendar', 'tasks', 'notes', 'photos'] as const) {
      expect(again.categories[category]).toMatchObject({ created: 0, keptBoth: 0, failed: 0 })
    }
    const undone = await world.undo(report.request)
    expect(undone.state).toBe('undone')
    for (const folder of ['calendar', 'tasks', 'notes', 'photos']) {
      expect(await contents(path.join(account.folder, folder))).toEqual({})
    }
  })
})
