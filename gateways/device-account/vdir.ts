import { createHash } from 'node:crypto'
import { renameSync, unlinkSync } from 'node:fs'
import { lstat, opendir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Category } from '@/domain/record/category'
import {
  type Collection,
  type DeviceAccount,
  DeviceAccountError,
  type FetchedItem,
  type ListedItem,
  type MadeCollection,
  type Payload,
  type WriteResult,
} from '@/domain/restore/device-account'
import { DigestMemory } from '@/gateways/device-account/vdir-digests'
import { onAccount, onDisk, Refusal } from '@/gateways/device-account/vdir-faults'
import {
  Breather,
  type Change,
  changeWhile,
  linkInPlace,
  openPlain,
  readAll,
  readSmall,
  type Written,
  writeTemporary,
} from '@/gateways/device-account/vdir-files'
import { VdirFolders } from '@/gateways/device-account/vdir-folders'
import { isItemName, safeItemName } from '@/gateways/device-account/vdir-names'
import { clearIfAbandoned } from '@/gateways/durable-files'

const connections = 4
const createAttempts = 3

/**
 * The vdir account (the format of vdirsyncer, khal and khard): folders contacts, calendar, tasks, notes and photos
 * below `path` (absolute, or file:///…), one item a file, etag = SHA-256 in hex. A folder that is missing counts as
 * empty and is made with its first item. Links are never followed. Throws DeviceAccountError.
 */
export function openVdirAccount({ path }: { path: string }): DeviceAccount {
  return new VdirAccount(new VdirFolders(path))
}

class VdirAccount implements DeviceAccount {
  readonly host = 'vdir'
  readonly connections = connections
  private readonly digests = new DigestMemory()

  constructor(private readonly folders: VdirFolders) {}

  async discover() {
    return { principal: null, collections: await this.folders.discover(), quirks: [] }
  }

  async filesFolder(category: 'photos' | 'notes'): Promise<Collection | null> {
    const collections = await this.folders.discover()
    return collections.find(({ takes }) => takes.includes(category)) ?? null
  }

  /** A vdir has one folder a category, whatever it shall be called. */
  async makeCollection(category: Category): Promise<MadeCollection> {
    return { ...(await onAccount(() => this.folders.make(category))), isNew: false }
  }

  /** Its five folders are the account itself: one without items is as good as none. */
  async removeEmptyCollection(): Promise<boolean> {
    return false
  }

  async *list(collection: Collection): AsyncIterable<ListedItem> {
    const category = this.folders.categoryOf(collection)
    if (!(await this.folders.isThere(category))) return
    const breather = new Breather()
    for await (const name of itemNames(collection.url, category)) {
      const item = await this.look(join(collection.url, name))
      if (item) yield item
      await breather.breathe()
    }
  }

  async *fetch(collection: Collection, _category: Category, hrefs: string[]): AsyncIterable<FetchedItem> {
    const paths = hrefs.map(href => this.folders.placeOf(href).path)
    if (!(await this.folders.isThere(this.folders.categoryOf(collection)))) return
    const breather = new Breather()
    for (const path of paths) {
      const item = await readItem(path)
      if (item) yield item
      await breather.breathe()
    }
  }

  hrefOf(collection: Collection, fileName: string): string {
    return join(collection.url, safeItemName(this.folders.categoryOf(collection), fileName))
  }

  create(collection: Collection, fileName: string, payload: Payload): Promise<WriteResult> {
    return refusalsAsResults(async () => {
      const category = this.folders.categoryOf(collection)
      const href = this.hrefOf(collection, fileName)
      for (let attempt = 1; attempt <= createAttempts; attempt++) {
        if (!(await this.folders.isThere(category))) await this.folders.make(category)
        if (await exists(href)) return { kind: 'precondition-failed', href }
        const written = await writeTemporary(collection.url, payload)
        const link = await linkInPlace(written, href)
        if (link === 'taken') return { kind: 'precondition-failed', href }
        if (link === 'gone') continue
        await this.folders.sync(collection.url)
        return { kind: 'written', href, etag: written.etag }
      }
      throw new DeviceAccountError('not-found', "The account's folder is cleared while it is written to.")
    })
  }

  replace(href: string, etag: string, payload: Payload): Promise<WriteResult> {
    return refusalsAsResults(async () => {
      const { category, folder, path } = this.folders.placeOf(href)
      if (!(await this.folders.isThere(category))) return { kind: 'missing', href }
      let written: Written | null = null
      try {
        const change = await changeWhile(path, etag, {
          prepare: async () => {
            written = await writeTemporary(folder, payload)
            const { temporary } = written
            return () => renameSync(temporary, path)
          },
          putBack: async overtaken => {
            if (written) await this.replace(href, written.etag, bytesOf(overtaken))
          },
        })
        return await this.settle(href, folder, change, written)
      } finally {
        await Promise.allSettled(written ? [rm((written as Written).temporary, { force: true })] : [])
      }
    })
  }

  remove(href: string, etag: string | null): Promise<WriteResult> {
    return refusalsAsResults(async () => {
      const { category, folder, path } = this.folders.placeOf(href)
      if (!(await this.folders.isThere(category))) return { kind: 'missing', href }
      const change = await changeWhile(path, etag, {
        prepare: async () => () => unlinkSync(path),
        putBack: async overtaken => {
          await linkInPlace(await writeTemporary(folder, bytesOf(overtaken)), path)
        },
      })
      return this.settle(href, folder, change, null)
    })
  }

  async close(): Promise<void> {
    this.digests.clear()
  }

  private async settle(href: string, folder: string, change: Change, written: Written | null): Promise<WriteResult> {
    if (change === 'missing' || change === 'precondition-failed') return { kind: change, href }
    await this.folders.sync(folder)
    return { kind: 'written', href, etag: written?.etag ?? null }
  }

  /** A file that may be seen but not read is listed without an etag: it must not stop the others. */
  private async look(href: string): Promise<ListedItem | null> {
    try {
      const small = readSmall(href)
      if (small === null) return null
      if (small !== 'large') return { href, etag: digestOfBytes(small), size: small.length }
      const opened = await openPlain(href)
      if (!opened) return null
      try {
        const etag = await this.digests.etagOf(href, opened.file, opened.stats)
        return { href, etag, size: Number(opened.stats.size) }
      } finally {
        await opened.file.close()
      }
    } catch (error) {
      if (error instanceof Refusal) return { href, etag: null, size: null }
      throw error
    }
  }
}

/** Names of items as the folder gives them; what a killed process left there is cleared on the way, where it may be. */
async function* itemNames(folder: string, category: Category): AsyncGenerator<string> {
  const entries = await onAccount(() => opendir(folder, { bufferSize: 256 }))
  try {
    for (;;) {
      const entry = await onAccount(() => entries.read())
      if (!entry) return
      if (isItemName(category, entry.name)) yield entry.name
      else await Promise.allSettled([clearIfAbandoned(folder, entry.name)])
    }
  } finally {
    await entries.close()
  }
}

async function readItem(href: string): Promise<FetchedItem | null> {
  try {
    const small = readSmall(href)
    const body = small === 'large' ? await readLarge(href) : small
    return body && { href, etag: digestOfBytes(body), size: body.length, body }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

async function readLarge(href: string): Promise<Buffer | null> {
  const opened = await openPlain(href)
  if (!opened) return null
  try {
    return await onDisk(() => readAll(opened.file))
  } finally {
    await opened.file.close()
  }
}

const digestOfBytes = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

async function refusalsAsResults(write: () => Promise<WriteResult>): Promise<WriteResult> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { kind: 'refused', status: error.status, reason: error.reason, detail: error.detail }
  }
}

const bytesOf = (body: Uint8Array): Payload => ({ body, length: body.length, contentType: 'application/octet-stream' })
