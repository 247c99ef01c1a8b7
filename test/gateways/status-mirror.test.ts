import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { openStatusSite } from '@/bin/status-server.mjs'
import type { StatusFile } from '@/domain/incident/status-files'
import { logger } from '@/gateways/log'
import { openStatusFiles } from '@/gateways/open-status-files'
import { s3Client } from '@/gateways/s3-client'
import { sha256 } from '@/gateways/s3-objects'
import { folderStatusFiles } from '@/gateways/status-files'
import { mirrorStatus } from '@/gateways/status-mirror'
import { type FaultyS3, startFaultyS3 } from '@/test/faults/faulty-s3'
import { describeWith } from '@/test/support/programs'
import { type SwiftServer, startSwift } from '@/test/support/swift'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const bucket = 'public-pages'
const publishedAt = new Date('2009-10-06T16:12:00Z')
const page = (address: string, body: string): StatusFile => ({ path: address, type: 'text/html', body, language: 'en' })
const longMs = 60_000

describeWith(['python3-swift'], 'a mirror of the status page', () => {
  let swift: SwiftServer
  let faulty: FaultyS3
  let client: S3Client
  let folder: string
  let root: string
  let stopping: AbortController
  let running: Promise<void>
  let count = 0
  let prefix = ''
  const troubles: string[] = []

  beforeAll(async () => {
    swift = await startSwift()
    await swift.makeBucket(bucket)
    faulty = await startFaultyS3(swift.port)
    client = s3Client({ ...swift.settings, endpoint: faulty.endpoint })
  }, longMs)
  afterAll(async () => {
    client?.destroy()
    await faulty?.close()
    await swift?.stop()
  })
  beforeEach(() => {
    folder = temporaryFolder('mirror')
    root = path.join(folder, 'status')
    prefix = `case-${++count}`
    faulty.become(() => null)
    faulty.log.length = 0
    troubles.length = 0
    running = Promise.resolve()
    stopping = new AbortController()
  })
  afterEach(async () => {
    stopping.abort()
    await running
    removeFolder(folder)
  })

  // Whoever publishes does not go by way of the faults.
  const publisher = () => openStatusFiles(`s3://${bucket}/${prefix}`, swift.env, logger('test'))
  const publish = async (number: number, files: StatusFile[]) => {
    const open = publisher()
    await open.files.publish({ number, publishedAt, files })
    await open.close()
  }
  const mirror = () => {
    const onTrouble = (error: Error) => troubles.push(error.message)
    running = mirrorStatus({ from: { client, bucket, prefix }, root, signal: stopping.signal, onTrouble, pollMs: 20 })
  }
  const here = async () => (await folderStatusFiles({ root }).current())?.number ?? null
  const until = async (condition: () => boolean | Promise<boolean>) => {
    for (const limit = Date.now() + longMs; !(await condition()); await sleep(10))
      if (Date.now() > limit) throw new Error(`It never came. ${troubles.join(' ')}`)
  }
  const inCurrent = (file: string) => readFileSync(path.join(root, 'current', file), 'utf8')
  const bodiesRead = () => faulty.log.filter(line => /^GET .*\/[0-9a-f]{64}$/.test(line))
  const looks = () => faulty.log.filter(line => line.endsWith('current.json')).length

  it(
    'waits for the first generation, brings it whole, and then only what is new',
    async () => {
      mirror()
      await until(() => looks() > 2)
      expect([await here(), troubles]).toEqual([null, []])
      await publish(1, [page('/en', 'Été'), page('/fr', 'un')])
      await until(async () => (await here()) === 1)
      expect([inCurrent('en.html'), inCurrent('fr.html')]).toEqual(['Été', 'un'])
      const { files, publishedAt: at } = JSON.parse(inCurrent('.manifest.json'))
      expect([files['/en'].language, files['/en'].type, at]).toEqual(['en', 'text/html', publishedAt.toISOString()])
      expect(bodiesRead()).toHaveLength(2)
      await publish(2, [page('/en', 'Été'), page('/fr', 'deux')])
      await until(async () => (await here()) === 2)
      expect(bodiesRead()).toHaveLength(3)
      expect(statSync(path.join(root, 'current/en.html')).nlink).toBe(2)
      faulty.log.length = 0
      await until(() => looks() > 3)
      expect(faulty.log.every(line => line.endsWith('current.json'))).toBe(true)
      expect(faulty.statuses.slice(-2)).toEqual([304, 304])
    },
    longMs,
  )

  it(
    'has what it brought served at once by the portal’s server',
    async () => {
      const site = openStatusSite({ root })
      await publish(1, [page('/en', 'one')])
      mirror()
      await until(() => site.generation() === 1)
      await publish(2, [page('/en', 'two')])
      await until(() => site.generation() === 2)
      site.close()
    },
    longMs,
  )

  it(
    'goes on serving the last one while the server is away, and says so once',
    async () => {
      await publish(1, [page('/en', 'one')])
      mirror()
      await until(async () => (await here()) === 1)
      faulty.become(() => ({ status: 503 }))
      await until(() => troubles.length > 0)
      const asked = looks()
      await until(() => looks() > asked + 4)
      expect(troubles).toEqual([expect.stringMatching(/current\.json cannot be read: 503/)])
      expect(inCurrent('en.html')).toBe('one')
      await publish(2, [page('/en', 'two')])
      faulty.become(() => null)
      await until(async () => (await here()) === 2)
    },
    longMs,
  )

  it.each([
    ['wrong bytes', /\/[0-9a-f]{64}$/, { body: 'owt' }, /[0-9a-f]{64} is not what was published/],
    ['too many bytes', /\/[0-9a-f]{64}$/, { body: 'twoo' }, /longer than 3 bytes/],
    ['half a body', /\/[0-9a-f]{64}$/, { cutAfter: 1 }, /[0-9a-f]{64} cannot be read/],
    ['a body that is gone', /\/[0-9a-f]{64}$/, { status: 404 }, /[0-9a-f]{64} is not there/],
    ['another manifest', /manifest-/, { body: '{}' }, /manifest-.* is not what was published/],
    ['a pointer that says nothing', /current\.json$/, { body: '{}' }, /current\.json is not what/],
  ])(
    'refuses %s, tells it once, and takes the right ones when they come',
    async (_, key, fault, said) => {
      await publish(1, [page('/en', 'one')])
      mirror()
      await until(async () => (await here()) === 1)
      faulty.become((_method, name) => (key.test(name) ? fault : null))
      await publish(2, [page('/en', 'two')])
      await until(() => troubles.length > 0)
      const asked = looks()
      await until(() => looks() > asked + 2)
      expect([await here(), inCurrent('en.html')]).toEqual([1, 'one'])
      expect(troubles).toEqual([expect.stringMatching(said)])
      faulty.become(() => null)
      await until(async () => (await here()) === 2)
      expect(inCurrent('en.html')).toBe('two')
    },
    longMs,
  )

  it(
    'brings again what is spoiled in the folder',
    async () => {
      await publish(1, [page('/en', 'same'), page('/fr', 'un')])
      mirror()
      await until(async () => (await here()) === 1)
      writeFileSync(path.join(root, 'current/en.html'), 'emas')
      await publish(2, [page('/en', 'same'), page('/fr', 'deux')])
      await until(async () => (await here()) === 2)
      expect(faulty.log.filter(line => line.endsWith(sha256('same')))).toHaveLength(2)
    },
    longMs,
  )

  it(
    'does not go back, and says what to do',
    async () => {
      await folderStatusFiles({ root }).publish({ number: 5, publishedAt, files: [page('/en', 'five')] })
      await publish(3, [page('/en', 'three')])
      mirror()
      await until(() => troubles.length > 0)
      expect(troubles[0]).toMatch(/Generation 3 is published, and .* holds 5: remove that folder/)
      expect(await here()).toBe(5)
      await publish(5, [page('/en', 'other five')])
      const asked = looks()
      await until(() => looks() > asked + 2)
      expect([inCurrent('en.html'), troubles.length]).toEqual(['five', 1])
      await publish(6, [page('/en', 'six')])
      await until(async () => (await here()) === 6)
    },
    longMs,
  )

  it(
    'is a program that ends when it is told to',
    async () => {
      await publish(1, [page('/en', 'one')])
      const env = { ...process.env, ...swift.env, STATUS_URL: `s3://${bucket}/${prefix}`, DATA_DIR: folder }
      const program = spawn(process.execPath, ['--import', 'tsx', 'bin/status-mirror.ts'], { cwd: projectRoot, env })
      let said = ''
      program.stderr.on('data', text => (said += text))
      await until(() => existsSync(path.join(root, 'current/en.html')) || program.exitCode !== null)
      program.kill('SIGTERM')
      const [code] = await once(program, 'exit')
      expect([code, inCurrent('en.html')]).toEqual([0, 'one'])
      expect(said).toContain('The mirror of the public page has begun')
      expect(said).not.toContain(swift.settings.keys?.secret)
      expect(readdirSync(root).sort()).toEqual(['current', 'generations'])
    },
    longMs,
  )

  it(
    'is nothing without a bucket',
    async () => {
      const env = { ...process.env, STATUS_URL: `file://${folder}`, DATA_DIR: folder }
      const program = spawn(process.execPath, ['--import', 'tsx', 'bin/status-mirror.ts'], { cwd: projectRoot, env })
      expect((await once(program, 'exit'))[0]).toBe(1)
    },
    longMs,
  )
})
