import { inspect } from 'node:util'
import type { S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StatusFile } from '@/domain/incident/status-files'
import { s3Client } from '@/gateways/s3-client'
import { S3Failed, S3Objects, sha256 } from '@/gateways/s3-objects'
import { s3StatusFiles } from '@/gateways/status-files-s3'
import { type FaultyS3, type S3Fault, startFaultyS3 } from '@/test/faults/faulty-s3'
import { describeWith } from '@/test/support/programs'
import { type SwiftServer, startSwift } from '@/test/support/swift'

const bucket = 'public-pages'
const publishedAt = new Date('2009-10-06T16:12:00Z')
const page = (path: string, body: string): StatusFile => ({ path, type: 'text/html', body, language: 'en' })

describeWith(['python3-swift'], 'a bucket whose server has faults', () => {
  let swift: SwiftServer
  let faulty: FaultyS3
  let client: S3Client
  let objects: S3Objects
  let prefix = ''
  let count = 0
  const troubles: string[] = []

  beforeAll(async () => {
    swift = await startSwift()
    await swift.makeBucket(bucket)
    faulty = await startFaultyS3(swift.port)
    client = s3Client({ ...swift.settings, endpoint: faulty.endpoint }, { answerMs: 4_000 })
  }, 60_000)
  afterAll(async () => {
    client?.destroy()
    await faulty?.close()
    await swift?.stop()
  })
  beforeEach(() => {
    prefix = `case-${++count}`
    objects = new S3Objects({ client, bucket, prefix, wholeMs: 15_000 }, new AbortController().signal)
    faulty.become(() => null)
    faulty.log.length = 0
    troubles.length = 0
  })

  const files = () => s3StatusFiles({ client, bucket, prefix, onTrouble: error => troubles.push(error.message) })
  const publish = (number: number, body: string) =>
    files().publish({ number, publishedAt, files: [page('/en', body), page('/fr', 'même')] })
  const text = async (key: string) => (await objects.read(key, 10_000))?.body.toString('utf8') ?? null
  /** The first `times` requests that fit have the fault. */
  const first = (times: number, method: string, key: RegExp, fault: S3Fault) => {
    let left = times
    faulty.become((asked, name) => (asked === method && key.test(name) && left-- > 0 ? fault : null))
  }
  const put = (body: string) => objects.write('x', { body, type: 'text/plain', cacheControl: 'no-cache' })

  describe('reading', () => {
    beforeEach(() => put('all of it'))

    it.each([
      ['500 twice', 2, { status: 500 }],
      ['503 twice', 2, { status: 503 }],
      ['a body that breaks off, twice', 2, { cutAfter: 3 }],
      ['connections that are cut, twice', 2, 'reset'],
      ['silence, once', 1, 'silence'],
    ] as const)(
      'lives with %s',
      async (_, times, fault) => {
        first(times, 'GET', /x$/, fault)
        expect(await text('x')).toBe('all of it')
        expect(faulty.log.filter(line => line.startsWith('GET')).length).toBeGreaterThan(times)
      },
      60_000,
    )

    it('gives up after three answers of 500, and says which object it was', async () => {
      faulty.become(() => ({ status: 500 }))
      const failed = await objects.read('x', 100).catch(error => error)
      expect(failed).toBeInstanceOf(S3Failed)
      expect([failed.status, failed.message]).toEqual([500, expect.stringMatching(/^S3: x cannot be read: 500/)])
      expect(faulty.log.filter(line => line.startsWith('GET'))).toHaveLength(3)
      expect(inspect(failed, { depth: 9, showHidden: true })).not.toMatch(/authorization|signature/i)
    })

    it('gives up on a body that always breaks off', async () => {
      faulty.become(() => ({ cutAfter: 2 }))
      await expect(objects.read('x', 100)).rejects.toThrow(S3Failed)
      expect(faulty.log.filter(line => line.startsWith('GET'))).toHaveLength(3)
    })

    it('gives up on a body that never ends, at its size or at its time', async () => {
      const impatient = new S3Objects({ client, bucket, prefix, wholeMs: 300 }, new AbortController().signal)
      await objects.write('long', { body: ' '.repeat(5_000), type: 'text/plain', cacheControl: 'no-cache' })
      faulty.become(() => 'trickle')
      await expect(impatient.read('long', 10_000)).rejects.toThrow(/no whole answer within 300 ms/)
      faulty.log.length = 0
      await expect(objects.read('long', 5)).rejects.toThrow('it is longer than 5 bytes')
      expect(faulty.log).toHaveLength(1)
    })

    it('knows an object that is not there from a bucket that is not, and from what it may not see', async () => {
      expect(await objects.read('y', 100)).toBeNull()
      const elsewhere = new S3Objects({ client, bucket: 'no-such-bucket', prefix }, new AbortController().signal)
      await expect(elsewhere.read('x', 100)).rejects.toThrow('404 NoSuchBucket')
      const stranger = s3Client({ ...swift.settings, keys: { id: 'tests:homeward', secret: 'not this one' } })
      const refused = new S3Objects({ client: stranger, bucket, prefix }, new AbortController().signal)
      await expect(refused.read('x', 100)).rejects.toThrow('403 SignatureDoesNotMatch')
      stranger.destroy()
    })

    it('ends at once when it is told to', async () => {
      const stopping = new AbortController()
      faulty.become(() => 'silence')
      const reading = new S3Objects({ client, bucket, prefix }, stopping.signal).read('x', 100)
      stopping.abort(new Error('not wanted any more'))
      await expect(reading).rejects.toThrow(S3Failed)
    })
  })

  it('lists page after page', async () => {
    for (const key of ['k0', 'k1', 'k2', 'other'])
      await objects.write(key, { body: key, type: 'text/plain', cacheControl: 'no-cache' })
    faulty.log.length = 0
    const found = await objects.list('k', 2)
    expect([...found].map(([key, { size }]) => [key, size])).toEqual([
      ['k0', 2],
      ['k1', 2],
      ['k2', 2],
    ])
    expect(faulty.log).toHaveLength(2)
  })

  describe('publishing', () => {
    it('lives with failures in passing', async () => {
      await publish(1, 'one')
      first(2, 'PUT', /./, { status: 503 })
      expect(await publish(2, 'two')).toBe(true)
      expect(await files().current()).toMatchObject({ number: 2 })
      expect(troubles).toEqual([])
    })

    it.each([
      ['a body', /generations\/000000000002\/[0-9a-f]{64}$/],
      ['the manifest', /manifest-/],
      ['the pointer', /current\.json$/],
    ])('leaves what is served where %s cannot be written, and the next one goes on', async (_, key) => {
      await publish(1, 'one')
      faulty.become((method, name) => (method === 'PUT' && key.test(name) ? { status: 500 } : null))
      await expect(publish(2, 'two')).rejects.toThrow(S3Failed)
      faulty.become(() => null)
      expect(await files().current()).toMatchObject({ number: 1 })
      expect(await text('live/en.html')).toBe('one')
      expect(await publish(2, 'three')).toBe(true)
      expect(await text('live/en.html')).toBe('three')
    })

    it('does not know whether it published where the answer about the pointer is lost, and the next one makes it whole', async () => {
      await publish(1, 'one')
      faulty.become((method, name) => (method === 'PUT' && name.endsWith('current.json') ? 'lost' : null))
      await expect(publish(2, 'two')).rejects.toThrow(S3Failed)
      faulty.become(() => null)
      expect(await files().current()).toMatchObject({ number: 2 })
      expect(await publish(3, 'two')).toBe(true)
      expect(await text('live/en.html')).toBe('two')
    })

    it('never points to what cannot be read back as it was written', async () => {
      await publish(1, 'one')
      faulty.become((method, name) => (method === 'GET' && name.endsWith(sha256('two')) ? { body: 'owt' } : null))
      await expect(publish(2, 'two')).rejects.toThrow('is not what was written')
      expect(await files().current()).toMatchObject({ number: 1 })
    })

    it('has published once the pointer is written: live files come with the next one', async () => {
      await publish(1, 'one')
      faulty.become((method, name) => (method === 'PUT' && name.includes('/live/') ? { status: 500 } : null))
      expect(await publish(2, 'two')).toBe(true)
      expect(troubles).toEqual([expect.stringMatching(/live\/en\.html cannot be written: 500/)])
      faulty.become(() => null)
      expect(await publish(3, 'two')).toBe(true)
      expect(await text('live/en.html')).toBe('two')
    })

    it('writes what a page leads to before the page, and the pointer before both', async () => {
      await files().publish({
        number: 1,
        publishedAt,
        files: [page('/en', 'a'), page('/en/incidents/x', 'b'), page('/en/history', 'c')],
      })
      const written = faulty.log
        .filter(line => /^PUT .*(?:live|current)/.test(line))
        .map(line => line.replace(/^PUT case-\d+\//, ''))
      expect(written).toEqual([
        'current.json',
        'live/en/incidents/x.html',
        'live/en/history.html',
        'live/en.html',
        'live.json',
      ])
    })

    it('lets a newer one in that came meanwhile', async () => {
      await publish(1, 'one')
      let hasCome = false
      faulty.become(async (method, name) => {
        if (method !== 'PUT' || hasCome || !/000000000002\/manifest-/.test(name)) return null
        hasCome = true
        await publish(9, 'nine')
        return null
      })
      expect(await publish(2, 'two')).toBe(false)
      expect(await files().current()).toMatchObject({ number: 9 })
      expect(await text('live/en.html')).toBe('nine')
    })
  })
})
