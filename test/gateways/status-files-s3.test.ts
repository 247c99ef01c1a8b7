import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { StatusFile } from '@/domain/incident/status-files'
import { s3Client } from '@/gateways/s3-client'
import { S3Objects, sha256 } from '@/gateways/s3-objects'
import { s3StatusFiles } from '@/gateways/status-files-s3'
import { describeWith } from '@/test/support/programs'
import { type SwiftServer, startSwift } from '@/test/support/swift'

const bucket = 'public-pages'
const publishedAt = new Date('2009-10-06T16:12:00.750Z')
const page = (path: string, body: string): StatusFile => ({
  path,
  type: 'text/html; charset=utf-8',
  body,
  language: 'en',
})
const data = (path: string, body: string): StatusFile => ({ path, type: 'application/json', body, language: null })
const onTrouble = (error: Error) => {
  throw error
}

describeWith(['python3-swift'], 'the status page in a bucket', () => {
  let swift: SwiftServer
  let client: S3Client
  let objects: S3Objects
  let prefix = ''
  let count = 0
  let later = 0

  beforeAll(async () => {
    swift = await startSwift()
    await swift.makeBucket(bucket)
    client = s3Client(swift.settings)
  }, 60_000)
  afterAll(async () => {
    client?.destroy()
    await swift?.stop()
  })
  beforeEach(() => {
    prefix = `case/${++count}`
    later = 0
    objects = new S3Objects({ client, bucket, prefix }, new AbortController().signal)
  })

  const files = () => s3StatusFiles({ client, bucket, prefix, onTrouble, now: () => Date.now() + later })
  const publish = (number: number, pages: StatusFile[]) => files().publish({ number, publishedAt, files: pages })
  const keys = async (start = '') => [...(await objects.list(start)).keys()].sort()
  const text = async (key: string) => (await objects.read(key, 1_000_000))?.body.toString('utf8') ?? null
  const json = async (key: string) => JSON.parse((await text(key)) ?? 'null')
  const manifest = async () => json((await json('current.json')).generation)
  const bodyKey = (number: number, body: string) => `generations/${String(number).padStart(12, '0')}/${sha256(body)}`
  const writtenAt = async (key: string) => (await objects.list(key)).get(key)?.modifiedAt
  const spoil = (key: string, body: string) =>
    objects.write(key, { body, type: 'text/plain', cacheControl: 'no-cache' })

  it('is bodies, a manifest and a pointer that names it with its digest', async () => {
    expect(await files().current()).toBeNull()
    expect(await publish(7, [page('/en', 'Été'), page('/en/history', 'Été'), data('/api/v2/summary.json', '{}')])).toBe(
      true,
    )
    const pointer = await json('current.json')
    const digest = sha256((await text(pointer.generation))!)
    expect(pointer).toEqual({
      number: 7,
      publishedAt: publishedAt.toISOString(),
      generation: `generations/000000000007/manifest-${digest}.json`,
      sha256: digest,
    })
    const { generation, files: listed } = await manifest()
    expect(generation).toBe(7)
    expect(Object.keys(listed)).toEqual(['/en', '/en/history', '/api/v2/summary.json'])
    expect(listed['/en']).toEqual({
      type: 'text/html; charset=utf-8',
      language: 'en',
      size: 5,
      sha256: sha256('Été'),
      object: bodyKey(7, 'Été'),
    })
    expect(await text(bodyKey(7, 'Été'))).toBe('Été')
    expect(await keys('generations/')).toHaveLength(3)
    expect(await files().current()).toEqual({ number: 7, publishedAt })
  })

  it('keeps files under keys that stay, with what a browser and a cache are to know', async () => {
    await publish(1, [page('/en', 'home'), page('/en/404', 'none'), data('/api/v2/summary.json', '{}')])
    const head = (key: string) => client.send(new HeadObjectCommand({ Bucket: bucket, Key: `${prefix}/${key}` }))
    const cache = 'public, max-age=10, stale-while-revalidate=60, stale-if-error=86400'
    expect(await head('live/en.html')).toMatchObject({
      ContentType: 'text/html; charset=utf-8',
      ContentLanguage: 'en',
      CacheControl: cache,
      Metadata: { sha256: sha256('home') },
    })
    expect(await head('live/en/404.html')).toMatchObject({ CacheControl: 'public, max-age=10' })
    const summary = await head('live/api/v2/summary.json')
    expect(summary).toMatchObject({ ContentType: 'application/json', CacheControl: cache })
    expect(summary.ContentLanguage).toBeUndefined()
    expect(await head('current.json')).toMatchObject({ CacheControl: 'no-cache', ContentType: 'application/json' })
    expect(await head(bodyKey(1, 'home'))).toMatchObject({ CacheControl: 'public, max-age=31536000, immutable' })
  })

  it('writes only what changed, and takes away what is gone', async () => {
    await publish(1, [page('/en', 'same'), page('/fr', 'un'), page('/en/old', 'old')])
    const written = await writtenAt('live/en.html')
    await spoil('live/en.html', 'left alone')
    await publish(2, [page('/en', 'same'), page('/fr', 'deux')])
    expect(await text('live/en.html')).toBe('left alone')
    expect(written).toBeInstanceOf(Date)
    expect(await keys('live/')).toEqual(['live/en.html', 'live/fr.html'])
    expect(await text('live/fr.html')).toBe('deux')
    const listed = (await manifest()).files
    expect([listed['/en'].object, listed['/fr'].object]).toEqual([bodyKey(1, 'same'), bodyKey(2, 'deux')])
    expect(await keys('generations/000000000002/')).toHaveLength(2)
  })

  it('writes every live file again where the one before was not finished', async () => {
    await publish(1, [page('/en', 'same')])
    await spoil('live/en.html', 'half')
    await spoil('live/en/stray.html', 'stray')
    await spoil('live.json', '{"sha256":"other"}')
    await publish(2, [page('/en', 'same')])
    expect(await text('live/en.html')).toBe('same')
    expect(await keys('live/')).toEqual(['live/en.html'])
    await spoil('live.json', 'not JSON')
    await spoil('live/en.html', 'half')
    await publish(3, [page('/en', 'same')])
    expect(await text('live/en.html')).toBe('same')
  })

  it('never goes back', async () => {
    await publish(5, [page('/en', 'five')])
    const before = await keys()
    expect(await publish(5, [page('/en', 'again')])).toBe(false)
    expect(await publish(4, [page('/en', 'four')])).toBe(false)
    expect(await keys()).toEqual(before)
    await expect(publish(6, [page('/en/', 'six')])).rejects.toThrow(RangeError)
  })

  it('writes anew a body that is gone or not as long as it was', async () => {
    await publish(1, [page('/en', 'whole'), page('/fr', 'entier')])
    await objects.remove(bodyKey(1, 'whole'))
    await spoil(bodyKey(1, 'entier'), 'ent')
    await publish(2, [page('/en', 'whole'), page('/fr', 'entier')])
    expect(await text((await manifest()).files['/en'].object)).toBe('whole')
    expect(await text((await manifest()).files['/fr'].object)).toBe('entier')
  })

  it('goes on from what a publication of the same number has left, and looks at it', async () => {
    await spoil(bodyKey(1, 'right'), 'right')
    await spoil(bodyKey(1, 'wrong'), 'gnorw')
    const written = await writtenAt(bodyKey(1, 'right'))
    await publish(1, [page('/en', 'right'), page('/fr', 'wrong')])
    expect(await text(bodyKey(1, 'wrong'))).toBe('wrong')
    expect(await writtenAt(bodyKey(1, 'right'))).toEqual(written)
  })

  it('takes a pointer or a manifest that somebody spoiled for none', async () => {
    await publish(1, [page('/en', 'one')])
    await spoil((await json('current.json')).generation, '{}')
    expect(await publish(2, [page('/en', 'one')])).toBe(true)
    expect((await manifest()).files['/en'].object).toBe(bodyKey(2, 'one'))
    await spoil('current.json', '{"number":9}')
    expect(await files().current()).toBeNull()
    expect(await publish(3, [page('/en', 'one')])).toBe(true)
    expect(await files().current()).toMatchObject({ number: 3 })
  })

  it('keeps three generations, ten minutes, and what they name', async () => {
    await publish(1, [page('/en', 'kept'), page('/fr', 'un')])
    await publish(2, [page('/en', 'kept'), page('/fr', 'deux')])
    await publish(3, [page('/en', 'kept'), page('/fr', 'trois')])
    await spoil('generations/notes.txt', 'of somebody')
    await spoil(bodyKey(2, 'left over'), 'left over')
    await publish(4, [page('/en', 'kept'), page('/fr', 'quatre')])
    expect(await keys('generations/000000000001/')).toHaveLength(3)
    later = 500_000
    await publish(5, [page('/en', 'kept'), page('/fr', 'cinq')])
    expect(await keys('generations/000000000001/')).toHaveLength(3)
    expect(await keys('generations/000000000002/')).toContain(bodyKey(2, 'left over'))
    later = 660_000
    await publish(6, [page('/en', 'kept'), page('/fr', 'six')])
    expect(await keys('generations/000000000001/')).toEqual([bodyKey(1, 'kept')])
    expect(await keys('generations/000000000003/')).toEqual([])
    expect(await keys('generations/000000000004/')).toHaveLength(2)
    expect(await keys('generations/')).toEqual(expect.arrayContaining(['generations/notes.txt', bodyKey(5, 'cinq')]))
    expect(await keys('generations/000000000002/')).toEqual([])
  })
})
