import { randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '@/domain/actor'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { readReport } from '@/domain/restore/read-report'
import { reader } from '@/domain/transaction'
import type { RequestStatus } from '@/prisma/generated/enums'
import { Chance } from '@/test/campaign/chance'
import type { Order } from '@/test/campaign/clerk'
import { Accounts, type Contents } from '@/test/campaign/contents'
import { examineRestore, examineUndo } from '@/test/campaign/examine'
import { makePerson, type Person, recordsEach } from '@/test/campaign/material'
import { Mortal } from '@/test/campaign/mortal'
import { Reaper } from '@/test/campaign/reaper'
import { startWatchedProxy } from '@/test/campaign/watched-proxy'
import { startModDav } from '@/test/support/mod-dav'
import { startRadicale } from '@/test/support/radicale'
import { RestoreWorld } from '@/test/support/restore-world'

interface CampaignSize {
  restores: number
  /** Deaths of workers while they restore; a fifth of that more while they undo, and of who files and approves. */
  kills: number
  seed: number
  /** Told how far it has come. */
  say(progress: string): void
}

interface CampaignResult {
  restores: number
  records: number
  /** Deaths by what died and when. */
  deaths: Record<string, number>
  seconds: { restore: number; undo: number }
  /** Everything that should hold and does not. */
  violations: string[]
}

const operator = system('campaign')
const workerCount = 2
const passwordOf = (person: string): string => `secret of ${person}`

/** Restores and undoes, with workers and clerks dying all the while, and examines every account afterwards. */
export async function killNine({ restores, kills, seed, say }: CampaignSize): Promise<CampaignResult> {
  const chance = new Chance(seed)
  const people = Array.from({ length: restores }, (_, i) => makePerson(`p${i}`, chance))
  const ends: (() => Promise<unknown>)[] = []
  try {
    const radicale = await startRadicale(Object.fromEntries(people.map(({ name }) => [name, passwordOf(name)])))
    ends.push(radicale.stop)
    const files = await startModDav()
    ends.push(files.stop)
    const key = `campaign:${randomBytes(32).toString('base64')}`
    const world = await RestoreWorld.begin({ HOMEWARD_KEY: key })
    ends.push(() => world.end())
    const accounts = new Accounts(radicale, files, passwordOf)
    const workers: Mortal[] = []
    const reaper = new Reaper(chance, workers, say)
    const answered = reaper.answered.bind(reaper)
    const proxy = await startWatchedProxy(radicale.url, answered)
    const owner = `Basic ${Buffer.from(`${files.username}:${files.password}`).toString('base64')}`
    const filesProxy = await startWatchedProxy(files.url, answered, owner)
    ends.push(proxy.close, filesProxy.close)

    say('furnishes the accounts')
    const orders = await prepare(world, accounts, people, { dav: proxy.url, files: filesProxy.url })
    const before = await readAll(accounts, people)
    const env = {
      ...process.env,
      DATA_DIR: world.folder,
      BACKUP_URL: `file://${world.backup}`,
      HOMEWARD_KEY: key,
      DEVICE_ALLOWED_HOSTS: '127.0.0.1',
      LOG_LEVEL: 'warn',
    }
    const begin = (name: string, args: string[], onWord?: () => void): Mortal => {
      const mortal = new Mortal(args, env, path.join(world.folder, `${name}.log`), onWord)
      ends.push(() => mortal.end())
      return mortal
    }
    say('starts the workers')
    for (let i = 0; i < workerCount; i++) workers.push(begin(`worker-${i}`, ['workers/run-worker.ts']))
    const deaths: Record<string, number> = {}
    const haveCarriedOut = async (name: string, list: Order[]): Promise<void> => {
      const file = path.join(world.folder, `${name}.json`)
      await writeFile(file, JSON.stringify(list))
      const fatal = new Set(
        Array.from({ length: name === 'restore' ? Math.ceil(kills / 5) : 0 }, () => chance.between(1, list.length - 1)),
      )
      let words = 0
      const clerk = begin(name, ['test/campaign/clerk.ts', file], () => {
        words++
        if (fatal.delete(words)) void sleep(chance.between(0, 20)).then(() => clerk.kill())
      })
      const code = await clerk.finished
      if (code !== 0) throw new Error(`Nobody could carry out the orders (${code}):\n${clerk.log()}`)
      deaths['of who files and approves'] = (deaths['of who files and approves'] ?? 0) + clerk.deaths
    }

    const writes = people.reduce((sum, person) => sum + writesOf(person), 0)
    const violations: string[] = []
    const seconds = { restore: 0, undo: 0 }
    let missed = 0
    const phase = async (name: 'restore' | 'undo', list: Order[], fatal: number, end: RequestStatus): Promise<void> => {
      const started = Date.now()
      reaper.plan(fatal, writes)
      await haveCarriedOut(name, list)
      violations.push(...(await allEnd(end, restores, say)))
      missed += await reaper.settle()
      seconds[name] = Math.round((Date.now() - started) / 1000)
    }

    await phase('restore', orders, kills, 'done')
    const requests = await requestsOf(people)
    const restored = await readAll(accounts, people)
    for (const person of people) {
      const report = await readReport(operator, requests.get(person.name)!)
      violations.push(...(await examineRestore(person, report, restored.get(person.name)!)))
    }
    say(`restored in ${seconds.restore} s; ${violations.length} violations`)

    await phase(
      'undo',
      [...requests.values()].map(undo => ({ undo })),
      Math.floor(kills / 5),
      'undone',
    )
    const after = await readAll(accounts, people)
    for (const person of people) {
      const report = await readReport(operator, requests.get(person.name)!)
      violations.push(...examineUndo(person, report, before.get(person.name)!, after.get(person.name)!))
    }
    if (missed > 0) violations.push(`${missed} deaths did not come to pass`)
    if (violations.length > 0) say(workers.map(worker => worker.log()).join('\n'))
    Object.assign(deaths, reaper.deaths)
    return { restores, records: restores * recordsEach, deaths, seconds, violations }
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

const writesOf = ({ expected }: Person): number =>
  Object.values(expected.counts).reduce(
    (sum, { created = 0, keptBoth = 0, merged = 0 }) => sum + created + keptBoth + merged,
    0,
  )

/** Subscribers, their accounts, one batch for all; answers what is to be asked for. */
async function prepare(
  world: RestoreWorld,
  accounts: Accounts,
  people: Person[],
  urls: { dav: string; files: string },
): Promise<Order[]> {
  const files = people.flatMap(({ name, recovered }) =>
    Object.entries(recovered).map(([file, content]) => [`${name}/${file}`, content] as const),
  )
  const ids = new Map<string, string>()
  for (const { name } of people) ids.set(name, await world.subscriber(name))
  await world.batch('everything', Object.fromEntries(files))
  const orders: Order[] = []
  for (const person of people) {
    const { name, rule } = person
    const subscriberId = ids.get(name)!
    await accounts.furnish(person)
    const filesUrl = `${urls.files}${name}/`
    const login = { username: name, password: passwordOf(name) }
    const accountId = await world.account(subscriberId, { kind: 'dav', url: urls.dav, filesUrl, ...login })
    const holdings = await listHoldings(operator, { subscriberId })
    const holdingIds = holdings.map(({ id }) => id)
    orders.push({ restore: { subscriberId, accountId, holdingIds, rule, filingKey: randomUUID() } })
  }
  return orders
}

async function readAll(accounts: Accounts, people: Person[]): Promise<Map<string, Contents>> {
  const all = new Map<string, Contents>()
  for (const { name } of people) all.set(name, await accounts.read(name))
  return all
}

/** The one request of each person; throws where somebody has another. */
async function requestsOf(people: Person[]): Promise<Map<string, string>> {
  const rows = await reader('every-carrier').restoreRequest.findMany({
    include: { subscriber: { select: { accountId: true } } },
  })
  const requests = new Map(rows.map(row => [row.subscriber.accountId, row.id]))
  if (rows.length === people.length && requests.size === people.length) return requests
  throw new Error(`${rows.length} requests of ${requests.size} people for ${people.length} people.`)
}

/** Waits until no request moves any more; those that are not where they should be, and why, are violations. */
async function allEnd(status: RequestStatus, count: number, say: (progress: string) => void): Promise<string[]> {
  const halted: RequestStatus[] = ['waiting', 'held', status]
  for (let looks = 1; ; looks++) {
    const over = await reader('every-carrier').restoreRequest.count({ where: { status: { in: halted } } })
    const failed = await reader('every-carrier').task.count({ where: { status: 'failed' } })
    if (over === count || failed > 0) break
    if (looks % 20 === 0) say(`${over} of ${count} ${status}`)
    await sleep(500)
  }
  const others = await reader('every-carrier').restoreRequest.findMany({
    where: { status: { not: status } },
    include: { subscriber: { select: { accountId: true } } },
  })
  const failed = await reader('every-carrier').task.findMany({ where: { status: 'failed' } })
  return [
    ...others.map(one => `${one.subscriber.accountId} is ${one.status} (${one.waitReason}), not ${status}`),
    ...failed.map(one => `the task ${one.job} failed: ${one.lastError}`),
  ]
}
