import { constants } from 'node:fs'
import { access, lstat, mkdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Category } from '@/domain/record/category'
import { type Collection, DeviceAccountError } from '@/domain/restore/device-account'
import { onAccount, onDisk } from '@/gateways/device-account/vdir-faults'
import { openPlain } from '@/gateways/device-account/vdir-files'
import { isItemName } from '@/gateways/device-account/vdir-names'
import { errorCode, SharedFolderSync, syncFolder } from '@/gateways/durable-files'

const folderNames: readonly Category[] = ['contacts', 'calendar', 'tasks', 'notes', 'photos']
const longestDisplayName = 1024

/** Where an item lies: always directly in one of the account's five folders. */
interface ItemPlace {
  category: Category
  folder: string
  path: string
}

/** The account's root and its five folders, and the guard that nothing outside them is ever touched. */
export class VdirFolders {
  private readonly root: string
  private seen = false
  private readonly syncs = new Map<string, SharedFolderSync>()

  /** Takes an absolute path or file:///path. */
  constructor(address: string) {
    this.root = rootOf(address)
  }

  async discover(): Promise<Collection[]> {
    const rootExists = await this.requireRoot()
    const collections: Collection[] = []
    for (const category of folderNames) {
      const url = join(this.root, category)
      const exists = await onAccount(() => isFolder(url)).catch(passOver)
      if (exists === null) continue
      const writable = await isWritable(exists ? url : rootExists ? this.root : dirname(this.root))
      const displayName = exists ? await displayNameOf(url) : null
      collections.push({ url, displayName, takes: [category], writable })
    }
    return collections
  }

  /** The category of one of the account's own folders. */
  categoryOf(collection: Collection): Category {
    const category = folderNames.find(name => join(this.root, name) === collection.url)
    if (!category) throw outside()
    return category
  }

  /** The place that an href names. Throws where it is none of this account's. */
  placeOf(href: string): ItemPlace {
    const folder = dirname(href)
    const category = folderNames.find(name => join(this.root, name) === folder)
    const safe = !href.includes('\0') && resolve(href) === href
    if (!category || !safe || !isItemName(category, basename(href))) throw outside()
    return { category, folder, path: href }
  }

  /** Whether the folder is there. One that is not counts as empty, as long as the account itself can be there. */
  async isThere(category: Category): Promise<boolean> {
    const rootExists = await this.requireRoot()
    return rootExists && (await onAccount(() => isFolder(join(this.root, category))))
  }

  /** Makes the folder where it is missing and answers it. */
  async make(category: Category): Promise<Collection> {
    const url = join(this.root, category)
    if (!(await this.requireRoot())) await onDisk(() => makeFolder(this.root))
    if (!(await onDisk(() => isFolder(url)))) await onDisk(() => makeFolder(url))
    return { url, displayName: await displayNameOf(url), takes: [category], writable: await isWritable(url) }
  }

  /** Makes what was named or removed in the folder so far survive a power cut. */
  async sync(folder: string): Promise<void> {
    const shared = this.syncs.get(folder) ?? new SharedFolderSync(folder)
    this.syncs.set(folder, shared)
    await onDisk(() => shared.request())
  }

  /** False where the root may still be made: its parent is there and it never was while this account is open. */
  private async requireRoot(): Promise<boolean> {
    const stats = await onAccount(() => statOrNull(this.root))
    if (stats && !stats.isDirectory())
      throw new DeviceAccountError('not-found', "The account's address is not a folder.")
    if (stats) this.seen = true
    const parent = stats || this.seen ? null : await onAccount(() => statOrNull(dirname(this.root)))
    if (!stats && !parent?.isDirectory())
      throw new DeviceAccountError('not-found', "The account's folder is not there.")
    return stats !== null
  }
}

const outside = () => new DeviceAccountError('forbidden-address', 'That lies outside the folders of this account.')

function rootOf(address: string): string {
  const path = address.startsWith('file:') ? pathOfUrl(address) : address
  if (path === null || !isAbsolute(path) || path.includes('\0'))
    throw new DeviceAccountError('not-understood', 'The address of a vdir account is an absolute path or file:///path.')
  return resolve(path)
}

function pathOfUrl(address: string): string | null {
  try {
    return fileURLToPath(address)
  } catch {
    return null
  }
}

async function statOrNull(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** False where nothing is there. A link is an error even where it leads to a folder: it may lead anywhere tomorrow. */
async function isFolder(path: string): Promise<boolean> {
  try {
    const stats = await lstat(path)
    if (stats.isDirectory()) return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
  throw new DeviceAccountError('forbidden-address', 'A link or a file lies where a folder of the account should be.')
}

/** Discovery leaves out a folder that it may not use and goes on with the others. */
function passOver(error: unknown): null {
  if (error instanceof DeviceAccountError) return null
  throw error
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !(await isFolder(path))) throw error
  }
  await syncFolder(dirname(path))
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** vdirsyncer's metadata file of that name, where it holds a short text. */
async function displayNameOf(folder: string): Promise<string | null> {
  const opened = await onAccount(() => openPlain(join(folder, 'displayname'))).catch(passOver)
  if (!opened) return null
  try {
    if (opened.stats.size > longestDisplayName) return null
    const text = (await onAccount(() => opened.file.readFile('utf8'))).trim()
    return text === '' || /[\u0000-\u001f\u007f]/.test(text) ? null : text
  } finally {
    await opened.file.close()
  }
}
