import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import {
  type Collection,
  type DeviceAccount,
  DeviceAccountError,
  type FetchedItem,
  type ListedItem,
  type Payload,
} from '@/domain/restore/device-account'
import { type DavAccountOptions, openDavAccount } from '@/gateways/device-account/dav'

/** Retries that take no time, so that a test of forty of them does not either. */
export const impatient = { baseMs: 2, capMs: 5, longestAskMs: 1500, patienceMs: 3000, idleMs: 20_000 }

export const openAt = (url: string, options: Partial<DavAccountOptions> = {}): DeviceAccount =>
  openDavAccount({
    url,
    filesUrl: null,
    username: 'alice',
    password: 'pässword',
    allowedHosts: ['127.0.0.1', 'localhost'],
    retry: impatient,
    ...options,
  })

export const bookAt = (url: string): Collection => ({
  url: `${url}u/book/`,
  displayName: null,
  takes: ['contacts'],
  writable: true,
})

export const vcard = (uid: string, name = 'Ann Example'): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:${name};;;;\r\nEND:VCARD\r\n`

export const component = (type: 'VEVENT' | 'VTODO' | 'VJOURNAL', uid: string, extra = ''): string =>
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n' +
  `BEGIN:${type}\r\nUID:${uid}\r\nDTSTAMP:20091001T000000Z\r\nDTSTART:20091001T100000Z\r\nSUMMARY:A thing\r\n${extra}END:${type}\r\n` +
  'END:VCALENDAR\r\n'

export const payloadOf = (text: string | Uint8Array, contentType = 'text/vcard; charset=utf-8'): Payload => {
  const body = typeof text === 'string' ? Buffer.from(text) : text
  return { body, length: body.length, contentType }
}

export const calendarPayload = (text: string): Payload => payloadOf(text, 'text/calendar; charset=utf-8')

export const listAll = async (account: DeviceAccount, collection: Collection): Promise<ListedItem[]> => {
  const items: ListedItem[] = []
  for await (const item of account.list(collection, collection.takes[0] ?? 'contacts')) items.push(item)
  return items
}

export const fetchAll = async (
  account: DeviceAccount,
  collection: Collection,
  hrefs: string[],
): Promise<FetchedItem[]> => {
  const items: FetchedItem[] = []
  for await (const item of account.fetch(collection, collection.takes[0] ?? 'contacts', hrefs)) items.push(item)
  return items
}

/** The error a promise ends with, as kind and time; fails where it ends well or with something else. */
export const troubleOf = async (promise: Promise<unknown>): Promise<DeviceAccountError> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof DeviceAccountError) return error
    throw error
  }
  throw new Error('expected a DeviceAccountError')
}

/** A name server that knows these names; of several addresses for one name, each question gets the next. */
export const names = (known: Record<string, string[]>): LookupFunction => {
  const asked = new Map<string, number>()
  return (hostname, options, callback) => {
    const addresses = known[hostname]
    if (!addresses) return callback(Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' }), '', 0)
    const turn = asked.get(hostname) ?? 0
    asked.set(hostname, turn + 1)
    const address = addresses[turn % addresses.length]!
    const found: LookupAddress[] = [{ address, family: 4 }]
    if (options.all) callback(null, found)
    else callback(null, address, 4)
  }
}
