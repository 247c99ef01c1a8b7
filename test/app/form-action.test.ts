import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { anonymous } from '@/domain/actor'
import { badInput, Refusal } from '@/domain/errors'
import { translator } from '@/messages/translate'

const world = vi.hoisted(() => ({
  headers: new Headers(),
  jar: new Map<string, string>(),
  visit: {} as Record<string, unknown>,
  faults: [] as unknown[],
  rows: [] as Uint8Array[],
  logged: [] as Record<string, unknown>[],
}))

vi.mock('next/headers', () => ({
  headers: async () => world.headers,
  cookies: async () => ({
    get: (name: string) => (world.jar.has(name) ? { value: world.jar.get(name) } : undefined),
    set: (name: string, value: string) => world.jar.set(name, value),
  }),
}))
vi.mock('@/app/_shell/visit', () => ({ currentVisit: async () => world.visit }))
vi.mock('@/gateways/kept-forms', () => ({
  keepForm: async (sealed: Uint8Array) => `row-${world.rows.push(sealed)}`,
  readKeptForm: async (id: string) => world.rows[Number(id.slice(4)) - 1] ?? null,
}))
vi.mock('@/gateways/log', () => ({
  logger: () => ({ warn: (line: Record<string, unknown>) => world.logged.push(line) }),
}))
vi.mock('@/app/_shell/report-fault', () => ({ reportFault: (error: unknown) => world.faults.push(error) }))

const { formAction } = await import('@/app/_shell/form-action')
const { outside } = await import('@/app/_shell/outside')
const { TooMany } = await import('@/app/_shell/rate')
const { formState } = await import('@/app/_shell/form-state')

const acted = vi.fn(async () => '/account/restores/done')
const POST = formAction('/account/devices/new/add', {
  input: z.object({ label: z.string().min(1, { error: 'label-missing' }), tags: z.array(z.string()).optional() }),
  back: () => '/account/devices/new?next=%2Fx',
  secret: ['password'],
  act: acted,
})

const person = { role: 'subscriber', subscriberId: 's', carrierId: 'c', provedAt: new Date() }
const fields = { token: 'the-token', label: 'My phone', password: 'hunter2' }

function send(given: Record<string, string | string[]>, type = 'application/x-www-form-urlencoded'): Promise<Response> {
  const body = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => [value].flat().map(one => [name, one])),
  ).toString()
  return POST(new Request('http://portal.test/x', { method: 'POST', body, headers: { 'content-type': type } }))
}

/** The text that the form's cookie holds sealed: what the sealing hides is not to be there at all. */
function keptInCookie(): string {
  const text = outside().secrets.openText(Buffer.from(world.jar.get('hw-form') ?? '', 'base64url'), 'form')
  expect(text).toContain('label')
  return text
}

/** What the page that is led back to would show. */
async function comesBack(response: Response, through = '') {
  expect(response.status).toBe(303)
  const location = response.headers.get('location') ?? ''
  const url = new URL(
    through === '' ? location : (new URL(location, 'http://x').searchParams.get('next') ?? ''),
    'http://x',
  )
  expect(url.pathname).toBe('/account/devices/new')
  const visit = { t: translator('en'), language: 'en' } as Parameters<typeof formState>[0]
  return formState(visit, url.searchParams.get('form') ?? undefined)
}

beforeEach(() => {
  vi.stubEnv('DATABASE_URL', 'postgresql://a@127.0.0.1/x')
  for (const name of ['DATA_DIR', 'MAIL_FROM']) vi.stubEnv(name, 'a@people.example')
  for (const name of ['BACKUP_URL', 'SNAPSHOT_URL']) vi.stubEnv(name, 'file:///tmp/x')
  vi.stubEnv('PUBLIC_URL', 'http://portal.test')
  vi.stubEnv('NEXTAUTH_SECRET', randomBytes(32).toString('base64url'))
  vi.stubEnv('HOMEWARD_KEY', `k1:${randomBytes(32).toString('base64')}`)
  world.headers = new Headers({ origin: 'http://portal.test', host: 'portal.test' })
  world.jar.clear()
  world.faults.length = 0
  world.rows.length = 0
  world.logged.length = 0
  world.visit = { actor: person, session: { id: 'x' }, formToken: 'the-token', t: translator('en'), language: 'en' }
  acted.mockReset().mockResolvedValue('/account/restores/done')
})

describe('a form', () => {
  it('that is accepted leads on by a redirect, so that a reload sends nothing', async () => {
    const response = await send({ ...fields, tags: ['a', 'b'] })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/account/restores/done'])
    expect(acted).toHaveBeenCalledWith(
      world.visit,
      { label: 'My phone', tags: ['a', 'b'] },
      {},
      { ...fields, tags: ['a', 'b'] },
    )
  })

  it('takes a field that is called as JavaScript calls its own for a field', async () => {
    await send({ ...fields, ['__proto__']: ['a', 'b'] })
    const [call] = acted.mock.calls as unknown as [unknown, unknown, unknown, object][]
    const given = call![3]
    expect(Object.keys(given)).toContain('__proto__')
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect('length' in given).toBe(false)
  })

  it.each([
    ['without an origin', {}],
    ['from another site', { origin: 'https://evil.example' }],
  ])('%s is refused', async (_, given) => {
    world.headers = new Headers({ host: 'portal.test', ...given })
    expect((await send(fields)).status).toBe(403)
    expect(acted).not.toHaveBeenCalled()
  })

  it.each([
    ['that is none', fields, 'application/json'],
    ['cut off in the middle', fields, 'multipart/form-data; boundary=x'],
  ])('%s is refused', async (_, given, type) => {
    expect((await send(given, type)).status).toBe(415)
    expect(acted).not.toHaveBeenCalled()
  })

  it.each([
    ['fields', 'application/x-www-form-urlencoded', Array.from({ length: 50_000 }, (_, i) => i.toString(36)).join('&')],
    [
      'parts',
      'multipart/form-data; boundary=b',
      `${Array.from({ length: 4_000 }, (_, i) => `--b\r\ncontent-Disposition: form-data; name="${i}"\r\n\r\n\r\n`).join('')}--b--`,
    ],
  ])('of more %s than any of ours is not taken apart: that would take a minute', async (_, type, body) => {
    const began = performance.now()
    const response = await POST(
      new Request('http://portal.test/x', { method: 'POST', body, headers: { 'content-type': type } }),
    )
    expect(response.status).toBe(413)
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(acted).not.toHaveBeenCalled()
  })

  it('larger than any of ours is answered with a sentence, and not read to its end', async () => {
    const response = await send({ label: 'x'.repeat(300_000) })
    expect(response.status).toBe(413)
    expect(await response.text()).toContain(translator('en')('shell.tooLong.title'))
    expect(acted).not.toHaveBeenCalled()
  })

  it('sent more often than anybody presses a button has to wait, with a sentence and Retry-After', async () => {
    world.headers.set('x-homeward-network', '198.51.100.7')
    world.headers.set('referer', 'http://portal.test/account/devices/new?next=%2Fx')
    const answers = await Promise.all(Array.from({ length: 310 }, () => send(fields)))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    const html = await refused[0]!.text()
    expect(html).toContain(translator('en')('shell.tooMany.title'))
    expect(html).toContain('href="/account/devices/new"')
    expect(acted).toHaveBeenCalledTimes(300)

    // Another person on the same line has room, and this machine itself is not counted.
    world.visit = { ...world.visit, session: { id: 'y' } }
    expect((await send(fields)).status).toBe(303)
    world.headers.delete('x-homeward-network')
    world.visit = { ...world.visit, session: { id: 'x' } }
    expect((await send(fields)).status).toBe(303)
  })

  it('whose act meets a limit of its own keeps what was entered', async () => {
    acted.mockRejectedValueOnce(new TooMany(61))
    const response = await send(fields)
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '61'])
    const html = await response.text()
    expect(html).toContain('Wait 2 minutes')
    const id = /form=([0-9a-f]{8})/.exec(html)?.[1]
    const visit = { t: translator('en'), language: 'en' } as Parameters<typeof formState>[0]
    expect((await formState(visit, id)).value('label')).toBe('My phone')
    expect((await formState(visit, id)).value('password')).toBeUndefined()
  })

  it('is read without NUL characters', async () => {
    await send({ ...fields, label: 'a\0b' })
    expect(acted).toHaveBeenCalledWith(world.visit, { label: 'ab' }, {}, { ...fields, label: 'ab' })
  })

  it('with the token of another session comes back with what was entered', async () => {
    const form = await comesBack(await send({ ...fields, token: 'other' }))
    expect(form.errors.map(({ text }) => text)).toEqual([
      'The page was open for a long time or in two windows. What you entered is kept: press the button again',
    ])
    expect(form.value('label')).toBe('My phone')
    expect(acted).not.toHaveBeenCalled()
  })

  it('that is not complete comes back with the field to put right, without its secrets', async () => {
    const response = await send({ ...fields, label: '' })
    expect(keptInCookie()).not.toContain('hunter2')
    const form = await comesBack(response)
    expect(form.errors.map(({ field }) => field)).toEqual(['label'])
    expect(form.value('password')).toBeUndefined()
    expect(form.value('token')).toBeUndefined()
  })

  it('that a verb refuses comes back with its reason', async () => {
    acted.mockRejectedValue(badInput('label', 'stale', 'Changed.'))
    const form = await comesBack(await send(fields))
    expect(form.errors).toEqual([
      { field: 'label', text: 'Somebody else changed this a moment ago. Look at it again before you decide' },
    ])
  })

  it('that needs a fresh proof leads to it, and from there back with what was entered', async () => {
    acted.mockRejectedValue(new Refusal('needs-proof', 'needs-proof', 'Stale.'))
    const response = await send(fields)
    expect(response.headers.get('location')).toMatch(/^\/account\/security\/prove\?next=/)
    const form = await comesBack(response, 'next')
    expect([form.errors, form.value('label')]).toEqual([[], 'My phone'])
  })

  it('that meets a fault of ours says so, and tells those who run the installation', async () => {
    acted.mockRejectedValue(new Error('the database is away'))
    const form = await comesBack(await send(fields))
    expect(form.errors[0]?.text).toContain('Something on our side did not work')
    expect(world.faults).toHaveLength(1)
  })

  it('asks for no session where anybody may act, and for one where not', async () => {
    world.visit = { actor: anonymous, session: null, formToken: null }
    const asked = formAction('/[language]/subscribe/ask', {
      input: z.object({}),
      back: () => '/en/subscribe',
      act: async () => '/en/subscribe/sent',
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const post = () => new Request('http://portal.test/x', { method: 'POST', body: 'channel=mail', headers })
    expect((await asked(post())).headers.get('location')).toBe('/en/subscribe/sent')
    expect((await POST(post())).headers.get('location')).toMatch(/^\/sign-in\?next=/)
  })

  it('asks whoever is not signed in to sign in, and reads as not found to whoever may never do it', async () => {
    world.visit = { actor: anonymous, session: null, formToken: null }
    expect((await send(fields)).headers.get('location')).toBe(
      `/sign-in?next=${encodeURIComponent('/account/devices/new?next=%2Fx')}`,
    )
    world.visit = {
      actor: { ...person, role: 'support_agent', staffId: 'x' },
      session: { id: 'x' },
      formToken: 'the-token',
    }
    expect((await send(fields)).status).toBe(404)
    expect(acted).not.toHaveBeenCalled()
  })

  it('tells the log who was refused what, and nothing of mistakes', async () => {
    const route = '/account/devices/new/add'
    const subscriber = { route, actorRole: 'subscriber', actorId: 's' }
    world.headers = new Headers({ host: 'portal.test', origin: 'https://evil.example' })
    await send(fields)
    world.headers = new Headers({ host: 'portal.test', origin: 'http://portal.test' })
    await send({ ...fields, token: 'other' })
    acted.mockRejectedValueOnce(new Refusal('not-found', 'not-found', 'Not theirs.'))
    await send(fields)
    expect(world.logged).toEqual([
      { route, code: 'foreign-origin', actorRole: 'anonymous', actorId: null },
      { ...subscriber, code: 'form-expired' },
      { ...subscriber, code: 'not-found' },
    ])
    world.logged.length = 0
    for (const error of [badInput('label', 'stale', 'Changed.'), new Refusal('needs-proof', 'needs-proof', 'Stale.')]) {
      acted.mockRejectedValueOnce(error)
      await send(fields)
    }
    await send({ ...fields, label: '' })
    expect(world.logged).toEqual([])
    world.visit = { ...world.visit, actor: { ...person, role: 'auditor', staffId: 'a' } }
    await send(fields)
    expect(world.logged).toEqual([{ route, code: 'not-allowed', actorRole: 'auditor', actorId: 'a' }])
  })

  it('keeps as much of very long input as a cookie holds', async () => {
    const form = await comesBack(await send({ ...fields, token: 'other', note: 'é'.repeat(9_000) }))
    expect(form.value('label')).toBe('My phone')
    expect((world.jar.get('hw-form') ?? '').length).toBeLessThan(4_000)
    expect(world.rows).toEqual([])
  })
})

describe('a form with a file', () => {
  const postFile = formAction('/account/devices/new/add', {
    input: z.object({ list: z.string('stale'), label: z.string() }),
    files: ['list'],
    back: () => '/account/devices/new',
    act: acted,
  })
  const sendFile = (bytes: Uint8Array<ArrayBuffer>, given: Record<string, string> = fields) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(given)) body.append(name, value)
    body.append('list', new File([bytes], 'list.csv', { type: 'text/csv' }))
    body.append('other', new File([bytes], 'other.csv'))
    return postFile(new Request('http://portal.test/x', { method: 'POST', body }))
  }
  const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))

  it.each([
    ['UTF-8', new TextEncoder().encode('é€\n'), 'é€\n'],
    ['UTF-8 with its mark', new TextEncoder().encode('\ufeffé'), 'é'],
    ['UTF-16', utf16('é€'), 'é€'],
    ['UTF-16, the other way round', new Uint8Array(Buffer.from(utf16('é€')).swap16()), 'é€'],
    ['an old code page', new Uint8Array([0xe9]), 'é'],
    ['nothing', new Uint8Array(0), ''],
  ])('is read as its text: %s', async (_, bytes, list) => {
    expect((await sendFile(bytes)).headers.get('location')).toBe('/account/restores/done')
    expect(acted).toHaveBeenCalledWith(
      world.visit,
      { list, label: 'My phone' },
      {},
      expect.objectContaining({ other: [] }),
    )
  })

  it('does not bring it back', async () => {
    const response = await sendFile(new TextEncoder().encode('ann@x.example'), { ...fields, token: 'other' })
    expect(keptInCookie()).not.toContain('ann')
    const form = await comesBack(response)
    expect([form.value('label'), form.value('list')]).toEqual(['My phone', undefined])
  })
})

describe('a form with long texts', () => {
  const postLong = formAction('/account/devices/new/add', {
    input: z.object({ note: z.string().max(20_000, { error: 'stale' }) }),
    most: 2 * 1024 * 1024,
    back: () => '/account/devices/new',
    act: acted,
  })
  const sendLong = (note: string) =>
    postLong(
      new Request('http://portal.test/x', {
        method: 'POST',
        body: new URLSearchParams({ ...fields, token: 'the-token', note }),
      }),
    )
  const longest = { en: 'e'.repeat(400_000), far: 'x'.repeat(1_000_000) }

  it('comes back whole, sealed in a row of its own', async () => {
    const form = await comesBack(await sendLong(longest.en))
    expect(form.errors.map(({ field }) => field)).toEqual(['note'])
    expect(form.value('note')).toBe(longest.en)
    expect((world.jar.get('hw-form') ?? '').length).toBeLessThan(4_000)
    expect(Buffer.from(world.rows[0]!).includes('eeee')).toBe(false)
    expect(world.rows).toHaveLength(1)
  })

  it('says which field is far too long, and keeps the others', async () => {
    const form = await comesBack(await sendLong(longest.far))
    expect(form.errors.map(({ field }) => field)).toEqual(['note'])
    expect(form.value('label')).toBe('My phone')
  })

  it('is read no further than others from whoever has not signed in', async () => {
    world.visit = { ...world.visit, actor: anonymous, session: null, formToken: null }
    expect((await sendLong(longest.en)).status).toBe(413)
  })

  it('shows nothing once the row is gone, or under another id', async () => {
    const response = await sendLong(longest.en)
    const location = response.headers.get('location') ?? ''
    world.rows.length = 0
    const visit = { t: translator('en'), language: 'en' } as Parameters<typeof formState>[0]
    const id = new URL(location, 'http://x').searchParams.get('form') ?? ''
    expect((await formState(visit, id)).returned).toBe(false)
    expect((await formState(visit, 'other')).returned).toBe(false)
  })
})
