import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SealedObjectBroken, SealedObjectMissing, type SealedStore } from '@/domain/restore/sealed-store'
import { parseKeyring } from '@/gateways/keyring'
import { fileSealedStore } from '@/gateways/sealed-store'

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const firstKey = newKey('k1')
const key = 'run-1/contacts/plan'
const idLength = 2
const headerLength = 9 + 1 + idLength + 32

let root: string
let store: SealedStore
let file: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sealed-'))
  store = fileSealedStore({ root, keys: parseKeyring(firstKey) })
  file = join(root, `${key}.sealed`)
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function put(frames: (string | Uint8Array)[], name = key, into = store): Promise<void> {
  const writer = await into.write(name)
  for (const frame of frames) await writer.append(Buffer.from(frame))
  await writer.finish()
}

async function all(name = key, from?: number, within = store): Promise<string[]> {
  const frames: string[] = []
  for await (const frame of within.read(name, from)) frames.push(Buffer.from(frame).toString('utf8'))
  return frames
}

/** Where each frame begins and ends, read from the length prefixes. */
function framesOf(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let at = headerLength; at < bytes.length; ) {
    const end = at + 5 + bytes.readUInt32BE(at + 1) + 16
    frames.push(bytes.subarray(at, end))
    at = end
  }
  return frames
}

const everyFile = async () => (await readdir(root, { recursive: true, withFileTypes: true })).filter(e => e.isFile())

describe('a sealed object', () => {
  it('gives back its frames in order and from a frame on', async () => {
    await put(['zero', '', 'two'.repeat(1000), 'three'])
    expect(await all()).toEqual(['zero', '', 'two'.repeat(1000), 'three'])
    expect(await all(key, 3)).toEqual(['three'])
    expect(await all(key, 4)).toEqual([])
    await expect(all(key, 5)).rejects.toThrow(SealedObjectBroken)
  })

  it('numbers frames from 0, also when nobody waits', async () => {
    const writer = await store.write(key)
    const indexes = await Promise.all(Array.from({ length: 500 }, (_, i) => writer.append(Buffer.alloc(2000, `${i} `))))
    await writer.finish()
    expect(indexes).toEqual(Array.from({ length: 500 }, (_, i) => i))
    const frames = await all()
    expect(frames.map(frame => Number.parseInt(frame, 10))).toEqual(indexes)
  })

  it('holds frames larger than its buffers, and no frames at all', async () => {
    const large = randomBytes(3_000_001).toString('latin1')
    await put([large, 'small', large])
    expect(await all()).toEqual([large, 'small', large])
    expect(await all(key, 1)).toEqual(['small', large])
    await put([])
    expect(await all()).toEqual([])
  })

  it('is seen only when finished, and then replaces the earlier one at once', async () => {
    await put(['old'])
    const writer = await store.write(key)
    await writer.append(Buffer.from('new'))
    expect(await all()).toEqual(['old'])
    const reading = store.read(key)[Symbol.asyncIterator]()
    await writer.finish()
    expect(Buffer.from((await reading.next()).value as Uint8Array).toString()).toBe('new')
    await reading.return?.()
    expect(await all()).toEqual(['new'])
  })

  it('abandoned leaves nothing, and cannot be written to any more', async () => {
    const writer = await store.write(key)
    await writer.append(randomBytes(600_000))
    await writer.abandon()
    await writer.abandon()
    expect(await everyFile()).toEqual([])
    expect(await store.exists(key)).toBe(false)
    await expect(writer.append(Buffer.from('x'))).rejects.toThrow(/finished, abandoned/)
    await expect(writer.finish()).rejects.toThrow(/finished, abandoned/)
  })

  it('can be removed, with the folders that it leaves empty', async () => {
    await put(['x'])
    await put(['y'], 'run-2/plan')
    await store.remove(key)
    await store.remove(key)
    expect(await store.exists(key)).toBe(false)
    expect(await readdir(root)).toEqual(['run-2'])
    await expect(all()).rejects.toThrow(SealedObjectMissing)
  })

  it('is readable by its owner only and does not show what it holds', async () => {
    await put(['BEGIN:VCARD'.repeat(100)])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(root, 'run-1'))).mode & 0o777).toBe(0o700)
    const bytes = await readFile(file)
    expect(bytes.includes('VCARD')).toBe(false)
    expect(bytes.length).toBeLessThan(300)
  })

  it.each(['', '/', '../x', 'a/../b', 'a//b', '/etc/passwd', 'a/.', '.a', 'a\\b', 'a\0', 'é', `${'a/'.repeat(9)}b`])(
    'refuses the key %j',
    async bad => {
      await expect(store.write(bad)).rejects.toThrow(RangeError)
      await expect(all(bad)).rejects.toThrow(RangeError)
      await expect(store.exists(bad)).rejects.toThrow(RangeError)
      await expect(store.remove(bad)).rejects.toThrow(RangeError)
    },
  )

  it('does not follow a link put in its place', async () => {
    await put(['x'], 'other')
    await symlink(join(root, 'other.sealed'), join(root, 'linked.sealed'))
    await expect(all('linked')).rejects.toThrow()
    expect(await store.exists('linked')).toBe(false)
  })
})

describe('keys', () => {
  it('may be rotated: old objects stay readable, new ones use the first key', async () => {
    await put(['old'])
    const secondKey = newKey('k2')
    const rotated = fileSealedStore({ root, keys: parseKeyring(`${secondKey},${firstKey}`) })
    expect(await all(key, 0, rotated)).toEqual(['old'])
    await put(['new'], 'new', rotated)
    await expect(all('new')).rejects.toThrow(/HOMEWARD_KEY/)
    expect(await all('new', 0, fileSealedStore({ root, keys: parseKeyring(secondKey) }))).toEqual(['new'])
  })

  it('of the same name but other bytes are noticed', async () => {
    await put(['x'])
    await expect(all(key, 0, fileSealedStore({ root, keys: parseKeyring(newKey('k1')) }))).rejects.toThrow(
      SealedObjectBroken,
    )
  })
})

describe('an object that was tampered with is an error', () => {
  const frames = ['first', 'second', 'third', 'x'.repeat(700)]
  beforeEach(() => put(frames))

  it('any flipped bit', async () => {
    const whole = await readFile(file)
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at]! ^= 1 << (at % 8)
      await writeFile(file, bytes)
      await expect(all(), `byte ${at}`).rejects.toThrow(SealedObjectBroken)
    }
  })

  it('cut anywhere, between frames too', async () => {
    const whole = await readFile(file)
    for (let length = whole.length - 1; length >= 0; length--) {
      await truncate(file, length)
      await expect(all(), `length ${length}`).rejects.toThrow(SealedObjectBroken)
      await expect(all(key, 2), `length ${length} from frame 2`).rejects.toThrow(SealedObjectBroken)
    }
  })

  it('with frames swapped, dropped, repeated or added', async () => {
    const bytes = await readFile(file)
    const header = bytes.subarray(0, headerLength)
    const [a, b, c, d, end] = framesOf(bytes) as [Buffer, Buffer, Buffer, Buffer, Buffer]
    for (const order of [
      [b, a, c, d, end],
      [a, c, d, end],
      [a, a, b, c, d, end],
      [a, b, end],
      [a, b, c, d, end, end],
      [a, b, c, d, end, Buffer.from('more')],
    ]) {
      await writeFile(file, Buffer.concat([header, ...order]))
      await expect(all()).rejects.toThrow(SealedObjectBroken)
    }
  })

  it('with a frame or the whole content of another object', async () => {
    await put(frames, 'run-2/contacts/plan')
    const mine = await readFile(file)
    const theirs = await readFile(join(root, 'run-2/contacts/plan.sealed'))
    await writeFile(file, theirs)
    await expect(all()).rejects.toThrow(SealedObjectBroken)
    const mixed = [framesOf(mine)[0]!, framesOf(theirs)[1]!, ...framesOf(mine).slice(2)]
    await writeFile(file, Buffer.concat([mine.subarray(0, headerLength), ...mixed]))
    await expect(all()).rejects.toThrow(SealedObjectBroken)
  })

  it('even where the frames in front are jumped over', async () => {
    const bytes = await readFile(file)
    const header = bytes.subarray(0, headerLength)
    const [a, b, c, d, end] = framesOf(bytes) as [Buffer, Buffer, Buffer, Buffer, Buffer]
    await writeFile(file, Buffer.concat([header, b, c, d, end]))
    await expect(all(key, 2)).rejects.toThrow(SealedObjectBroken)
    await writeFile(file, Buffer.concat([header, a, b, c, end]))
    await expect(all(key, 3)).rejects.toThrow(SealedObjectBroken)
  })
})

describe('faults', () => {
  it('a killed writer leaves no object, and its remains are cleared by the next one', async () => {
    await put(['old'])
    const script = `
      import { fileSealedStore } from '@/gateways/sealed-store'
      import { parseKeyring } from '@/gateways/keyring'
      const store = fileSealedStore({ root: process.argv[1], keys: parseKeyring(process.argv[2]) })
      const writer = await store.write(process.argv[3])
      for (let i = 0; ; i++) { await writer.append(Buffer.alloc(400_000, 'new')); if (i === 3) process.stdout.write('.') }
    `
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, root, firstKey, key])
    await new Promise(resolve => child.stdout.once('data', resolve))
    const over = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGKILL')
    await over
    expect(await everyFile()).toHaveLength(2)
    expect(await all()).toEqual(['old'])
    await put(['new'])
    expect(await everyFile()).toHaveLength(1)
    expect(await all()).toEqual(['new'])
  })

  it('a disk that fails stops the writer and leaves the earlier object', async () => {
    await put(['old'])
    const writer = await store.write(key)
    const disk = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const { file: handle } = writer as unknown as { file: { writeFile: (bytes: Buffer) => Promise<void> } }
    vi.spyOn(handle, 'writeFile').mockRejectedValueOnce(disk)
    await expect(writer.append(randomBytes(300_000))).rejects.toThrow(/ENOSPC/)
    await expect(writer.finish()).rejects.toThrow(/could not be written/)
    await writer.abandon()
    expect(await everyFile()).toHaveLength(1)
    expect(await all()).toEqual(['old'])
  })

  it('a folder that cannot be made is the error of the disk, not a missing object', async () => {
    await writeFile(join(root, 'run-1'), 'in the way')
    await expect(store.write(key)).rejects.toThrow(/EEXIST|ENOTDIR/)
    expect(await store.exists(key)).toBe(false)
  })
})
