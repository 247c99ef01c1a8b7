import { expect, test } from '@playwright/test'
import { reader } from '@/domain/transaction'
import { comparePaths } from '@/formats/bagit/bag-path'
import { type HostileFile, hostileFiles, hostileKinds, places } from '@/test/attacks/hostile-files'
import { MatrixPortal, type Visitor } from '@/test/e2e/matrix-portal'
import { zipEntries } from '@/test/e2e/zip-entries'

/** The campaign sends 500 and says by which seed. */
const count = Number(process.env.HOSTILE_UPLOADS || 2 * hostileKinds.length)
const seed = Number(process.env.CAMPAIGN_SEED || 20_091_001)

// One portal for all of them.
test.describe.configure({ mode: 'default', timeout: 120_000 + count * 1_000 })

let portal: MatrixPortal
let owner: Visitor
let holdingId: string
let files: HostileFile[]
test.beforeAll(async () => {
  test.setTimeout(600_000)
  const all = await hostileFiles(seed, count)
  // A bag with such a name is not taken in (test/attacks/hostile-uploads.test.ts).
  files = all.filter(({ name }) => !name.includes('\\')).sort((a, b) => comparePaths(a.name, b.name))
  portal = await MatrixPortal.begin()
  owner = portal.visitors.find(({ actor }) => actor.role === 'subscriber')!
  const inBag = Object.fromEntries(files.map(({ name, bytes }) => [`mark-id-own/photos/${name}`, bytes]))
  await portal.world.restores.batch('hostile', inBag, '2009-10-03T00:00:00Z')
  const where = { batch: { name: 'hostile' } }
  holdingId = (await reader('every-carrier').holding.findFirstOrThrow({ where })).id
})
test.afterAll(() => portal?.end())

const stackTrace = /\bat \S+ \(?(?:file:|\/|node:)[^\s)]*:\d+:\d+|node_modules\/|Prisma\w*Error/
const record = (at: number, tail = '') => `/account/records/${holdingId}/${at}${tail}`
const get = async (address: string) => {
  // What single records say is shown after a proof of the last five minutes, and there are many files.
  await portal.proveAgain()
  return fetch(`${portal.origin}${address}`, { headers: { cookie: owner.cookie ?? '' }, redirect: 'manual' })
}

/** What an answer that holds somebody's bytes must say of itself. */
function expectHarmless(answer: Response, what: string): void {
  expect(answer.headers.get('x-content-type-options'), what).toBe('nosniff')
  expect(answer.headers.get('content-security-policy'), what).toMatch(/^default-src 'none';.*; sandbox$/)
  expect(answer.headers.get('x-frame-options'), what).toBe('DENY')
  expect(answer.headers.get('cache-control'), what).toContain('no-store')
}

test(`${count} hostile files are previewed as pictures of ours, or not at all`, async () => {
  for (const [at, { kind, name, draws }] of files.entries()) {
    const what = `${at} ${kind} ${JSON.stringify(name)}`
    const answer = await get(record(at, '/preview?size=small'))
    expect(answer.status, what).toBe(200)
    expectHarmless(answer, what)
    const bytes = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    const type = answer.headers.get('content-type')
    if (draws) expect(type, what).toBe('image/jpeg')
    if (type === 'image/jpeg') expect(bytes.startsWith('\xff\xd8\xff'), what).toBe(true)
    // The one drawing that says "no picture".
    else
      expect([type, bytes.length < 600, bytes.includes('M110 150l34-44')], what).toEqual(['image/svg+xml', true, true])
    const told = [...places, '<script', '<?php', 'onerror'].filter(mark => bytes.includes(mark))
    expect([what, told]).toEqual([what, []])
  }
})

test('they are given to their owner byte for byte, as downloads that no browser opens', async () => {
  for (const [at, { kind, name, bytes }] of files.entries()) {
    const what = `${at} ${kind} ${JSON.stringify(name)}`
    const answer = await get(record(at, '/original'))
    expect(answer.status, what).toBe(200)
    expectHarmless(answer, what)
    expect(answer.headers.get('content-type'), what).toBe('application/octet-stream')
    const disposition = answer.headers.get('content-disposition') ?? ''
    expect(disposition, what).toMatch(/^attachment; filename="[^"\\/\r\n]*"; filename\*=UTF-8''[^"\\/\s]*$/)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!), what).not.toMatch(/[\p{Cc}\\/\u202a-\u202e]/u)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes), what).toBe(true)
  }
  const located = files.find(({ kind }) => kind === 'place-exif')
  expect(located?.bytes.includes(places[0])).toBe(true)
})

test('they are packed whole into one archive, each below its folder', async () => {
  const answer = await get('/account/download/archive')
  expect(answer.status).toBe(200)
  expectHarmless(answer, 'archive')
  expect(answer.headers.get('content-type')).toBe('application/zip')
  const entries = zipEntries(Buffer.from(await answer.arrayBuffer()))
  const photos = [...entries].filter(([name]) => /^(damaged\/)?photos\//.test(name))
  expect(photos).toHaveLength(files.length)
  for (const [name] of entries) expect(name).toMatch(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\:\p{Cc}]+$/u)
  const known = new Set(files.map(({ bytes }) => bytes.toString('base64')))
  for (const [name, bytes] of photos) expect(known.has(bytes.toString('base64')), name).toBe(true)
  const report = entries.get('report.csv')?.toString('utf8') ?? ''
  // A cell that a spreadsheet would run begins with an apostrophe.
  expect(report).not.toMatch(/(^|[,\n])"?[=+@-]/m)
})

test('a browser that opens any of it runs nothing', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: portal.origin, acceptDownloads: true })
  const [name = '', value = ''] = owner.cookie?.split('=') ?? []
  await context.addCookies([{ name, value, url: portal.origin }])
  const ran: string[] = []
  const page = await context.newPage()
  page.on('dialog', dialog => {
    ran.push(`${page.url()}: ${dialog.message()}`)
    void dialog.dismiss()
  })
  const foreign: string[] = []
  page.on('request', request => {
    if (!request.url().startsWith(portal.origin) && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  const hasRun = () => page.evaluate(() => document.title === 'ran' || 'ran' in globalThis)
  const daring = files.flatMap(({ kind, name: file }, at) =>
    /^(svg|both|wrong-html)/.test(kind) || /[<"'=]/.test(file) ? [at] : [],
  )
  for (const at of daring) {
    const what = `${files[at]!.kind} ${JSON.stringify(files[at]!.name)}`
    await page.goto(record(at, '/preview'))
    expect(await hasRun(), what).toBe(false)
    await page.goto(record(at))
    expect(await hasRun(), what).toBe(false)
    const downloading = page.waitForEvent('download')
    // Playwright says of a download that the navigation was aborted.
    await expect(page.goto(record(at, '/original')), what).rejects.toThrow(/Download is starting|ERR_ABORTED/)
    await (await downloading).cancel()
  }
  for (let number = 1; number <= Math.ceil(files.length / 50); number++) {
    await page.goto(`/account/records/${holdingId}?page=${number}`)
    expect(await hasRun(), `page ${number}`).toBe(false)
  }
  expect([ran, foreign]).toEqual([[], []])
  await context.close()
})

test('the one form that takes a file reads each as a list of addresses, or refuses it', async () => {
  const approver = portal.visitors.find(({ name }) => name === 'carrier_approver of harbor')!
  const before = await reader('every-carrier').suppression.count()
  for (const { kind, name, bytes } of files.slice(0, 2 * hostileKinds.length)) {
    const form = new FormData()
    form.set('token', approver.token ?? '')
    form.set('channel', 'mail')
    form.set('addresses', '')
    form.set('file', new File([Uint8Array.from(bytes)], name, { type: 'text/csv' }))
    const answer = await fetch(`${portal.origin}/carrier/suppressions/add`, {
      method: 'POST',
      headers: { cookie: approver.cookie ?? '', origin: portal.origin },
      body: form,
      redirect: 'manual',
    })
    const said = `${kind} ${JSON.stringify(name)}: ${answer.status} ${answer.headers.get('location')}`
    expect([303, 413], said).toContain(answer.status)
    if (answer.status === 303) expect(answer.headers.get('location'), said).toMatch(/^\/carrier\/suppressions\?form=/)
    expect(stackTrace.test(await answer.text()), said).toBe(false)
  }
  expect(await reader('every-carrier').suppression.count()).toBe(before)
})

test('of all this the portal had nothing to report', () => {
  expect(portal.log).not.toMatch(stackTrace)
  expect(portal.log).not.toMatch(/"level":(50|60)/)
})
