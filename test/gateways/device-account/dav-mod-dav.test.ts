import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Collection, DeviceAccount, FetchedItem } from '@/domain/restore/device-account'
import { type ModDavServer, startModDav } from '@/test/support/mod-dav'
import { describeWith } from '@/test/support/programs'
import { openAt, payloadOf } from './dav-support'

describeWith(['apache2'], 'photos on Apache mod_dav', () => {
  let server: ModDavServer
  let account: DeviceAccount
  let folder: Collection
  beforeAll(async () => {
    server = await startModDav()
    const { url, username, password } = server
    account = openAt(url, { filesUrl: `${url}Pictures/from the phone`, username, password })
    folder = (await account.filesFolder('photos'))!
  })
  afterAll(async () => {
    await account?.close()
    await server?.stop()
  })

  const put = (name: string, body: Uint8Array) => account.create(folder, name, payloadOf(body, 'image/jpeg'))
  const read = async (hrefs: string[]): Promise<FetchedItem[]> => {
    const items: FetchedItem[] = []
    for await (const item of account.fetch(folder, 'photos', hrefs)) items.push(item)
    return items
  }

  it('makes the folder and those above it, once', async () => {
    expect(folder).toEqual({
      url: `${server.url}Pictures/from%20the%20phone/`,
      displayName: null,
      takes: ['photos'],
      writable: true,
    })
    expect(await account.filesFolder('photos')).toEqual(folder)
  })

  it.each([
    'plain.jpg',
    'with space.jpg',
    'caf\u00e9.jpg',
    'cafe\u0301.jpg',
    '50%.jpg',
    'a#b?c.jpg',
    '🎉.heic',
    "l'été (1) [2] & <3>.png",
    'a+b=c;d,e@f:g.jpg',
    '%41.jpg',
    'back\\slash.jpg',
    'hw-x.txt',
  ])('keeps the bytes and the name of %s', async name => {
    const body = randomBytes(5000)
    expect(await put(name, body)).toMatchObject({ kind: 'written', href: account.hrefOf(folder, name) })
    const hrefs: string[] = []
    for await (const { href, size } of account.list(folder, 'photos')) if (size === 5000) hrefs.push(href)
    expect(hrefs).toContain(account.hrefOf(folder, name))
    const [item] = await read([account.hrefOf(folder, name)])
    expect(Buffer.from(item!.body).equals(body)).toBe(true)
    expect(await put(name, randomBytes(10))).toMatchObject({ kind: 'precondition-failed' })
  })

  it('takes a large photo from a stream', async () => {
    const piece = randomBytes(65_536)
    const hash = createHash('sha256')
    const source = async function* (): AsyncIterable<Uint8Array> {
      for (let i = 0; i < 100; i += 1) yield piece
    }
    for (let i = 0; i < 100; i += 1) hash.update(piece)
    const payload = { body: source, length: 6_553_600, contentType: 'image/jpeg' }
    expect(await account.create(folder, 'large.jpg', payload)).toMatchObject({ kind: 'written' })
    const [item] = await read([account.hrefOf(folder, 'large.jpg')])
    expect(createHash('sha256').update(item!.body).digest('hex')).toBe(hash.digest('hex'))
    expect(await account.create(folder, 'large.jpg', payload)).toMatchObject({ kind: 'precondition-failed' })
  })

  it('waits until the tag is strong, and then changes and removes', async () => {
    const href = account.hrefOf(folder, 'weak.jpg')
    expect(await put('weak.jpg', Buffer.from('1'))).toMatchObject({ kind: 'written' })
    const [item] = await read([href])
    expect(await account.replace(href, item!.etag!, payloadOf('22', 'image/jpeg'))).toMatchObject({ kind: 'written' })
    expect(await account.remove(href, item!.etag!)).toMatchObject({ kind: 'precondition-failed' })
    const [changed] = await read([href])
    expect(await account.remove(href, changed!.etag!)).toMatchObject({ kind: 'written' })
    expect(await read([href])).toEqual([])
  })

  // Apache judges the condition when a request begins and puts the file in its place when the request has ended: of several
  // who race more than one may have written. What Homeward sends under one name is the same each time.
  it('keeps a photo whole that sixteen race to create, and tells each that it wrote it or that it was there', async () => {
    const body = randomBytes(50_000)
    const results = await Promise.all(Array.from({ length: 16 }, () => put('race.jpg', body)))
    const kinds = new Set(results.map(({ kind }) => kind))
    expect(kinds).toContain('written')
    kinds.delete('written')
    kinds.delete('precondition-failed')
    expect([...kinds]).toEqual([])
    const [item] = await read([account.hrefOf(folder, 'race.jpg')])
    expect(Buffer.from(item!.body).equals(body)).toBe(true)
    expect(await put('race.jpg', randomBytes(10))).toMatchObject({ kind: 'precondition-failed' })
  })

  it('hides folders within the folder', async () => {
    await account.makeCollection('photos', 'album')
    for await (const { href } of account.list(folder, 'photos')) expect(href.endsWith('/')).toBe(false)
  })

  it('refuses a wrong password', async () => {
    const other = openAt(server.url, { filesUrl: server.url, username: 'alice', password: 'wrong' })
    await expect(other.filesFolder('photos')).rejects.toMatchObject({ kind: 'unauthorized' })
    await other.close()
  })
})
