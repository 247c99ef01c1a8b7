import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import type { StatusFile } from '@/domain/incident/status-files'
import { folderStatusFiles } from '@/gateways/status-files'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

let folder: string
let root: string
beforeEach(() => {
  folder = temporaryFolder('status')
  root = path.join(folder, 'status')
})
afterEach(() => removeFolder(folder))

const publishedAt = new Date('2009-10-06T16:12:00.750Z')
const page = (address: string, body: string): StatusFile => ({
  path: address,
  type: 'text/html; charset=utf-8',
  body,
  language: 'en',
})
const data = (address: string, body: string, type = 'application/json'): StatusFile => ({
  path: address,
  type,
  body,
  language: null,
})
const publish = (number: number, files: StatusFile[], at = publishedAt) =>
  folderStatusFiles({ root }).publish({ number, publishedAt: at, files })
const inCurrent = (file: string) => path.join(root, 'current', file)
const manifest = () => JSON.parse(readFileSync(inCurrent('.manifest.json'), 'utf8'))
const generations = () =>
  readdirSync(path.join(root, 'generations'))
    .map(Number)
    .sort((a, b) => a - b)
const makeOld = (...numbers: number[]) => {
  const old = new Date(Date.now() - 601_000)
  for (const number of numbers) utimesSync(path.join(root, 'generations', String(number).padStart(12, '0')), old, old)
}

describe('a generation', () => {
  it('is files named after their addresses, and a manifest of them', async () => {
    expect(await folderStatusFiles({ root }).current()).toBeNull()
    const body = 'Été'
    const files = [page('/en', 'home'), page('/en/incidents/x', body), data('/api/v2/summary.json', '{}')]
    expect(await publish(7, [...files, data('/en/badge.svg', '<svg/>', 'image/svg+xml')])).toBe(true)
    expect(readlinkSync(path.join(root, 'current'))).toBe('generations/000000000007')
    expect(readFileSync(inCurrent('en.html'), 'utf8')).toBe('home')
    expect(readFileSync(inCurrent('en/incidents/x.html'), 'utf8')).toBe(body)
    expect(readFileSync(inCurrent('api/v2/summary.json'), 'utf8')).toBe('{}')
    expect(manifest()).toMatchObject({ generation: 7, publishedAt: publishedAt.toISOString() })
    expect(Object.keys(manifest().files)).toEqual(['/en', '/en/incidents/x', '/api/v2/summary.json', '/en/badge.svg'])
    expect(manifest().files['/en/incidents/x']).toEqual({
      file: 'en/incidents/x.html',
      type: 'text/html; charset=utf-8',
      etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
      size: Buffer.byteLength(body),
      language: 'en',
      modifiedAt: '2009-10-06T16:12:00.000Z',
    })
    expect(statSync(inCurrent('en.html')).mtimeMs).toBe(Date.parse('2009-10-06T16:12:00Z'))
    expect(await folderStatusFiles({ root }).current()).toEqual({ number: 7, publishedAt })
    expect(readdirSync(root).sort()).toEqual(['current', 'generations'])
  })

  it('keeps the file of a body that is the same, and writes any other', async () => {
    await publish(1, [page('/en', 'same'), page('/fr', 'un'), page('/en/404', 'twin')])
    const before = statSync(inCurrent('en.html'))
    const later = new Date('2009-10-06T17:00:00Z')
    await publish(2, [page('/en', 'same'), page('/fr', 'deux'), page('/en/history', 'twin')], later)
    expect(statSync(inCurrent('en.html'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs, nlink: 2 })
    expect(manifest().files['/en'].modifiedAt).toBe('2009-10-06T16:12:00.000Z')
    expect(manifest().files['/fr'].modifiedAt).toBe(later.toISOString())
    expect(readFileSync(inCurrent('fr.html'), 'utf8')).toBe('deux')
    expect(existsSync(inCurrent('en/404.html'))).toBe(false)
    expect(statSync(inCurrent('en/history.html')).nlink).toBe(1)
  })

  it('never gives two bodies of one address the same second', async () => {
    await publish(1, [page('/en', 'one')])
    await publish(2, [page('/en', 'two')])
    await publish(3, [page('/en', 'six')], new Date(publishedAt.getTime() - 60_000))
    expect(statSync(inCurrent('en.html')).mtimeMs).toBe(Date.parse('2009-10-06T16:12:02Z'))
    expect(manifest().files['/en'].modifiedAt).toBe('2009-10-06T16:12:02.000Z')
  })

  it('does not carry on a file that somebody spoiled', async () => {
    await publish(1, [page('/en', 'whole')])
    writeFileSync(inCurrent('en.html'), 'who')
    await publish(2, [page('/en', 'whole')])
    expect(readFileSync(inCurrent('en.html'), 'utf8')).toBe('whole')
  })

  it.each([
    '',
    'en',
    '/',
    '/en/',
    '/en//x',
    '/../x',
    '/en/../x',
    '/en/./x',
    '/en/.x',
    '/en\\x',
    '/en\0',
    '/en?x',
    '/en%2fx',
    '/é',
    '/en.html',
    '/.manifest.json',
    `/${'x'.repeat(201)}`,
    `/${'x/'.repeat(260)}x`,
  ])('has no address %j', async address => {
    await expect(publish(1, [page(address, 'x')])).rejects.toThrow(RangeError)
    expect(existsSync(root)).toBe(false)
  })

  it.each([
    [0, [page('/en', 'x')]],
    [1.5, [page('/en', 'x')]],
    [1e12, [page('/en', 'x')]],
    [1, [page('/en', 'x'), page('/en', 'y')]],
    [1, [data('/x', 'x', 'text/plain\r\nx: y')]],
    [1, [data('/x', 'x', '')]],
    [1, [{ ...page('/en', 'x'), language: 'en\n' }]],
  ])('is refused where it could not be served as it is (%#)', async (number, files) => {
    await expect(publish(number, files)).rejects.toThrow(RangeError)
  })
})

describe('the swap', () => {
  it('never goes back, and leaves nothing of what came too late', async () => {
    await publish(5, [page('/en', 'five')])
    expect(await publish(5, [page('/en', 'again')])).toBe(false)
    expect(await publish(4, [page('/en', 'four')])).toBe(false)
    expect(readFileSync(inCurrent('en.html'), 'utf8')).toBe('five')
    expect([readdirSync(root).sort(), generations()]).toEqual([['current', 'generations'], [5]])
  })

  it('is the newest one’s where many publish at once, and the link is there all the while', async () => {
    await publish(1, [page('/en', '1')])
    const seen: number[] = []
    let over = false
    const watching = (async () => {
      while (!over) {
        seen.push(Number(readFileSync(inCurrent('en.html'), 'utf8')))
        await new Promise(resolve => setImmediate(resolve))
      }
    })()
    const numbers = [4, 2, 9, 3, 8, 9, 6]
    const done = await Promise.all(numbers.map(number => publish(number, [page('/en', String(number))])))
    over = true
    await watching
    expect(done.filter((isIn, i) => isIn && numbers[i] === 9)).toHaveLength(1)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(readFileSync(inCurrent('en.html'), 'utf8')).toBe('9')
    expect(readdirSync(root).sort()).toEqual(['current', 'generations'])
    expect(Math.max(...generations())).toBe(9)
  })

  it('removes what has not been served for ten minutes, but the last three', async () => {
    for (const number of [1, 2, 3, 4, 5]) await publish(number, [page('/en', `${number}`)])
    makeOld(1, 2, 3, 4)
    await publish(6, [page('/en', '6')])
    expect(generations()).toEqual([4, 5, 6])
    makeOld(4, 6)
    await publish(7, [page('/en', '7')])
    expect(generations()).toEqual([5, 6, 7])
  })
})

describe('a publisher that was killed', () => {
  const publisher = (first: number) => `
    import { folderStatusFiles } from ${JSON.stringify(pathToFileURL(path.join(projectRoot, 'gateways/status-files.ts')).href)}
    const files = folderStatusFiles({ root: ${JSON.stringify(root)} })
    for (let number = ${first}; ; number++) {
      const body = n => String(number).padEnd(2000, '.') + n
      const pages = Array.from({ length: 40 }, (_, n) => ({ path: '/en/' + n, type: 'text/html', body: body(n), language: 'en' }))
      await files.publish({ number, publishedAt: new Date(), files: pages })
      console.log(number)
    }`

  it('leaves whole generations only, and the next one clears up', async () => {
    let first = 1
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', publisher(first)], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const lines = createInterface(child.stdout)
      for (let published = 0; published < 2; published++) first = Number(await once(lines, 'line')) + 1
      await new Promise(resolve => setTimeout(resolve, round * 3))
      child.kill('SIGKILL')
      await once(child, 'exit')
      const { generation } = manifest()
      const bodies = Array.from({ length: 40 }, (_, n) => readFileSync(inCurrent(`en/${n}.html`), 'utf8'))
      expect(bodies).toEqual(bodies.map((_, n) => String(generation).padEnd(2000, '.') + n))
      first = Math.max(first, generation + 1)
    }
    expect(await publish(first + 10, [page('/en', 'after')])).toBe(true)
    expect(readdirSync(root).sort()).toEqual(['current', 'generations'])
    expect(Math.max(...generations())).toBe(first + 10)
  })

  it('holds nobody up with its turn, and what it did not swap in is replaced', async () => {
    await publish(1, [page('/en', 'one')])
    const dead = `.hw-00000000-1-${'0'.repeat(16)}.tmp`
    symlinkSync(dead, path.join(root, '.publishing'))
    mkdirSync(path.join(root, `${dead}.new/en`), { recursive: true })
    for (const number of ['000000000002', '000000000003'])
      mkdirSync(path.join(root, 'generations', number, 'half'), { recursive: true })
    expect(await publish(2, [page('/en', 'two')])).toBe(true)
    expect(readFileSync(inCurrent('en.html'), 'utf8')).toBe('two')
    expect(existsSync(inCurrent('half'))).toBe(false)
    expect([readdirSync(root).sort(), generations()]).toEqual([
      ['current', 'generations'],
      [1, 2],
    ])
  })

  it('is not taken for one that is at work', async () => {
    await publish(1, [page('/en', 'one')])
    const living = `.hw-00000000-1-${'1'.repeat(16)}.tmp`
    writeFileSync(path.join(root, living), '')
    mkdirSync(path.join(root, `${living}.new`))
    symlinkSync(living, path.join(root, '.publishing'))
    const waiting = publish(2, [page('/en', 'two')])
    const first = await Promise.race([waiting, new Promise(resolve => setTimeout(resolve, 200, 'waits'))])
    expect(first).toBe('waits')
    expect(existsSync(path.join(root, `${living}.new`))).toBe(true)
    const hourAgo = new Date(Date.now() - 3_601_000)
    utimesSync(path.join(root, living), hourAgo, hourAgo)
    expect(await waiting).toBe(true)
    expect(readdirSync(root).sort()).toEqual(['current', 'generations'])
  })

  it.each(['', '{}', null])('is made good where the manifest is %j', async text => {
    await publish(3, [page('/en', 'three')])
    if (text === null) removeFolder(inCurrent('.manifest.json'))
    else writeFileSync(inCurrent('.manifest.json'), text)
    expect(await folderStatusFiles({ root }).current()).toBeNull()
    expect(await publish(3, [page('/en', 'whole')])).toBe(true)
    expect(readFileSync(inCurrent('en.html'), 'utf8')).toBe('whole')
  })
})
