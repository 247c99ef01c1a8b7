import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ByteRange, ObjectMissing } from '@/domain/recovery/backup-storage'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { openStorage } from '@/gateways/backup-storage/open-storage'

let root: string
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'homeward-storage-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function put(key: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(path.join(root, key)), { recursive: true })
  await writeFile(path.join(root, key), content)
}

async function keys(prefix: string): Promise<string[]> {
  const found: string[] = []
  for await (const object of fileSystemStorage(root).list(prefix)) found.push(object.key)
  return found.sort()
}

async function bytes(key: string, range?: ByteRange): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of fileSystemStorage(root).read(key, range)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

it('lists what lies under a prefix, however deep', async () => {
  for (const key of ['a/1', 'a/b/2', 'a/b/c/d/e/f/g/3', 'ab/4']) await put(key, key)
  await mkdir(path.join(root, 'a/empty'))
  expect(await keys('')).toEqual(['a/1', 'a/b/2', 'a/b/c/d/e/f/g/3', 'ab/4'])
  expect(await keys('a/')).toEqual(['a/1', 'a/b/2', 'a/b/c/d/e/f/g/3'])
  expect(await keys('a')).toEqual(['a/1', 'a/b/2', 'a/b/c/d/e/f/g/3', 'ab/4'])
  expect(await keys('a/b/')).toEqual(['a/b/2', 'a/b/c/d/e/f/g/3'])
  expect(await keys('nowhere/')).toEqual([])
})

it('names the folders under the root, and only them', async () => {
  await put('one/x', '')
  await put('.hidden/x', '')
  await put('file', '')
  await symlink(path.join(root, 'one'), path.join(root, 'two'))
  const names: string[] = []
  for await (const name of fileSystemStorage(pathToFileURL(root).href).batchNames()) names.push(name)
  expect(names).toEqual(['one'])
})

it('says how big an object is, and that a folder is there', async () => {
  await put('a/b', 'four')
  const storage = fileSystemStorage(root)
  expect(await storage.stat('a/b')).toMatchObject({ key: 'a/b', size: 4 })
  expect(await storage.stat('a')).toBeNull()
  expect(await storage.stat('a/')).toMatchObject({ key: 'a/' })
  expect(await storage.stat('a/b/')).toBeNull()
  expect(await storage.stat('c')).toBeNull()
})

it('reads whole objects and ranges', async () => {
  const content = Buffer.alloc(3_000_001, 'abcdefg')
  await put('a/big', content)
  await put('a/empty', '')
  expect((await bytes('a/big')).equals(content)).toBe(true)
  expect((await bytes('a/empty')).length).toBe(0)
  expect(
    (await bytes('a/big', { from: 1_048_570, to: 2_097_160 })).equals(content.subarray(1_048_570, 2_097_160)),
  ).toBe(true)
  expect((await bytes('a/big', { from: 3_000_000, to: 9_000_000 })).length).toBe(1)
  expect((await bytes('a/big', { from: 4_000_000, to: 9_000_000 })).length).toBe(0)
})

it('reads a file that grows or shrinks meanwhile without a hole', async () => {
  await put('a/x', Buffer.alloc(5_000_000, 1))
  let length = 0
  for await (const chunk of fileSystemStorage(root).read('a/x')) {
    if (length === 0) await truncate(path.join(root, 'a/x'), 1_500_000)
    expect(chunk.every(byte => byte === 1)).toBe(true)
    length += chunk.length
  }
  expect(length).toBeLessThan(5_000_000)
  await appendFile(path.join(root, 'a/x'), 'more')
  expect((await bytes('a/x')).length).toBe(1_500_004)
})

it('lends the same memory again where the reader keeps nothing', async () => {
  const content = Buffer.from(Array.from({ length: 5_000_000 }, (_, i) => (i * 31) % 253))
  await put('a/big', content)
  await put('a/small', content.subarray(0, 1000))
  const storage = fileSystemStorage(root)
  const memories = new Set<ArrayBufferLike>()
  for (let round = 0; round < 3; round++) {
    for (const [key, length] of [
      ['a/big', 5_000_000],
      ['a/small', 1000],
    ] as const) {
      let at = 0
      for await (const chunk of storage.read(key, undefined, { transient: true })) {
        expect(content.subarray(at, at + chunk.length).equals(chunk)).toBe(true)
        memories.add(chunk.buffer)
        at += chunk.length
      }
      expect(at).toBe(length)
    }
  }
  expect(memories.size).toBe(2)
})

it('can be left in the middle of a file', async () => {
  await put('a/x', Buffer.alloc(5_000_000, 1))
  for (let i = 0; i < 3000; i++) {
    for await (const chunk of fileSystemStorage(root).read('a/x', { from: i, to: i + 10 })) {
      expect(chunk.length).toBe(10)
      break
    }
  }
})

it.each(['../secret', 'a/../../secret', '/etc/passwd', 'a//b', './a', 'a/.', '', 'a\0b', 'a/../a/b'])(
  'knows no object %j',
  async key => {
    await put('a/b', 'x')
    await expect(bytes(key)).rejects.toBeInstanceOf(ObjectMissing)
    expect(await fileSystemStorage(root).stat(key)).toBeNull()
  },
)

it('follows no link: not a file, not a folder, not one that turns up later', async () => {
  const outside = await mkdtemp(path.join(tmpdir(), 'homeward-outside-'))
  try {
    await writeFile(path.join(outside, 'secret'), 'secret')
    await put('a/real/x', 'x')
    await symlink(path.join(outside, 'secret'), path.join(root, 'a/file'))
    await symlink(outside, path.join(root, 'a/folder'))
    await symlink('real/x', path.join(root, 'a/inside'))
    expect(await keys('')).toEqual(['a/real/x'])
    expect(await keys('a/folder/')).toEqual([])
    const storage = fileSystemStorage(root)
    for (const key of ['a/file', 'a/folder/secret', 'a/inside']) {
      await expect(bytes(key)).rejects.toBeInstanceOf(ObjectMissing)
    }
    expect(await storage.stat('a/file')).toBeNull()
    await rename(path.join(root, 'a/real'), path.join(root, 'a/was'))
    await symlink(path.join(root, 'a/was'), path.join(root, 'a/real'))
    await expect(bytes('a/real/x')).rejects.toBeInstanceOf(ObjectMissing)
  } finally {
    await rm(outside, { recursive: true, force: true })
  }
})

it('is not held up by a pipe', async () => {
  await put('a/x', 'x')
  execFileSync('mkfifo', [path.join(root, 'a/pipe')])
  expect(await keys('a/')).toEqual(['a/x'])
  await expect(bytes('a/pipe')).rejects.toBeInstanceOf(ObjectMissing)
})

it('gives a name that is not UTF-8 a key of its own, by which it is read', async () => {
  const name = Buffer.concat([Buffer.from('é\u{1f600}-'), Buffer.from([0xe9, 0xf0, 0x9f, 0x80])])
  await put('a/é\u{1f600}-\ufffd', 'replacement')
  await writeFile(Buffer.concat([Buffer.from(`${root}/a/`), name]), 'bytes')
  const [odd, plain] = await keys('a/')
  expect(odd).toBe('a/é\u{1f600}-\udce9\udcf0\udc9f\udc80')
  expect(plain).toBe('a/é\u{1f600}-\ufffd')
  expect((await bytes(odd!)).toString()).toBe('bytes')
  expect((await bytes(plain!)).toString()).toBe('replacement')
})

it('reads files of a folder whose own path has a link on it', async () => {
  await put('real/batch/x', 'x')
  await symlink(path.join(root, 'real'), path.join(root, 'linked'))
  const chunks: Uint8Array[] = []
  for await (const chunk of fileSystemStorage(path.join(root, 'linked')).read('batch/x')) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString()).toBe('x')
})

it('is opened by a file URL and by no other yet', async () => {
  await put('a/x y', 'x')
  const storage = openStorage(pathToFileURL(root).href)
  expect(await storage.stat('a/x y')).toMatchObject({ size: 1 })
  expect(() => openStorage('s3://bucket/prefix')).toThrow(/s3 URLs are not read yet/)
  expect(() => openStorage('batches')).toThrow(/BACKUP_URL must be/)
  expect(await readFile(path.join(root, 'a/x y'), 'utf8')).toBe('x')
})
