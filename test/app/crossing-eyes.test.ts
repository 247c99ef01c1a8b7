import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import decisionPage from '@/app/support/decisions/[id]/page'
import elsewherePage from '@/app/support/requests/[id]/elsewhere/page'
import requestPage from '@/app/support/requests/[id]/page'
import { consentCrossing } from '@/domain/crossing/consent-crossing'
import { crossingWaitMs } from '@/domain/crossing/crossing-status'
import { gatherChains } from '@/domain/evidence/gather-chains'
import { gatherFound } from '@/domain/evidence/gather-found'
import { gatherPushed } from '@/domain/evidence/gather-pushed'
import { gatherShown } from '@/domain/evidence/gather-shown'
import { approveRequest } from '@/domain/restore/approve-request'
import { reader, transaction } from '@/domain/transaction'
import { CrossingWorld, type Pair, proved } from '@/test/domain/crossing/crossing-world'
import { later } from '@/test/domain/identity/guard-world'
import { card } from '@/test/domain/restore/records'
import { longKnown } from '@/test/support/long-known'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor } from '@/test/support/portal-visitor'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: CrossingWorld
let pair: Pair
let crossingId: string
let into: string | null = null
/** Whose the things are whose ids a page may be asked for. */
let ids: string[]
let adasAccount: string

beforeAll(async () => {
  const key = `test:${randomBytes(32).toString('base64')}`
  world = await CrossingWorld.begin({ HOMEWARD_KEY: key })
  const { folder, backup } = world.guard.restores
  portalSettings(folder)
  Object.assign(process.env, {
    HOMEWARD_KEY: key,
    BACKUP_URL: pathToFileURL(backup).href,
    SNAPSHOT_URL: pathToFileURL(path.join(folder, 'snapshots')).href,
    DEVICE_ALLOWED_HOSTS: '127.0.0.1',
    LOG_LEVEL: 'error',
  })
  pair = await world.pair(
    [
      card('same@x', 'Sam Same', 'TEL:+14165550101'),
      card('differs@x', 'Found-Of-Ada', 'TEL:+14165550102'),
      card('new@x', 'Found-Of-Ada Two', 'TEL:+14165550103'),
    ].join(''),
  )
  const bobsOwn = card('b@x', 'Found-Of-Bob', 'TEL:+14165550104')
  await world.guard.restores.batch(`batch-${pair.bobId}`, { [`${pair.bobId}/contacts.vcf`]: bobsOwn })
  await mkdir(path.join(pair.folder, 'contacts'), { recursive: true })
  const there = [card('same@x', 'Sam Same', 'TEL:+14165550101'), card('differs@x', 'Kept-By-Bob', 'TEL:+14165550105')]
  for (const [i, text] of there.entries()) await writeFile(path.join(pair.folder, `contacts/${i}.vcf`), text)
  crossingId = await world.opened(pair)
  const holdings = await reader('every-carrier').holding.findMany({ select: { id: true } })
  adasAccount = (await world.request(pair.requestId)).accountId
  ids = [...holdings.map(({ id }) => id), pair.requestId, pair.accountId, adasAccount, crossingId]
}, 120_000)
afterAll(() => world?.end())

const pages = readdirSync('app/account', { recursive: true, encoding: 'utf8' }).filter(file => /page\.tsx$/.test(file))

/** Everything below /account that somebody can open, with every id there is: by address. */
async function everything(who: Pair['ada']): Promise<Map<string, string>> {
  const visitor = await PortalVisitor.signedIn(who.email, { subscriberId: who.subscriberId })
  const { subscriberId } = who
  // Sees what was recovered for them: else nothing would be shown to anybody.
  await transaction('every-carrier', tx =>
    tx.signInSession.updateMany({ where: { subscriberId }, data: { provedKeySince: longKnown() } }),
  )
  const seen = new Map<string, string>()
  for (const file of pages) {
    const at = path.resolve('app/account', file)
    const { default: page } = await import(/* @vite-ignore */ at)
    const route = path.join('/account', path.dirname(file))
    for (const id of route.includes('[id]') ? [...ids, ...(into ? [into] : [])] : ['']) {
      const address = route.replace('[id]', id).replace('[ordinal]', '0')
      const { html } = await visitor.open(page, address, { id, ordinal: '0' })
      seen.set(address, html)
    }
  }
  return seen
}

const bundleOf = async ({ subscriberId: id, carrierId }: Pair['ada']): Promise<string> => {
  const db = reader('every-carrier')
  const whom = { id, carrierId }
  const parts = [await gatherFound(db, whom), await gatherPushed(db, whom), await gatherShown(db, whom)]
  const own = await db.restoreRequest.findMany({ where: { subscriberId: id } })
  const subjects = [`subscriber:${id}`, ...own.map(one => `request:${one.id}`)]
  return JSON.stringify([...parts, await gatherChains(db, subjects)])
}

const marksOf = async (who: 'ada' | 'bob'): Promise<string[]> => {
  const { email, number } = pair[who]
  const names = who === 'ada' ? ['Found-Of-Ada'] : ['Found-Of-Bob', 'Kept-By-Bob', pair.folder]
  return [...names, email, number]
}

/** What of the other stands where it must not; and that what is one's own is shown. */
async function examine(): Promise<void> {
  for (const [who, other] of [
    ['ada', 'bob'],
    ['bob', 'ada'],
  ] as const) {
    const seen = await everything(pair[who])
    // What the account's owner has in their own account is theirs to see.
    if (who === 'bob') seen.delete(`/account/devices/${pair.accountId}`)
    const leaks = (await marksOf(other)).flatMap(mark =>
      [...seen].flatMap(([address, html]) => (html.includes(mark) ? [`${mark} at ${address}`] : [])),
    )
    expect(leaks).toEqual([])
    expect([...seen.values()].some(html => html.includes(who === 'ada' ? 'Found-Of-Ada' : 'Found-Of-Bob'))).toBe(true)
    const bundle = await bundleOf(pair[who])
    for (const mark of [...(await marksOf(other)), 'Found-Of', 'Kept-By']) expect(bundle).not.toContain(mark)
    expect(bundle).toContain(crossingId)
    expect(bundle).not.toContain(who === 'ada' ? pair.accountId : adasAccount)
    await world.guard.deliver(pair[who].subscriberId)
    const mails = world.guard.sent.filter(({ to }) => to === pair[who].email || to === pair[who].number)
    expect(mails.length).toBeGreaterThan(0)
    const said = mails.map(({ text }) => text).join('\n')
    for (const mark of await marksOf(other)) expect(said).not.toContain(mark)
    expect(said).not.toMatch(/Found-Of|Kept-By/)
  }
}

async function examineSupport(): Promise<void> {
  const { email } = await reader('every-carrier').staff.findUniqueOrThrow({ where: { id: world.ann.staffId } })
  const visitor = await PortalVisitor.signedIn(email)
  const { decisionId } = await world.crossing(crossingId)
  const looks = [
    await visitor.open(decisionPage, `/support/decisions/${decisionId}`, { id: decisionId }),
    await visitor.open(requestPage, `/support/requests/${pair.requestId}`, { id: pair.requestId }),
    await visitor.open(elsewherePage, `/support/requests/${pair.requestId}/elsewhere?to=${pair.bobId}`, {
      id: pair.requestId,
    }),
    ...(into ? [await visitor.open(requestPage, `/support/requests/${into}`, { id: into })] : []),
  ]
  for (const { status, html } of looks) {
    expect(status).toBe(200)
    expect(html).not.toMatch(/Found-Of|Kept-By/)
  }
}

describe('what each of the two, and support, sees of the other', () => {
  it('is who, how many and of what kind, while both are asked', async () => {
    await examine()
    await examineSupport()
  }, 120_000)

  it('is no more once it is finished, on every page, in the evidence and in every mail', async () => {
    for (const one of [pair.ada, pair.bob]) await consentCrossing(proved(one), { crossingId })
    into = (await world.crossing(crossingId)).requestId!
    await approveRequest(world.ann, { requestId: into })
    await approveRequest(world.ben, { requestId: into }, later(new Date(), crossingWaitMs + 1_000))
    await world.guard.restores.run(into)
    expect((await world.request(into)).status).toBe('done')
    await examine()
    await examineSupport()
  }, 120_000)
})
