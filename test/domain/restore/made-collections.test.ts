import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Category } from '@/domain/record/category'
import type { Collection, DeviceAccount } from '@/domain/restore/device-account'
import { reader } from '@/domain/transaction'
import { openDavAccount } from '@/gateways/device-account/dav'
import { startScriptedDav } from '@/test/faults/scripted-dav'
import { bookAt, openAt, payloadOf, vcard } from '@/test/gateways/device-account/dav-support'
import { describeWith } from '@/test/support/programs'
import { startRadicale } from '@/test/support/radicale'
import { RestoreWorld } from '@/test/support/restore-world'
import { startXandikos } from '@/test/support/xandikos'
import { ofEverything } from './records'

vi.setConfig({ testTimeout: 120_000 })

interface Account {
  world: RestoreWorld
  /** The account as the person's own device sees it. */
  device: DeviceAccount
  subscriberId: string
  accountId: string
  end(): Promise<void>
}

async function accountOn(server: { url: string; stop(): Promise<void> }, username: string, password: string) {
  const world = await RestoreWorld.begin()
  const device = openDavAccount({ url: server.url, filesUrl: null, username, password, allowedHosts: ['127.0.0.1'] })
  const subscriberId = await world.subscriber('M-1')
  const files = Object.entries(ofEverything()).map(([name, body]) => [`M-1/${name}`, body])
  await world.batch('made', Object.fromEntries(files))
  const accountId = await world.account(subscriberId, { kind: 'dav', url: server.url, username, password })
  const end = async (): Promise<void> => {
    await device.close()
    await world.end()
    await server.stop()
  }
  return { world, device, subscriberId, accountId, end } satisfies Account
}

const collectionsOf = async ({ device }: Account): Promise<Collection[]> => (await device.discover()).collections

/** Puts something into an empty collection of the server between the look and the DELETE. */
async function losesTheRace(device: DeviceAccount, authorization: string): Promise<void> {
  const made = (await device.makeCollection('contacts', 'race'))!
  const headers = { authorization, depth: '0', 'content-type': 'text/xml' }
  const body = '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>'
  const answer = await fetch(made.url, { method: 'PROPFIND', headers, body })
  const etag = /getetag>([^<]+)</.exec(await answer.text())![1]!.replaceAll('&quot;', '"')
  expect(await device.create(made, 'late.vcf', payloadOf(vcard('late')))).toMatchObject({ kind: 'written' })
  const late = await fetch(made.url, { method: 'DELETE', headers: { authorization, 'if-match': etag } })
  expect(late.status).toBe(412)
  expect(await device.removeEmptyCollection(made)).toBe(false)
  const item = device.hrefOf(made, 'late.vcf')
  expect(await device.remove(item, null)).toMatchObject({ kind: 'written' })
  expect(await device.removeEmptyCollection(made)).toBe(true)
}

describeWith(['radicale'], 'an undo on Radicale', () => {
  let at: Account
  const categories: Category[] = ['contacts', 'calendar', 'tasks']
  const restore = () => at.world.restore({ ...at, categories })
  beforeAll(async () => {
    const server = await startRadicale()
    at = await accountOn(server, server.username, server.password)
  })
  afterAll(() => at?.end())

  it('takes the collections away that the restore had to make; the next restore makes them again', async () => {
    for (let time = 1; time <= 2; time++) {
      const { request, state } = await restore()
      expect(state).toBe('done')
      expect(await collectionsOf(at)).toHaveLength(3)
      expect((await at.world.undo(request)).state).toBe('undone')
      expect(await collectionsOf(at)).toEqual([])
      const account = await reader('every-carrier').deviceAccount.findUniqueOrThrow({ where: { id: at.accountId } })
      expect(account.targets).toEqual({})
    }
  })

  it('is told by the server what was put in at the last moment', () =>
    losesTheRace(at.device, `Basic ${Buffer.from('alice:alicepw').toString('base64')}`))

  it('leaves one that holds something of the person, and one into which another restore is on its way', async () => {
    const { request } = await restore()
    const made = await collectionsOf(at)
    const book = made.find(({ takes }) => takes.includes('contacts'))!
    const tasks = made.find(({ takes }) => takes.includes('tasks'))!
    expect(await at.device.create(book, 'own.vcf', payloadOf(vcard('own')))).toMatchObject({ kind: 'written' })
    const next = await at.world.request({ ...at, categories: ['tasks'] })
    await reader('every-carrier').runCategory.updateMany({
      where: { run: { requestId: next } },
      data: { collectionUrl: tasks.url },
    })
    await at.world.undo(request)
    expect((await collectionsOf(at)).map(({ url }) => url).sort()).toEqual([book.url, tasks.url].sort())
  })
})

describeWith(['xandikos'], 'an undo on Xandikos', () => {
  it('leaves empty collections that were there before', async () => {
    const server = await startXandikos()
    const at = await accountOn(server, 'alice', 'none is asked for')
    const before = await collectionsOf(at)
    const { request } = await at.world.restore({ ...at, categories: ['contacts', 'calendar'] })
    expect((await at.world.undo(request)).undo?.contacts).toEqual({ removed: 3 })
    expect(await collectionsOf(at)).toEqual(before)
    await losesTheRace(at.device, 'Basic bm9uZQ==')
    await at.end()
  })
})

describe('removing an empty collection', () => {
  it('spares what comes into it at the same moment', async () => {
    const server = await startScriptedDav((request, next) => {
      const answer = next()
      if (request.method === 'PROPFIND') {
        const empty = tagged(answer, '"empty"')
        server.store.put('/u/book/late.vcf', Buffer.from(vcard('late')))
        return empty
      }
      if (request.method === 'DELETE') return request.headers['if-match'] === '"full"' ? answer : { status: 412 }
      return answer
    })
    const account = openAt(server.url)
    expect(await account.removeEmptyCollection(bookAt(server.url))).toBe(false)
    expect(server.log.filter(({ method }) => method === 'DELETE').map(({ headers }) => headers['if-match'])).toEqual([
      '"empty"',
    ])
    expect(server.store.item('/u/book/late.vcf')).toBeDefined()
    await account.close()
    await server.close()
  })

  it.each([
    ['has no tag', null, null, 0],
    ['has a weak tag', 'W/"empty"', 'W/"empty"', 0],
    ['has a tag of which nobody says that it changes with the items', '"empty"', null, 0],
    ['has a tag that is not the one that changes with the items', '"empty"', '"1"', 0],
    ['has something in it', '"full"', '"full"', 1],
  ])('is not tried where it %s', async (_, etag, ctag, items) => {
    const server = await startScriptedDav((request, next) =>
      request.method === 'PROPFIND' ? tagged(next(), etag, ctag) : next(),
    )
    if (items > 0) server.store.put('/u/book/a.vcf', Buffer.from(vcard('a')))
    const account = openAt(server.url)
    expect(await account.removeEmptyCollection(bookAt(server.url))).toBe(false)
    expect(server.count('DELETE')).toBe(0)
    await account.close()
    await server.close()
  })

  it('is content where it is gone already', async () => {
    const server = await startScriptedDav()
    const account = openAt(server.url)
    expect(await account.removeEmptyCollection({ ...bookAt(server.url), url: `${server.url}u/gone/` })).toBe(true)
    await account.close()
    await server.close()
  })
})

/** The same answer with tags for the collection itself, which the scripted server does not give. */
const tagged = <Answer extends { body?: unknown }>(answer: Answer, etag: string | null, ctag = etag): Answer => {
  const text = [...(answer.body as Iterable<string>)].join('')
  const prop = (name: string, tag: string | null) =>
    tag === null ? '' : `<${name}>${tag.replace(/"/g, '&quot;')}</${name}>`
  return { ...answer, body: text.replace('<D:prop>', `<D:prop>${prop('D:getetag', etag)}${prop('S:getctag', ctag)}`) }
}
