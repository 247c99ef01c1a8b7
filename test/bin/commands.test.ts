import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { answer } from '@/bin/commands/answer'
import { system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { reader, transaction } from '@/domain/transaction'
import { makeBag } from '@/test/support/make-bag'
import { RestoreWorld } from '@/test/support/restore-world'

let world: RestoreWorld
beforeAll(async () => {
  world = await RestoreWorld.begin()
  await addCarrier(system('test'), { slug: 'boreal', name: 'Boreal Mobile', country: 'CA' })
})
afterAll(() => world?.end())

/** The command as the operator types it, on the installation of this test. */
async function homeward(...args: string[]) {
  const { line, exitCode } = await answer(args, work => work(world.open))
  expect(line).not.toContain('\n')
  return { document: JSON.parse(line), exitCode }
}

/** What it answers where it is done. */
async function does(...args: string[]) {
  const { document, exitCode } = await homeward(...args)
  expect(exitCode, JSON.stringify(document)).toBe(0)
  return document
}

const refusal = (code: string, title: string, detail: unknown = expect.any(String), field?: string) => ({
  exitCode: 1,
  document: {
    type: `https://homeward.example/problems/${code}`,
    title,
    detail,
    ...(field === undefined ? {} : { field }),
  },
})
const badInput = (code: string, field: string, detail?: unknown) =>
  refusal(code, 'The input cannot be used', detail, field)
const notFound = (what: string) => refusal('not-found', 'Not found', `There is no such ${what}.`)
const wrongUsage = (detail: unknown = expect.any(String)) => ({
  exitCode: 2,
  document: { type: 'https://homeward.example/problems/wrong-usage', title: 'Wrong usage', detail },
})

const card = (uid: string, name: string, ...more: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `N:${name};;;;`, `FN:${name}`, ...more, 'END:VCARD', ''].join('\r\n')

const label = (asOf: string, more: Record<string, string> = {}) => ({
  'Homeward-Incident': 'october-2009',
  'Homeward-As-Of': asOf,
  ...more,
})

async function person(id: string, carrier = 'harbor'): Promise<string> {
  await does('subscriber', 'add', '--id', id, '--carrier', carrier, '--email', 'somebody@people.example')
  return id
}

async function device(id: string, ...more: string[]): Promise<{ account: string; folder: string }> {
  const folder = path.join(world.folder, 'devices', randomUUID())
  await mkdir(folder, { recursive: true })
  const { account } = await does('account', 'add', '--subscriber', id, '--kind', 'vdir', '--url', folder, ...more)
  return { account, folder }
}

describe('the whole story', () => {
  it('is told by one document a step, of exactly these shapes', async () => {
    expect(await does('carrier', 'add', '--slug', 'tidal', '--name', 'Tidal Telecom', '--country', 'CA')).toEqual({
      carrier: { id: expect.any(String), slug: 'tidal', name: 'Tidal Telecom', country: 'CA' },
    })
    const said = ['--email', 'ada@people.example', '--phone', '+1 604 555 0101', '--language', 'fr', '--name', 'Ada']
    expect(await does('subscriber', 'add', '--id', 'T-1', '--carrier', 'tidal', ...said)).toEqual({
      subscriber: { id: 'T-1', carrier: 'tidal', email: 'ada@people.example', language: 'fr' },
    })
    const root = await makeBag(world.backup, {
      name: 'tidal-1',
      info: label('2009-10-12T00:00:00Z', { 'Homeward-Carrier': 'tidal' }),
      files: {
        'expected.csv': 'subscriber,category,count\nT-1,contacts,5\n',
        'T-1/contacts.vcf': [
          card('a@x', 'Ann Hill', 'TEL:+1 604 555 0110'),
          card('b@x', 'Bo Only'),
          'BEGIN:VCARD\r\n\x00\x01\r\nEND:VCARD\r\n',
          card('d@x', 'Dee Moss', 'EMAIL:dee@people.example'),
        ].join(''),
        'T-9/contacts.vcf': card('z@x', 'Zoe Nobody', 'TEL:+1 604 555 0119'),
      },
    })
    const valid = { valid: true, complete: true, version: '1.0', errors: [], warnings: [] }
    expect(await does('bag', 'validate', root)).toEqual({ ...valid, errorCount: 0, warningCount: 0 })

    const taken = {
      name: 'tidal-1',
      state: 'accepted',
      subscribers: 1,
      holdings: { contacts: { complete: 2, partial: 1, damaged: 1, expected: 5 } },
      exceptions: [{ path: 'data/T-9/contacts.vcf', reason: 'unknown-subscriber', detail: null }],
      exceptionCount: 1,
      incident: 'october-2009',
      asOf: '2009-10-12T00:00:00.000Z',
      findings: [],
    }
    expect(await does('intake', '--batch', 'tidal-1')).toEqual({ batches: [taken] })
    expect(await does('intake', '--batch', 'tidal-1')).toEqual({ batches: [taken] })

    const folder = path.join(world.folder, 'devices', 'ada')
    await mkdir(path.join(folder, 'contacts'), { recursive: true })
    await writeFile(path.join(folder, 'contacts', 'mine.vcf'), card('d@x', 'Dee Moss', 'EMAIL:dee@people.example'))
    const found = await does('account', 'add', '--subscriber', 'T-1', '--kind', 'vdir', '--url', folder)
    expect(found).toEqual({
      account: expect.any(String),
      kind: 'vdir',
      principal: null,
      collections: expect.arrayContaining([
        { url: path.join(folder, 'contacts'), displayName: null, takes: ['contacts'], writable: true },
      ]),
      quirks: [],
    })

    expect(await does('holdings', '--subscriber', 'T-1')).toEqual({
      subscriber: 'T-1',
      holdings: [
        {
          batch: 'tidal-1',
          category: 'contacts',
          complete: 2,
          partial: 1,
          damaged: 1,
          expected: 5,
          asOf: '2009-10-12T00:00:00.000Z',
          missing: expect.any(Object),
          newest: true,
          usable: true,
        },
      ],
    })

    const { request, ...nothingElse } = await does('restore', '--subscriber', 'T-1', '--policy', 'merge')
    expect(nothingElse).toEqual({})
    const none = { created: 0, merged: 0, keptBoth: 0, alreadyPresent: 0, skipped: 0, failed: 0, verified: 0 }
    const contacts = { expected: 5, found: 4, recovered: 3, damaged: 1 }
    const reference = expect.stringMatching(/^HW-\w{4}-\w{4}$/)
    expect(await does('report', '--request', request)).toEqual({
      request,
      reference,
      state: 'approved',
      categories: { contacts: { ...contacts, ...none } },
      outcomes: [],
    })
    expect(await homeward('undo', '--request', request)).toMatchObject({ exitCode: 1 })

    expect(await does('work', '--until-idle')).toEqual({
      idle: true,
      done: expect.any(Number),
      stuck: 0,
      requestsWaiting: 0,
    })
    const report = await does('report', '--request', request)
    const record = { file: 'contacts.vcf', ordinal: 2, uid: null, title: null }
    const dee = { file: 'contacts.vcf', ordinal: 3, uid: 'd@x', title: 'Dee Moss' }
    const href = path.join(folder, 'contacts', 'mine.vcf')
    expect(report).toEqual({
      request,
      reference,
      state: 'done',
      categories: {
        contacts: { ...contacts, ...none, created: 2, alreadyPresent: 1, skipped: 1, verified: 2 },
      },
      outcomes: [
        { category: 'contacts', record, outcome: 'skipped', reason: 'damaged', href: null },
        { category: 'contacts', record: dee, outcome: 'alreadyPresent', reason: expect.any(String), href },
      ],
    })
    expect(await does('report', '--request', report.reference)).toEqual(report)
    expect(await does('report', '--request', ` ${report.reference.toLowerCase()} `)).toEqual(report)

    expect(await does('undo', '--request', report.reference)).toEqual({ request })
    expect(await homeward('undo', '--request', request)).toEqual(
      refusal('cannot-undo', 'Not possible in this state', 'This restore is being undone already.'),
    )
    await does('work', '--until-idle')
    const undone = await does('report', '--request', request)
    expect(undone).toEqual({
      ...report,
      state: 'undone',
      undo: { categories: { contacts: expect.objectContaining({ removed: 2 }) }, outcomes: [] },
    })
    expect(await readdir(path.join(folder, 'contacts'))).toEqual(['mine.vcf'])
    expect(await homeward('undo', '--request', request)).toMatchObject({ exitCode: 1 })
  }, 120_000)
})

describe('whom and what is meant', () => {
  it('asks for the carrier where two know an id, and only there', async () => {
    await person('TWIN', 'harbor')
    await person('TWIN', 'boreal')
    const ambiguous = badInput('ambiguous-id', 'carrier', 'Several carriers know "TWIN": name one with --carrier.')
    const folder = path.join(world.folder, 'devices', 'twin')
    await mkdir(folder, { recursive: true })
    const commands = [
      ['holdings'],
      ['restore', '--policy', 'merge'],
      ['account', 'add', '--kind', 'vdir', '--url', folder],
    ]
    for (const command of commands) {
      expect(await homeward(...command, '--subscriber', 'TWIN')).toEqual(ambiguous)
      expect(await homeward(...command, '--subscriber', 'TWIN', '--carrier', 'nobody')).toEqual(notFound('subscriber'))
    }
    expect(await does('holdings', '--subscriber', 'TWIN', '--carrier', 'boreal')).toEqual({
      subscriber: 'TWIN',
      holdings: [],
    })
    await device('TWIN', '--carrier', 'harbor')
    expect(await homeward('restore', '--subscriber', 'TWIN', '--carrier', 'boreal', '--policy', 'merge')).toEqual(
      badInput('no-account', 'account'),
    )
  })

  it('knows ids by their bytes', async () => {
    const odd = [
      '-',
      ' ',
      ' a b ',
      'caf\u00e9',
      'cafe\u0301',
      'CAF\u00c9',
      '..a',
      "'; DROP TABLE tasks; --",
      '💌',
      '%2e%2e',
    ]
    for (const id of odd) await person(id)
    const files = odd.map(id => [`${id}/contacts.vcf`, card('o@x', `Of ${id}`, 'TEL:+1 206 555 0120')])
    await makeBag(world.backup, {
      name: 'odd',
      info: label('2009-10-02T00:00:00Z', { 'Homeward-Carrier': 'harbor' }),
      files: Object.fromEntries(files),
    })
    const { batches } = await does('intake', '--batch', 'odd')
    expect(batches[0]).toMatchObject({ state: 'accepted', subscribers: odd.length, exceptions: [] })
    for (const id of odd) {
      const { subscriber, holdings } = await does('holdings', '--subscriber', id)
      expect([subscriber, holdings.length]).toEqual([id, 1])
    }
  })

  it('refuses ids that can name no folder, and finds none of them', async () => {
    const add = (id: string) =>
      homeward('subscriber', 'add', '--id', id, '--carrier', 'harbor', '--email', 'a@b.example')
    for (const id of ['', '.', '..', '../x', 'a/b', 'x'.repeat(201)]) {
      expect(await add(id)).toMatchObject({ exitCode: 1, document: { title: 'The input cannot be used' } })
      expect(await homeward('holdings', '--subscriber', id)).toEqual(notFound('subscriber'))
    }
    expect(await homeward('holdings', '--subscriber', 'x'.repeat(100_000))).toEqual(notFound('subscriber'))
  })

  it('refuses what is there already and what is nowhere', async () => {
    await person('ONCE')
    const add = (...more: string[]) => homeward('subscriber', 'add', '--id', 'ONCE', '--email', 'a@b.example', ...more)
    expect(await add('--carrier', 'harbor')).toEqual(badInput('subscriber-exists', 'id'))
    expect(await add('--carrier', 'nobody')).toEqual(badInput('no-such-carrier', 'carrier'))
    expect(await homeward('carrier', 'add', '--slug', 'harbor', '--name', 'Again')).toEqual(
      badInput('carrier-exists', 'slug'),
    )
    for (const slug of ['', 'Harbor', '../x', 'a b', '-a']) {
      expect(await homeward('carrier', 'add', '--slug', slug, '--name', 'N')).toMatchObject({ exitCode: 1 })
    }
    expect(
      await homeward('subscriber', 'add', '--id', 'M', '--carrier', 'harbor', '--email', 'no address'),
    ).toMatchObject({
      exitCode: 1,
      document: { field: 'email' },
    })
    for (const id of [randomUUID(), 'HW-2222-2222', '', '-', '../x', 'é'.repeat(5_000)]) {
      expect(await homeward('report', '--request', id)).toEqual(notFound('request'))
      expect(await homeward('undo', '--request', id)).toEqual(notFound('request'))
    }
    expect(await homeward('intake', '--batch', 'nowhere')).toEqual(badInput('no-such-batch', 'batch'))
    for (const name of ['', '..', '../backup', 'a/b']) {
      expect(await homeward('intake', '--batch', name)).toEqual(badInput('no-such-batch', 'batch'))
    }
  })
})

describe('a subscriber who is added after intake', () => {
  it('has what the batch held for them at the next intake, and its exceptions are gone', async () => {
    await person('SOON')
    await makeBag(world.backup, {
      name: 'early',
      info: label('2009-10-03T00:00:00Z', { 'Homeward-Carrier': 'harbor' }),
      files: {
        'expected.csv': 'LATER,contacts,3\nLATER,notes,1\n',
        'LATER/contacts.vcf': card('a@x', 'Ann Hill', 'TEL:+1 206 555 0160') + card('b@x', 'Bo Only'),
        'SOON/contacts.vcf': card('c@x', 'Cy Moss', 'TEL:+1 206 555 0161'),
      },
    })
    const unknown = (path: string) => ({ path, reason: 'unknown-subscriber', detail: null })
    const [before] = (await does('intake', '--batch', 'early')).batches
    expect(before).toMatchObject({
      subscribers: 1,
      exceptions: ['data/LATER/contacts.vcf', 'data/expected.csv:1', 'data/expected.csv:2'].map(unknown),
    })
    await person('LATER')
    expect((await does('holdings', '--subscriber', 'LATER')).holdings).toEqual([])

    const after = {
      ...before,
      subscribers: 2,
      holdings: {
        contacts: { complete: 2, partial: 1, damaged: 0, expected: 3 },
        notes: { complete: 0, partial: 0, damaged: 0, expected: 1 },
      },
      exceptions: [],
      exceptionCount: 0,
    }
    expect(await does('intake', '--batch', 'early')).toEqual({ batches: [after] })
    expect(await does('intake', '--batch', 'early')).toEqual({ batches: [after] })
    expect((await does('holdings', '--subscriber', 'LATER')).holdings).toMatchObject([
      { batch: 'early', category: 'contacts', complete: 1, partial: 1, expected: 3, newest: true, usable: true },
      { batch: 'early', category: 'notes', complete: 0, expected: 1 },
    ])
    const { folder } = await device('LATER')
    const { request } = await does('restore', '--subscriber', 'LATER', '--policy', 'merge')
    await does('work', '--until-idle')
    expect(await does('report', '--request', request)).toMatchObject({
      state: 'done',
      categories: { contacts: { expected: 3, found: 2, created: 2, verified: 2 } },
    })
    expect(await readdir(path.join(folder, 'contacts'))).toHaveLength(2)
  })
})

describe('asking for a restore', () => {
  it('says what is missing before it files anything', async () => {
    await person('ASK')
    const ask = (...more: string[]) => homeward('restore', '--subscriber', 'ASK', '--policy', 'keep-both', ...more)
    expect(await ask()).toEqual(badInput('no-account', 'account', 'The subscriber has no device account.'))
    const { account } = await device('ASK')
    const nothing = badInput('nothing-recovered', 'categories', 'Nothing of that was recovered for this subscriber.')
    expect(await ask()).toEqual(nothing)

    await makeBag(world.backup, {
      name: 'ask',
      info: label('2009-10-05T12:00:00Z'),
      files: {
        'expected.csv': 'subscriber,category,count\nASK,notes,4\n',
        'ASK/contacts.vcf': card('k@x', 'Kit Lane', 'TEL:+1 206 555 0130'),
      },
    })
    await does('intake', '--batch', 'ask')
    expect(await ask('--categories', 'notes')).toEqual(nothing)
    expect(await ask('--categories', 'calendar,photos')).toEqual(nothing)
    expect(await ask('--as-of', '2009-10-05T11:59:59Z')).toEqual(nothing)
    expect(await ask('--as-of', '2009-10-05')).toEqual(nothing)
    expect(await ask('--as-of', '2009-10-05T11:59:59-07:00')).toMatchObject({ exitCode: 0 })
    expect(await ask('--account', randomUUID())).toEqual(badInput('no-such-account', 'accountId'))
    expect(await ask('--account', '../x')).toMatchObject({ exitCode: 1, document: { field: 'accountId' } })

    await person('OTHER')
    const others = await device('OTHER')
    expect(await ask('--account', others.account)).toEqual(badInput('no-such-account', 'accountId'))
    await device('ASK')
    expect(await ask()).toEqual(badInput('which-account', 'account'))
    expect(await ask('--account', account)).toMatchObject({ exitCode: 0 })
  })

  it('takes what was recovered by then', async () => {
    await person('THEN')
    await device('THEN')
    const two = card('1@x', 'Uma One', 'TEL:+1 206 555 0141') + card('2@x', 'Ulf Two', 'TEL:+1 206 555 0142')
    for (const [name, asOf, text] of [
      ['then-old', '2009-10-01T00:00:00Z', card('1@x', 'Uma One', 'TEL:+1 206 555 0141')],
      ['then-new', '2009-10-08T00:00:00Z', two],
    ] as const) {
      await makeBag(world.backup, { name, info: label(asOf), files: { 'THEN/contacts.vcf': text } })
      await does('intake', '--batch', name)
    }
    const found = async (...more: string[]) => {
      const { request } = await does('restore', '--subscriber', 'THEN', '--policy', 'keep-current', ...more)
      return (await does('report', '--request', request)).categories.contacts.found
    }
    expect(await found()).toBe(2)
    expect(await found('--as-of', '2009-10-07T00:00:00Z')).toBe(1)
    expect(await found('--as-of', '2009-10-08T00:00:00Z')).toBe(2)
  })

  it('restores twice into one account at the same moment, and nothing is there twice', async () => {
    await person('SAME')
    const { folder } = await device('SAME')
    const cards = Array.from({ length: 30 }, (_, n) => card(`${n}@x`, `Person ${n}`, `TEL:+1 206 555 01${n + 10}`))
    await makeBag(world.backup, {
      name: 'same',
      info: label('2009-10-05T00:00:00Z'),
      files: { 'SAME/contacts.vcf': cards.join('') },
    })
    await does('intake', '--batch', 'same')
    const asked = await Promise.all(
      [1, 2, 3].map(() => does('restore', '--subscriber', 'SAME', '--policy', 'keep-both')),
    )
    await Promise.all([does('work', '--until-idle'), does('work', '--until-idle')])
    const reports = await Promise.all(asked.map(({ request }) => does('report', '--request', request)))
    const counts = reports.map(({ state, categories: { contacts } }) => [
      state,
      contacts.created,
      contacts.alreadyPresent,
    ])
    expect(counts.sort()).toEqual([
      ['done', 0, 30],
      ['done', 0, 30],
      ['done', 30, 0],
    ])
    expect(await readdir(path.join(folder, 'contacts'))).toHaveLength(30)
  }, 120_000)

  it('waits openly where the account is gone, and finds what came back', async () => {
    await person('GONE')
    const { folder } = await device('GONE')
    await makeBag(world.backup, {
      name: 'gone',
      info: label('2009-10-05T00:00:00Z'),
      files: { 'GONE/contacts.vcf': card('g@x', 'Gil Ford', 'TEL:+1 206 555 0150') },
    })
    await does('intake', '--batch', 'gone')
    await rename(folder, `${folder}.away`)
    await writeFile(folder, 'somebody put a file there')
    const { request } = await does('restore', '--subscriber', 'GONE', '--policy', 'merge')
    expect(await does('work', '--until-idle')).toMatchObject({ idle: true, requestsWaiting: 1, stuck: 0 })
    const waiting = await does('report', '--request', request)
    expect(waiting.state).toBe('waiting')
    await rm(folder)
    await rename(`${folder}.away`, folder)
    expect(await does('undo', '--request', request)).toEqual({ request })
    await does('work', '--until-idle')
    expect((await does('report', '--request', request)).state).toBe('undone')
  }, 60_000)
})

describe('taking batches in', () => {
  it('says what a bag is not, and holds it back', async () => {
    await person('BAD')
    const root = await makeBag(world.backup, {
      name: 'bad',
      info: label('2009-10-05T00:00:00Z'),
      files: { 'BAD/contacts.vcf': card('b@x', 'Bea Wren', 'TEL:+1 206 555 0160') },
    })
    await writeFile(path.join(root, 'data/BAD/contacts.vcf'), card('b@x', 'Bea Wren', 'TEL:+1 206 555 0161'))
    const verdict = await homeward('bag', 'validate', root)
    expect(verdict).toEqual({
      exitCode: 1,
      document: {
        valid: false,
        complete: true,
        version: '1.0',
        errors: [{ code: expect.any(String), path: 'data/BAD/contacts.vcf', detail: expect.any(String) }],
        warnings: [],
        errorCount: 1,
        warningCount: 0,
      },
    })
    const { batches } = await does('intake', '--batch', 'bad')
    expect(batches[0]).toMatchObject({ name: 'bad', state: 'quarantined', findings: [expect.any(Object)] })
    const { holdings } = await does('holdings', '--subscriber', 'BAD')
    expect(holdings).toMatchObject([{ batch: 'bad', newest: false, usable: false }])
    await device('BAD')
    expect(await homeward('restore', '--subscriber', 'BAD', '--policy', 'merge')).toEqual(
      badInput('nothing-recovered', 'categories'),
    )
  }, 60_000)

  it('takes in two batches of an incident that nobody knew, at the same moment', async () => {
    await person('PAIR')
    for (const name of ['pair-1', 'pair-2']) {
      await makeBag(world.backup, {
        name,
        info: { ...label('2009-10-05T00:00:00Z'), 'Homeward-Incident': 'never-heard-of' },
        files: { 'PAIR/contacts.vcf': card('p@x', 'Pia Reed', 'TEL:+1 206 555 0170') },
      })
    }
    const taken = await Promise.all(['pair-1', 'pair-2', 'pair-1'].map(name => does('intake', '--batch', name)))
    for (const { batches } of taken)
      expect(batches).toMatchObject([{ state: 'accepted', incident: 'never-heard-of', subscribers: 1 }])
    const { holdings } = await does('holdings', '--subscriber', 'PAIR')
    expect(holdings).toHaveLength(2)
  }, 60_000)

  it('lists every batch without --batch, and says where there is no place to look', async () => {
    const { batches } = await does('intake')
    expect(batches.length).toBeGreaterThan(0)
    expect(batches.map(({ name }: { name: string }) => name)).toEqual(
      batches.map(({ name }: { name: string }) => name).sort(),
    )
    await rename(world.backup, `${world.backup}.away`)
    try {
      expect(await homeward('intake')).toEqual(
        badInput('no-backup-folder', 'BACKUP_URL', `There is no folder ${world.backup}.`),
      )
    } finally {
      await rename(`${world.backup}.away`, world.backup)
    }
  })

  it.each(['nowhere', 'file'])('says of a %s that it is no bag', async what => {
    const place = path.join(world.folder, what)
    if (what === 'file') await writeFile(place, 'text')
    const { exitCode, document } = await homeward('bag', 'validate', place)
    expect(exitCode).toBe(1)
    expect(document).toMatchObject({ valid: false, complete: false, version: null, warnings: [] })
  })
})

describe('wrong usage', () => {
  const restore = ['restore', '--subscriber', 'X']
  it.each([
    [],
    ['nothing'],
    ['toString'],
    ['bag'],
    ['bag', 'fold'],
    ['bag', 'validate'],
    ['bag', 'validate', 'a', 'b'],
    ['bag', 'validate', '--deep', 'a'],
    ['carrier', 'add', '--slug', 's'],
    ['carrier', 'add', '--name', 'n'],
    ['carrier', 'add', '--slug'],
    ['carrier', 'add', '--slug', 's', '--slug', 't', '--name', 'n'],
    ['subscriber', 'add', '--id', 'X', '--carrier', 'harbor'],
    ['subscriber', 'add', '--id', 'X', '--carrier', 'harbor', '--email', 'a@b.example', '--language', 'de'],
    ['subscriber', 'add', 'X'],
    ['account', 'add', '--subscriber', 'X', '--kind', 'imap', '--url', '/x'],
    ['account', 'add', '--subscriber', 'X', '--url', '/x'],
    ['account', 'add', '--subscriber', 'X', '--kind', 'dav', '--url', 'http://x', '--password-env', 'NO_SUCH_VARIABLE'],
    ['account', 'add', '--subscriber', 'X', '--kind', 'vdir', '--url', '/x', '--username', 'ada'],
    ['holdings'],
    ['holdings', 'X'],
    ['holdings', '--subscriber', 'X', '--verbose'],
    restore,
    [...restore, '--policy', 'overwrite'],
    [...restore, '--policy', 'keep_both'],
    [...restore, '--policy', 'constructor'],
    [...restore, '--policy', 'merge', '--categories', 'contacts,mail'],
    [...restore, '--policy', 'merge', '--categories', ''],
    [...restore, '--policy', 'merge', '--as-of', 'yesterday'],
    [...restore, '--policy', 'merge', '--as-of', 'October 5'],
    [...restore, '--policy', 'merge', '--as-of', '2009-13-01T00:00:00Z'],
    [...restore, '--policy', 'merge', '--as-of', ''],
    ['work'],
    ['work', '--until-idle=yes'],
    ['report'],
    ['report', '--request'],
    ['undo', 'X'],
  ])('%j', async (...args) => {
    expect(await homeward(...args)).toEqual(wrongUsage())
  })

  it('says which usage is right', async () => {
    expect(await homeward('report')).toEqual(wrongUsage('--request is needed. homeward report --request ID'))
    expect(await homeward('nothing')).toEqual(
      wrongUsage(
        'There is no command "nothing". Commands: bag validate, intake, carrier add, subscriber add, subscriber address, ' +
          'staff add, staff invite, account add, holdings, restore, work, report, audit verify, evidence export, evidence verify, ' +
          'undo, erase, purge, keys rotate.',
      ),
    )
  })
})

describe('a mail address', () => {
  it('is taken over from the carrier’s record, and holds for ten days', async () => {
    const id = await person('moves-1')
    const move = (email: string) => homeward('subscriber', 'address', '--subscriber', id, '--email', email)
    const moved = { subscriber: { id, email: 'moved@people.example' }, heldDays: 10 }
    expect(await move('moved@people.example')).toEqual({ exitCode: 0, document: moved })
    expect(await move('moved@people.example')).toEqual({ exitCode: 0, document: { ...moved, heldDays: 0 } })
    const row = await reader('every-carrier').subscriber.findFirstOrThrow({ where: { accountId: id } })
    expect(row.email).toBe('moved@people.example')
    const changes = await reader('every-carrier').factorChange.findMany({ where: { subscriberId: row.id } })
    expect(changes).toMatchObject([{ kind: 'address', previous: 'somebody@people.example' }])
    expect(await move('nobody')).toMatchObject({ exitCode: 1 })
    expect(await homeward('subscriber', 'address', '--subscriber', id)).toEqual(wrongUsage())
    const stranger = ['--subscriber', 'nobody', '--email', 'a@people.example']
    expect(await homeward('subscriber', 'address', ...stranger)).toEqual(notFound('subscriber'))
  })
})

describe('who works here', () => {
  it('is added, and invited by a link that is told once, until they have a passkey', async () => {
    const email = 'first@staff.example'
    const added = await does('staff', 'add', '--email', email, '--name', 'First', '--role', 'administrator')
    expect(added).toEqual({ staff: { id: expect.any(String), email, role: 'administrator', carrier: null } })
    const settings = {
      PUBLIC_URL: 'https://portal.example/',
      DATA_DIR: world.folder,
      BACKUP_URL: 'file:///nowhere',
      SNAPSHOT_URL: 'file:///nowhere',
      MAIL_FROM: 'a@people.example',
      NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
      HOMEWARD_KEY: `test:${randomBytes(32).toString('base64')}`,
    }
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
    const { invitation } = await does('staff', 'invite', '--email', 'First@staff.example')
    expect(invitation).toMatchObject({ email, hours: 24 })
    expect(invitation.link).toMatch(/^https:\/\/portal\.example\/sign-in\/invitation\?token=[\w-]{43}$/)

    const key = { credentialId: 'x', publicKey: Buffer.alloc(1), counter: 0, transports: [], name: 'Key' }
    const data = { ...key, staffId: added.staff.id, deviceType: 'singleDevice', backedUp: false } as const
    await transaction('every-carrier', tx => tx.passkey.create({ data }))
    expect(await homeward('staff', 'invite', '--email', email)).toEqual(
      refusal('staff-enrolled', 'Not possible in this state'),
    )
    expect(await homeward('staff', 'invite', '--email', 'nobody@staff.example')).toEqual(notFound('staff member'))
    expect(await homeward('staff', 'add', '--email', email, '--name', 'A', '--role', 'king')).toEqual(wrongUsage())
  })
})

describe('adding an account', () => {
  it('says at which option it failed', async () => {
    await person('ACC')
    const add = (...more: string[]) => homeward('account', 'add', '--subscriber', 'ACC', ...more)
    expect(await add('--kind', 'vdir', '--url', 'relative')).toMatchObject({ exitCode: 1, document: { field: 'url' } })
    expect(await add('--kind', 'dav', '--url', 'ftp://x.example')).toMatchObject({
      exitCode: 1,
      document: { field: 'url' },
    })
    expect(await add('--kind', 'vdir', '--url', path.join(world.folder, 'no-such-folder', 'below'))).toMatchObject({
      exitCode: 1,
      document: { field: 'url' },
    })
    expect(await add('--kind', 'dav', '--url', 'http://127.0.0.1:9/')).toMatchObject({
      exitCode: 1,
      document: { type: 'https://homeward.example/problems/account-unreachable', field: 'url' },
    })
    expect(await homeward('account', 'add', '--subscriber', 'NOBODY', '--kind', 'vdir', '--url', '/x')).toEqual(
      notFound('subscriber'),
    )
  }, 60_000)
})
