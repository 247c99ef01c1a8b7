import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findOwnCrossing } from '@/domain/crossing/find-crossings'
import { undoCrossing } from '@/domain/crossing/undo-crossing'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { lockRestores, unlockRestores } from '@/domain/identity/lock-restores'
import { readReport } from '@/domain/restore/read-report'
import { resumeRequest } from '@/domain/restore/resume-request'
import { reader } from '@/domain/transaction'
import type { RequestStatus } from '@/prisma/generated/enums'
import { Chance } from '@/test/campaign/chance'
import { Mortal } from '@/test/campaign/mortal'
import { Reaper } from '@/test/campaign/reaper'
import { startWatchedProxy } from '@/test/campaign/watched-proxy'
import { CrossingWorld, type Pair, proved } from '@/test/domain/crossing/crossing-world'
import { refused } from '@/test/domain/decision/decision-world'
import { card } from '@/test/domain/restore/records'
import { describeWith } from '@/test/support/programs'
import { type DavServer, startRadicale } from '@/test/support/radicale'

const seed = Number(process.env.CAMPAIGN_SEED ?? 20091001)
const users = { bob: 'secret of bob', bert: 'secret of bert', bo: 'secret of bo', carol: 'secret of carol' }
type User = keyof typeof users

/** What both have alike, what differs under one UID, and what only Ada has. */
const alike = 10
const differing = 20
const adas = 150
const bobs = 40

const one = (n: number, whose: string): string =>
  card(`n-${n}@x`, `Nat Number${n}`, `TEL:+1206555${1000 + n}`, `NOTE:${n < alike ? 'both' : whose}-${n}-token`)
const cards = (from: number, count: number, whose: string): string[] =>
  Array.from({ length: count }, (_, i) => one(from + i, whose))
const ofAda = cards(0, adas, 'ada')
const ofBob = [...cards(0, alike + differing, 'bob'), ...cards(5_000, bobs - alike - differing, 'bob')]

describeWith(['radicale'], 'one person’s records into another’s account on a server', () => {
  const ends: (() => Promise<unknown>)[] = []
  const workers: Mortal[] = []
  const reaper = new Reaper(new Chance(seed), workers, () => undefined)
  let world: CrossingWorld
  let radicale: DavServer
  let proxy: { url: string }
  /** Asked at every record that the server has taken. */
  let written: () => Promise<void> = async () => undefined

  beforeAll(async () => {
    radicale = await startRadicale(users)
    ends.push(radicale.stop)
    const key = `campaign:${randomBytes(32).toString('base64')}`
    world = await CrossingWorld.begin({ HOMEWARD_KEY: key })
    ends.push(world.end)
    const watched = await startWatchedProxy(radicale.url, async passing => {
      if (passing.method === 'PUT' && passing.status < 300) await written()
      return reaper.answered(passing)
    })
    proxy = watched
    ends.push(watched.close)
    const { folder, backup } = world.guard.restores
    const env = {
      ...process.env,
      DATA_DIR: folder,
      BACKUP_URL: `file://${backup}`,
      HOMEWARD_KEY: key,
      DEVICE_ALLOWED_HOSTS: '127.0.0.1',
      LOG_LEVEL: 'warn',
    }
    for (const name of ['one', 'two']) {
      const worker = new Mortal(['workers/run-worker.ts'], env, path.join(folder, `${name}.log`))
      workers.push(worker)
      ends.push(() => worker.end())
    }
  }, 300_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const folderOf = (user: User) => path.join(radicale.folder, 'collections/collection-root', user)

  async function furnish(user: User, book: string[]): Promise<void> {
    const authorization = `Basic ${Buffer.from(`${user}:${users[user]}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'text/vcard; charset=utf-8' }
    const put = { method: 'PUT', headers, body: book.join('') }
    expect((await fetch(`${radicale.url}${user}/contacts/`, put)).ok).toBe(true)
  }

  /** Every item by its place, read from the server's own folder. */
  async function read(user: User): Promise<Record<string, string>> {
    const names = await readdir(folderOf(user), { recursive: true, withFileTypes: true })
    const items = names.filter(
      entry => entry.isFile() && entry.name.endsWith('.vcf') && !entry.parentPath.includes('.Radicale.cache'),
    )
    const texts = items.map(async ({ parentPath, name }) => {
      const at = path.join(parentPath, name)
      return [path.relative(folderOf(user), at), await readFile(at, 'utf8')] as const
    })
    return Object.fromEntries(await Promise.all(texts))
  }

  const into = (user: User, book: string[]): Promise<Pair> =>
    world.pair(book.join(''), {}, { url: proxy.url, username: user, password: users[user] })

  async function comesTo(requestId: string, ...wanted: RequestStatus[]): Promise<void> {
    for (let looks = 0; looks < 1_000; looks++) {
      if (wanted.includes((await world.request(requestId)).status)) return
      await sleep(250)
    }
    const { status, waitReason } = await world.request(requestId)
    throw new Error(`It is ${status} (${waitReason}).\n${workers.map(worker => worker.log()).join('\n')}`)
  }

  const heldTokens = (items: Record<string, string>, token: string): number =>
    Object.values(items).filter(text => text.includes(token)).length

  it('arrive each once, change nothing of the other’s, reach no third account, and go again, whoever is killed', async () => {
    await furnish('bob', ofBob)
    await furnish('carol', cards(0, 30, 'carol'))
    const [before, third] = [await read('bob'), await read('carol')]
    expect(Object.keys(before)).toHaveLength(bobs)
    const pair = await into('bob', ofAda)

    reaper.plan(2, adas - alike)
    const { crossingId, into: requestId } = await world.approved(pair)
    await comesTo(requestId, 'done')
    expect(await reaper.settle()).toBe(0)
    const after = await read('bob')
    for (const [place, text] of Object.entries(before)) expect(after[place], place).toBe(text)
    expect(Object.keys(after)).toHaveLength(bobs + adas - alike)
    const tokens = ofAda.map((_, n) => `${n < alike ? 'both' : 'ada'}-${n}-token`)
    expect(tokens.filter(token => heldTokens(after, token) !== 1)).toEqual([])
    expect(new Set(Object.values(after).map(text => /^UID:(.*)$/m.exec(text)?.[1])).size).toBe(bobs + adas - alike)
    const { categories } = await readReport(proved(pair.bob), requestId)
    expect(categories.contacts).toMatchObject({ found: adas, alreadyPresent: alike, keptBoth: differing, failed: 0 })
    expect((await findOwnCrossing(proved(pair.ada), crossingId)).categories).toEqual([
      { category: 'contacts', asked: adas, there: adas, notThere: 0 },
    ])

    reaper.plan(1, adas - alike)
    await undoCrossing(proved(pair.ada), { crossingId })
    await comesTo(requestId, 'undone')
    expect(await reaper.settle()).toBe(0)
    expect(await read('bob')).toEqual(before)
    expect(await read('carol')).toEqual(third)
    expect(Object.values(reaper.deaths).reduce((sum, deaths) => sum + deaths, 0)).toBe(3)
    expect(await reader('every-carrier').task.count({ where: { status: 'failed' } })).toBe(0)
  }, 400_000)

  const holds: [string, User, (pair: Pair) => Promise<void>][] = [
    ['the account’s owner locks restores', 'bert', ({ bob }) => lockRestores(proved(bob), bob)],
    ['the one whose records they are says “this was not me”', 'bo', ({ ada }) => freezeSubscriber(proved(ada), ada)],
  ]
  for (const [name, user, hold] of holds)
    it(`stop within a second once ${name}, and both are told`, async () => {
      const many = 350
      await furnish(user, [one(9_000, user)])
      const pair = await into(user, cards(0, many, 'ada'))
      let count = 0
      let held: Promise<void> | undefined
      written = async () => {
        count++
        if (count === 30) held = hold(pair)
        await held
        await sleep(100)
      }
      const { crossingId, into: requestId } = await world.approved(pair)
      await comesTo(requestId, 'held')
      await held
      await sleep(2_500)
      const there = Object.keys(await read(user)).length
      await sleep(1_500)
      expect(Object.keys(await read(user))).toHaveLength(there)
      // Three chunks of a hundred are on their way at once: it is not them that it waits for.
      expect(there).toBeLessThan(250)
      written = async () => undefined
      for (const who of [pair.ada, pair.bob]) {
        expect((await world.told(who)).at(-1)).toBe('held')
        expect(await findOwnCrossing(proved(who), crossingId)).toMatchObject({ request: 'held' })
      }
      if (user === 'bo') {
        await expect(resumeRequest(proved(pair.bob), { requestId })).rejects.toEqual(refused('held-frozen'))
        return
      }
      await unlockRestores(proved(pair.bob), pair.bob)
      expect((await world.request(requestId)).status).toBe('held')
      await resumeRequest(proved(pair.bob), { requestId })
      await comesTo(requestId, 'done')
      const after = await read(user)
      expect(Object.keys(after)).toHaveLength(many + 1)
      const lost = Array.from({ length: many }, (_, n) => `-${n}-token`).filter(token => heldTokens(after, token) !== 1)
      expect(lost).toEqual([])
    }, 300_000)
})
