import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Category } from '@/domain/record/category'
import { type Collection, type DeviceAccount, DeviceAccountError, type Payload } from '@/domain/restore/device-account'
import { openVdirAccount } from '@/gateways/device-account/vdir'
import { changeWhile } from '@/gateways/device-account/vdir-files'
import { temporaryName } from '@/gateways/durable-files'

vi.mock('node:fs', async importOriginal => {
  const real = await importOriginal<typeof import('node:fs')>()
  const openSync = (...args: Parameters<typeof real.openSync>) => {
    const fault = faults.get('open for reading')
    if (!fault || fault.left-- <= 0) return real.openSync(...args)
    throw Object.assign(new Error(`${fault.code}: simulated`), { code: fault.code })
  }
  return { ...real, openSync }
})

/** What the next calls of the file system shall fail with, by name. */
const faults = vi.hoisted(() => new Map<string, { code: string; left: number }>())

vi.mock('node:fs/promises', async importOriginal => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  const fail = (call: string) => {
    const fault = faults.get(call)
    if (!fault || fault.left-- <= 0) return
    throw Object.assign(new Error(`${fault.code}: simulated, ${call}`), { code: fault.code })
  }
  return {
    ...real,
    link: async (from: string, to: string) => {
      fail('link')
      return real.link(from, to)
    },
    open: async (...args: Parameters<typeof real.open>) => {
      if (args[1] === 'wx') fail('open for writing')
      const file = await real.open(...args)
      const writeFileReally = file.writeFile.bind(file)
      file.writeFile = async (...content: Parameters<typeof file.writeFile>) => {
        fail('write')
        return writeFileReally(...content)
      }
      return file
    },
  }
})
const failOnce = (call: string, code: string) => faults.set(call, { code, left: 1 })

let parent: string
let root: string
let account: DeviceAccount

beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'vdir-')))
  root = join(parent, 'account')
  await mkdir(root)
  account = openVdirAccount({ path: root })
})
afterEach(async () => {
  faults.clear()
  await account.close()
  await rm(parent, { recursive: true, force: true })
})

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const payload = (text: string): Payload => ({
  body: Buffer.from(text),
  length: Buffer.byteLength(text),
  contentType: 'text/vcard',
})
const streamed = (parts: string[], length = Buffer.byteLength(parts.join(''))): Payload => ({
  body: async function* () {
    for (const part of parts) yield Buffer.from(part)
  },
  length,
  contentType: 'text/vcard',
})
const collection = (category: Category): Collection => ({
  url: join(root, category),
  displayName: null,
  takes: [category],
  writable: true,
})
const contacts = () => collection('contacts')

async function listed(category: Category = 'contacts') {
  const items = []
  for await (const item of account.list(collection(category), category)) items.push(item)
  return items.sort((a, b) => a.href.localeCompare(b.href))
}

async function fetched(hrefs: string[], category: Category = 'contacts') {
  const items = []
  for await (const item of account.fetch(collection(category), category, hrefs)) items.push(item)
  return items.sort((a, b) => a.href.localeCompare(b.href))
}

async function put(name: string, text: string): Promise<string> {
  await mkdir(join(root, 'contacts'), { recursive: true })
  await writeFile(join(root, 'contacts', name), text)
  return join(root, 'contacts', name)
}

const kindOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    error => error,
  )
  expect(error).toBeInstanceOf(DeviceAccountError)
  return (error as DeviceAccountError).kind
}

describe('discovery', () => {
  it('finds one collection a category, with the name that vdirsyncer gave it', async () => {
    await put('displayname', 'My people\n')
    const { principal, collections, quirks } = await account.discover()
    expect({ principal, quirks }).toEqual({ principal: null, quirks: [] })
    expect(collections.map(({ takes }) => takes)).toEqual([
      ['contacts'],
      ['calendar'],
      ['tasks'],
      ['notes'],
      ['photos'],
    ])
    expect(collections[0]).toEqual({ ...contacts(), displayName: 'My people' })
    expect(await readdir(root)).toEqual(['contacts'])
  })

  it('says what will be made where only the parent is there, and makes it when asked', async () => {
    account = openVdirAccount({ path: `file://${parent}/new` })
    const { collections } = await account.discover()
    expect(collections).toHaveLength(5)
    expect(collections.every(({ writable }) => writable)).toBe(true)
    expect(await readdir(parent)).toEqual(['account'])
    const made = await account.makeCollection('tasks', 'Recovered tasks')
    const url = join(parent, 'new/tasks')
    expect(made).toEqual({ url, displayName: null, takes: ['tasks'], writable: true, isNew: false })
    expect(await account.makeCollection('tasks', 'Recovered tasks')).toEqual(made)
    expect(((await lstat(join(parent, 'new/tasks'))).mode & 0o777).toString(8)).toBe('700')
  })

  it('says that an account without even a parent, or that went away, is not there', async () => {
    expect(await kindOf(openVdirAccount({ path: join(parent, 'no/where') }).discover())).toBe('not-found')
    await account.discover()
    await rm(root, { recursive: true })
    expect(await kindOf(account.discover())).toBe('not-found')
    expect(await kindOf(listed())).toBe('not-found')
  })

  it.each(['relative/path', 'file://host.example/share', 'file:///a%2fb', 'https://dav.example/', '/a\0b', ''])(
    'does not take the address %j',
    path => {
      expect(() => openVdirAccount({ path })).toThrow(DeviceAccountError)
    },
  )

  it('gives photos and notes their folders', async () => {
    expect((await account.filesFolder('photos'))?.url).toBe(join(root, 'photos'))
    expect((await account.filesFolder('notes'))?.url).toBe(join(root, 'notes'))
  })
})

describe('listing and fetching', () => {
  it('gives the items of a folder and nothing else', async () => {
    await put('a.vcf', 'A')
    await put('B.VCF', 'BB')
    for (const other of ['displayname', 'color', '.hidden.vcf', 'readme.txt', 'half.vcf.tmp']) await put(other, 'x')
    await mkdir(join(root, 'contacts', 'folder.vcf'))
    const items = await listed()
    expect(items).toEqual([
      { href: join(root, 'contacts/a.vcf'), etag: digest('A'), size: 1 },
      { href: join(root, 'contacts/B.VCF'), etag: digest('BB'), size: 2 },
    ])
    const bodies = await fetched(items.map(({ href }) => href))
    expect(bodies.map(({ body }) => Buffer.from(body).toString())).toEqual(['A', 'BB'])
    expect(bodies[0]?.etag).toBe(digest('A'))
  })

  it('takes any name for photos and notes, vdirsyncer’s own excepted', async () => {
    await mkdir(join(root, 'notes'))
    for (const name of ['list.txt', 'memo.ics', 'no extension', 'color'])
      await writeFile(join(root, 'notes', name), name)
    expect((await listed('notes')).map(({ href }) => href.split('/').at(-1))).toEqual([
      'list.txt',
      'memo.ics',
      'no extension',
    ])
  })

  it('counts a folder that is not there yet as empty', async () => {
    expect(await listed()).toEqual([])
    expect(await fetched([join(root, 'contacts/a.vcf')])).toEqual([])
  })

  it('leaves out what is gone and lists what it may not read without an etag', async () => {
    const here = await put('here.vcf', 'x')
    expect(await fetched([here, join(root, 'contacts/gone.vcf')])).toHaveLength(1)
    failOnce('open for reading', 'EACCES')
    expect(await listed()).toEqual([{ href: here, etag: null, size: null }])
    failOnce('open for reading', 'EACCES')
    expect(await fetched([here])).toEqual([])
    failOnce('open for reading', 'EIO')
    expect(await kindOf(listed())).toBe('unreachable')
  })

  it('streams two thousand items, and may be left early', async () => {
    mkdirSync(join(root, 'contacts'))
    for (let i = 0; i < 2000; i++) writeFileSync(join(root, `contacts/${i}.vcf`), `${i}`)
    expect(await listed()).toHaveLength(2000)
    for await (const item of account.list(contacts(), 'contacts')) {
      expect(item.etag).not.toBeNull()
      break
    }
  })

  it('notices a change of a large file that keeps its size and its modification time', async () => {
    const path = await put('large.vcf', 'a'.repeat(200_000))
    const then = new Date(Date.now() - 60_000)
    await utimes(path, then, then)
    const before = await listed()
    await new Promise(resolve => setTimeout(resolve, 2_100))
    expect(await listed()).toEqual(before)
    writeFileSync(path, 'b'.repeat(200_000))
    await utimes(path, then, then)
    expect((await listed())[0]?.etag).toBe(digest('b'.repeat(200_000)))
  })

  it('never waits for a pipe', async () => {
    await put('a.vcf', 'A')
    execFileSync('mkfifo', [join(root, 'contacts/pipe.vcf')])
    expect(await listed()).toHaveLength(1)
  })
})

describe('links', () => {
  it('are never followed out of the account, as folder or as item', async () => {
    const secret = join(parent, 'secret.vcf')
    await writeFile(secret, 'secret')
    await put('real.vcf', 'x')
    const linked = join(root, 'contacts/linked.vcf')
    await symlink(secret, linked)
    await symlink(parent, join(root, 'tasks'))

    expect(await listed()).toHaveLength(1)
    expect(await fetched([linked])).toEqual([])
    expect(await account.replace(linked, digest('secret'), payload('y'))).toEqual({ kind: 'missing', href: linked })
    expect(await account.remove(linked, null)).toEqual({ kind: 'missing', href: linked })
    expect((await account.create(contacts(), 'linked.vcf', payload('y'))).kind).toBe('precondition-failed')
    expect((await account.discover()).collections.map(({ takes }) => takes[0])).not.toContain('tasks')
    expect(await kindOf(listed('tasks'))).toBe('forbidden-address')
    expect(await kindOf(account.create(collection('tasks'), 'a.ics', payload('y')))).toBe('forbidden-address')
    expect(await kindOf(account.makeCollection('tasks', 'Tasks'))).toBe('forbidden-address')
    expect(await readFile(secret, 'utf8')).toBe('secret')
  })

  it.each([
    '../secret.vcf',
    'contacts/../../secret.vcf',
    'contacts/sub/a.vcf',
    'contacts/.a.vcf',
    'other/a.vcf',
    'contacts/',
  ])('no name leads outside: %s', async name => {
    const href = `${root}/${name}`
    expect(await kindOf(account.remove(href, null))).toBe('forbidden-address')
    expect(await kindOf(account.replace(href, 'x', payload('x')))).toBe('forbidden-address')
    expect(await kindOf(fetched([href]))).toBe('forbidden-address')
  })

  it('a collection of another account is refused', () => {
    expect(() => account.hrefOf({ ...contacts(), url: '/etc' }, 'a.vcf')).toThrow(DeviceAccountError)
  })
})

describe('creating', () => {
  it('writes a new item, whole or in parts, and says its etag', async () => {
    const href = join(root, 'contacts/hw-1.vcf')
    expect(account.hrefOf(contacts(), 'hw-1.vcf')).toBe(href)
    expect(await account.create(contacts(), 'hw-1.vcf', streamed(['BEGIN', ':VCARD']))).toEqual({
      kind: 'written',
      href,
      etag: digest('BEGIN:VCARD'),
    })
    expect(await readFile(href, 'utf8')).toBe('BEGIN:VCARD')
    expect((await lstat(href)).nlink).toBe(1)
    expect(await readdir(join(root, 'contacts'))).toEqual(['hw-1.vcf'])
  })

  it('never replaces what is there', async () => {
    const href = await put('a.vcf', 'theirs')
    expect(await account.create(contacts(), 'a.vcf', payload('ours'))).toEqual({ kind: 'precondition-failed', href })
    expect(await readFile(href, 'utf8')).toBe('theirs')
  })

  it('lets exactly one of many win', async () => {
    const rivals = Array.from({ length: 20 }, () => openVdirAccount({ path: root }))
    const results = await Promise.all(
      rivals.map((rival, i) => rival.create(contacts(), 'a.vcf', payload(`rival ${i}`))),
    )
    expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1)
    expect(results.filter(({ kind }) => kind === 'precondition-failed')).toHaveLength(19)
    expect(await readdir(join(root, 'contacts'))).toEqual(['a.vcf'])
  })

  it('writes nothing where the body is not what was announced, or breaks off', async () => {
    await expect(account.create(contacts(), 'a.vcf', streamed(['half'], 8))).rejects.toThrow(RangeError)
    const broken: Payload = {
      body: async function* () {
        yield Buffer.from('half')
        throw Object.assign(new Error('the source broke'), { code: 'ENOENT' })
      },
      length: 8,
      contentType: 'text/vcard',
    }
    await expect(account.create(contacts(), 'a.vcf', broken)).rejects.toThrow('the source broke')
    expect(await readdir(join(root, 'contacts'))).toEqual([])
  })
})

describe('replacing and removing', () => {
  it('needs the etag of what is there', async () => {
    const href = await put('a.vcf', 'one')
    expect(await account.replace(href, digest('other'), payload('two'))).toEqual({ kind: 'precondition-failed', href })
    expect(await account.replace(href, digest('one'), payload('two'))).toEqual({
      kind: 'written',
      href,
      etag: digest('two'),
    })
    expect(await account.remove(href, digest('one'))).toEqual({ kind: 'precondition-failed', href })
    expect(await readFile(href, 'utf8')).toBe('two')
    expect(await account.remove(href, digest('two'))).toEqual({ kind: 'written', href, etag: null })
    expect(await account.remove(href, digest('two'))).toEqual({ kind: 'missing', href })
    expect(await account.replace(href, digest('two'), payload('x'))).toEqual({ kind: 'missing', href })
    expect(await readdir(join(root, 'contacts'))).toEqual([])
  })

  it('removes without an etag where none is given', async () => {
    const href = await put('a.vcf', 'one')
    expect((await account.remove(href, null)).kind).toBe('written')
  })

  it('lets exactly one of many changes win', async () => {
    const href = await put('a.vcf', 'start')
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) => account.replace(href, digest('start'), payload(`change ${i}`))),
    )
    const won = results.filter(({ kind }) => kind === 'written')
    expect(won).toHaveLength(1)
    expect(won[0]).toMatchObject({ etag: digest(await readFile(href)) })
    expect(await readdir(join(root, 'contacts'))).toEqual(['a.vcf'])
  })

  it('leaves alone what another program put there while it got ready', async () => {
    const href = await put('a.vcf', 'one')
    const act = vi.fn(() => unlinkSync(href))
    const change = await changeWhile(href, digest('one'), {
      prepare: async () => {
        writeFileSync(join(root, 'contacts/.other'), 'two')
        renameSync(join(root, 'contacts/.other'), href)
        return act
      },
      putBack: async () => undefined,
    })
    expect(change).toBe('precondition-failed')
    expect(act).not.toHaveBeenCalled()
    expect(await readFile(href, 'utf8')).toBe('two')
  })

  it('puts back what another program wrote into the file at the last moment', async () => {
    const href = await put('a.vcf', 'one')
    const fs = await vi.importActual<typeof import('node:fs')>('node:fs')
    const overtaken: string[] = []
    const change = await changeWhile(href, digest('one'), {
      prepare: async () => () => {
        appendFileSync(href, ' and more')
        fs.renameSync(href, `${href}.gone`)
      },
      putBack: async bytes => {
        overtaken.push(bytes.toString())
      },
    })
    expect(change).toBe('precondition-failed')
    expect(overtaken).toEqual(['one and more'])
  })
})

describe('faults of the file system', () => {
  it.each([
    ['write', 'ENOSPC', 'full'],
    ['open for writing', 'EDQUOT', 'full'],
    ['write', 'EIO', 'unreachable'],
    ['open for writing', 'ESTALE', 'unreachable'],
    ['link', 'EPERM', 'not-understood'],
    ['link', 'ENOSPC', 'full'],
  ])('%s: %s stops the account as %s and leaves nothing half done', async (call, code, kind) => {
    failOnce(call, code)
    expect(await kindOf(account.create(contacts(), 'a.vcf', payload('x')))).toBe(kind)
    expect(await readdir(join(root, 'contacts'))).toEqual([])
    expect((await account.create(contacts(), 'a.vcf', payload('x'))).kind).toBe('written')
  })

  it.each([
    ['open for writing', 'EACCES', 403, 'forbidden'],
    ['open for writing', 'EROFS', 403, 'forbidden'],
    ['write', 'EFBIG', 413, 'too-large'],
    ['link', 'ENAMETOOLONG', 400, 'not-accepted'],
  ])('%s: %s refuses the one item', async (call, code, status, reason) => {
    failOnce(call, code)
    expect(await account.create(contacts(), 'a.vcf', payload('x'))).toMatchObject({ kind: 'refused', status, reason })
    expect(await readdir(join(root, 'contacts'))).toEqual([])
  })

  it('a full account keeps the item that should be replaced', async () => {
    const href = await put('a.vcf', 'one')
    failOnce('write', 'ENOSPC')
    expect(await kindOf(account.replace(href, digest('one'), payload('two')))).toBe('full')
    expect(await readFile(href, 'utf8')).toBe('one')
    expect(await readdir(join(root, 'contacts'))).toEqual(['a.vcf'])
  })

  it('a disk that is really full is a full account', async () => {
    const small = join(parent, 'small')
    await mkdir(small)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small], { stdio: 'ignore' })
    } catch {
      faults.set('write', { code: 'ENOSPC', left: 1 })
    }
    try {
      const full = openVdirAccount({ path: small })
      const photos = (await full.makeCollection('photos', 'Photos'))!
      const photo = payload('x'.repeat(200_000))
      expect(await kindOf(full.create(photos, 'a.jpg', photo))).toBe('full')
      expect(await readdir(photos.url)).toEqual([])
      expect((await full.create(photos, 'small.jpg', payload('x'))).kind).toBe('written')
    } finally {
      await Promise.allSettled([Promise.resolve().then(() => execFileSync('umount', [small], { stdio: 'ignore' }))])
    }
  })

  it('a temporary file that somebody cleared is written again', async () => {
    failOnce('link', 'ENOENT')
    expect((await account.create(contacts(), 'a.vcf', payload('x'))).kind).toBe('written')
  })
})

describe('a killed process', () => {
  it('between link and unlink has created the item; its temporary name is cleared by the next listing', async () => {
    const href = await put('a.vcf', 'x')
    await link(href, join(root, 'contacts', temporaryName()))
    expect(await listed()).toEqual([{ href, etag: digest('x'), size: 1 }])
    expect(await readdir(join(root, 'contacts'))).toEqual(['a.vcf'])
  })

  it('before link has created nothing; a live one’s temporary file is left alone until it is an hour old', async () => {
    const live = await put(temporaryName(), 'half')
    expect(await listed()).toEqual([])
    expect(await readdir(join(root, 'contacts'))).toHaveLength(1)
    const then = new Date(Date.now() - 3_700_000)
    await utimes(live, then, then)
    expect(await listed()).toEqual([])
    expect(await readdir(join(root, 'contacts'))).toEqual([])
  })

  it('at any moment leaves only whole items', async () => {
    const script = `
      import { openVdirAccount } from '@/gateways/device-account/vdir'
      const account = openVdirAccount({ path: process.argv[1] })
      const contacts = await account.makeCollection('contacts', 'Contacts')
      const body = Buffer.alloc(50_000, 'x')
      for (let i = 0; ; i++) {
        await Promise.all([0, 1, 2, 3].map(n =>
          account.create(contacts, process.pid + '-' + i + '-' + n + '.vcf', { body, length: body.length, contentType: 'text/vcard' })))
        if (i === 1) process.stdout.write('.')
      }`
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, root])
      const over = new Promise(resolve => child.once('exit', resolve))
      await new Promise(resolve => child.stdout.once('data', resolve))
      await new Promise(resolve => setTimeout(resolve, 3 + round * 7))
      child.kill('SIGKILL')
      await over
    }
    const items = await listed()
    expect(items.length).toBeGreaterThanOrEqual(24)
    expect(new Set(items.map(({ size }) => size))).toEqual(new Set([50_000]))
    expect((await readdir(join(root, 'contacts'))).filter(name => name.startsWith('.'))).toEqual([])
    for (const { href } of items.slice(0, 3)) await unlink(href)
  }, 120_000)
})
