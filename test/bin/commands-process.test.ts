import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { makeBag } from '@/test/support/make-bag'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const folder = temporaryFolder('commands')
const backup = path.join(folder, 'backup')
const running = new Set<ChildProcess>()
let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
  await mkdir(backup)
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await database?.drop()
  removeFolder(folder)
})

const key = `test:${randomBytes(32).toString('base64')}`
const nextAuthSecret = randomBytes(32).toString('base64url')

/** A process of the command line, as `npm run --silent homeward -- …` starts it. */
function start(...args: string[]) {
  const child = spawn(process.execPath, ['bin/launch.mjs', '--quiet', 'bin/homeward.ts', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      INIT_CWD: folder,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      NEXTAUTH_SECRET: nextAuthSecret,
      HOMEWARD_KEY: key,
      DATA_DIR: folder,
      BACKUP_URL: pathToFileURL(backup).href,
    },
  })
  running.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  const ended = once(child, 'close').then(([exitCode]) => {
    running.delete(child)
    return { exitCode: exitCode as number | null, stdout, stderr }
  })
  return { child, ended }
}

/** What a command that succeeds writes: one document, one line, and nothing beside it. */
async function homeward(...args: string[]) {
  const { exitCode, stdout, stderr } = await start(...args).ended
  expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^.+\n$/)
  return JSON.parse(stdout)
}

const card = (n: number): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${n}@x\r\nN:Person ${n};;;;\r\nFN:Person ${n}\r\nEMAIL:p${n}@people.example\r\nEND:VCARD\r\n`
const cards = (count: number): string => Array.from({ length: count }, (_, n) => card(n)).join('')

const itemsOf = async (account: string): Promise<string[]> =>
  (await readdir(path.join(account, 'contacts')).catch(() => [])).filter(name => !name.startsWith('.'))

/** Where each contact stands in the account: two files of one contact are one too many. */
async function contactsOf(account: string): Promise<string[]> {
  const files = await Promise.all(
    (await itemsOf(account)).map(name => readFile(path.join(account, 'contacts', name), 'utf8')),
  )
  return files.map(text => /^FN:(.*)\r$/m.exec(text)?.[1] ?? text).sort()
}
const people = (count: number): string[] => Array.from({ length: count }, (_, n) => `Person ${n}`).sort()

it('writes one document on standard output and answers by its exit code', async () => {
  const [misused, refused, valid] = await Promise.all([
    start('restore', '--policy', 'merge', '--twice').ended,
    start('bag', 'validate', 'nowhere').ended,
    makeBag(folder, { name: 'here', files: { 'a.txt': 'a' } }).then(() => start('bag', 'validate', 'here').ended),
  ])
  expect(misused).toEqual({ exitCode: 2, stdout: expect.stringMatching(/^\{.*\}\n$/), stderr: '' })
  expect(JSON.parse(misused.stdout)).toEqual({
    type: 'https://homeward.example/problems/wrong-usage',
    title: 'Wrong usage',
    detail: expect.stringContaining('There is no option --twice here.'),
  })
  expect(refused).toEqual({ exitCode: 1, stdout: expect.stringMatching(/^\{.*\}\n$/), stderr: '' })
  expect(valid).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^\{"valid":true,.*\}\n$/), stderr: '' })
}, 120_000)

it('carries a whole restore through: two workers at once, one killed, one told to stop, and another to the end', async () => {
  const many = 2_000
  const [composed, decomposed] = ['Ren\u00e9', 'Rene\u0301']
  await homeward('carrier', 'add', '--slug', 'harbor', '--name', 'Harbor Wireless')
  const accounts: Record<string, string> = {}
  for (const id of [composed!, decomposed!]) {
    const folderOf = path.join(folder, `device-${Object.keys(accounts).length}`)
    accounts[id] = folderOf
    await mkdir(folderOf)
    const email = ['--email', 'rene@people.example']
    await homeward('subscriber', 'add', '--id', id, '--carrier', 'harbor', ...email)
    await homeward('account', 'add', '--subscriber', id, '--kind', 'vdir', '--url', folderOf)
  }
  await makeBag(backup, {
    name: 'batch-1',
    info: { 'Homeward-Incident': 'october-2009', 'Homeward-As-Of': '2009-10-12T00:00:00Z' },
    files: { [`${composed}/contacts.vcf`]: cards(many), [`${decomposed}/contacts.vcf`]: cards(3) },
  })
  const taken = await Promise.all([homeward('intake'), homeward('intake')])
  for (const { batches } of taken)
    expect(batches).toMatchObject([{ name: 'batch-1', state: 'accepted', subscribers: 2, exceptions: [] }])

  const asked = await Promise.all([
    homeward('restore', '--subscriber', composed!, '--policy', 'keep-both'),
    homeward('restore', '--subscriber', composed!, '--policy', 'keep-both'),
    homeward('restore', '--subscriber', decomposed!, '--policy', 'keep-both'),
  ])

  const account = accounts[composed!]!
  const hasMoreThan = async (count: number, { child }: ReturnType<typeof start>): Promise<void> => {
    while (running.has(child) && (await itemsOf(account)).length <= count) await sleep(20)
  }
  const victim = start('work', '--until-idle')
  await hasMoreThan(200, victim)
  victim.child.kill('SIGKILL')
  expect((await victim.ended).stdout).toBe('')
  const done = (await itemsOf(account)).length
  expect(done).toBeLessThan(many / 2)

  const told = start('work', '--until-idle')
  await hasMoreThan(done + 200, told)
  told.child.kill('SIGTERM')
  const letGo = await told.ended
  expect(letGo.exitCode).toBe(0)
  expect(JSON.parse(letGo.stdout)).toMatchObject({ idle: false, stuck: 0 })
  expect((await itemsOf(account)).length).toBeLessThan(many)

  const ends = await Promise.all([start('work', '--until-idle').ended, start('work', '--until-idle').ended])
  for (const { exitCode, stdout } of ends) {
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ idle: true, stuck: 0, requestsWaiting: 0 })
  }

  const reports = await Promise.all(asked.map(({ request }) => homeward('report', '--request', request)))
  const counts = reports.map(({ state, categories: { contacts } }) => {
    const { found, created, alreadyPresent, failed } = contacts
    return { state, found, there: created + alreadyPresent, failed }
  })
  // Which of the two created what depends on who was killed when; neither lacks a record.
  const whole = { state: 'done', found: many, there: many, failed: 0 }
  expect(counts).toEqual([whole, whole, { state: 'done', found: 3, there: 3, failed: 0 }])
  expect(await contactsOf(account)).toEqual(people(many))
  expect(await contactsOf(accounts[decomposed!]!)).toEqual(people(3))
}, 600_000)

it('says in a document that the settings or the database are not what it needs', async () => {
  const place = new URL(database.url)
  place.port = '9'
  const { url, ownerUrl } = database
  database = { ...database, url: place.href, ownerUrl: place.href }
  const { exitCode, stdout } = await start('holdings', '--subscriber', 'X').ended
  database = { ...database, url, ownerUrl }
  expect(exitCode).toBe(1)
  const document = JSON.parse(stdout)
  expect(document).toEqual({
    type: 'https://homeward.example/problems/failed',
    title: 'It failed',
    detail: expect.stringMatching(/./),
  })
  expect(stdout).not.toContain(decodeURIComponent(place.password))
}, 120_000)
