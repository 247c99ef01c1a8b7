import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Person } from '@/test/campaign/material'
import type { ModDavServer } from '@/test/support/mod-dav'
import type { DavServer } from '@/test/support/radicale'

/** What one person's account holds, read from the servers' own folders and not through what is tested. */
export interface Contents {
  /** Text of every item of address books and calendars, by collection and file name. */
  items: Record<string, string>
  /** SHA-256 of every photo, by name. */
  photos: Record<string, string>
}

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

export class Accounts {
  constructor(
    private readonly dav: DavServer,
    private readonly files: ModDavServer,
    private readonly passwordOf: (person: string) => string,
  ) {}

  /** Puts into the account what the person had there before. */
  async furnish(person: Person): Promise<void> {
    const authorization = basic(person.name, this.passwordOf(person.name))
    for (const { path: place, kind, component, content } of person.own) {
      const type = kind === 'contacts' ? 'text/vcard' : 'text/calendar'
      const headers = { authorization, 'content-type': `${type}; charset=utf-8` }
      await expectSuccess(`${this.dav.url}${person.name}/${place}`, { method: 'PUT', headers, body: content })
      if (component === null) continue
      const props = { tag: 'VCALENDAR', 'C:supported-calendar-component-set': component }
      await writeFile(path.join(this.folderOf(person.name), place, '.Radicale.props'), JSON.stringify(props))
    }
    const { username, password } = this.files
    const asOwner = { authorization: basic(username, password) }
    await expectSuccess(`${this.files.url}${person.name}/`, { method: 'MKCOL', headers: asOwner })
    for (const [name, bytes] of Object.entries(person.ownPhotos)) {
      const url = `${this.files.url}${person.name}/${encodeURIComponent(name)}`
      await expectSuccess(url, { method: 'PUT', headers: asOwner, body: new Uint8Array(bytes) })
    }
  }

  async read(person: string): Promise<Contents> {
    const items: Contents['items'] = {}
    for (const collection of await visible(this.folderOf(person))) {
      const folder = path.join(this.folderOf(person), collection)
      for (const name of await visible(folder)) {
        items[`${collection}/${name}`] = await readFile(path.join(folder, name), 'utf8')
      }
    }
    const photos: Contents['photos'] = {}
    const folder = path.join(this.files.files, person)
    for (const name of await visible(folder)) {
      photos[name] = createHash('sha256')
        .update(await readFile(path.join(folder, name)))
        .digest('hex')
    }
    return { items, photos }
  }

  private folderOf(person: string): string {
    return path.join(this.dav.folder, 'collections/collection-root', person)
  }
}

const visible = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter(name => !name.startsWith('.')).sort()

async function expectSuccess(url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, init)
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${init.method} ${url} was answered ${answer.status}.`)
}
