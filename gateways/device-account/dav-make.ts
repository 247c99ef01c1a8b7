import { createHash } from 'node:crypto'
import type { Category } from '@/domain/record/category'
import { type Collection, DeviceAccountError } from '@/domain/restore/device-account'
import {
  calendarComponents,
  collectionOf,
  collectionProps,
  isCollection,
  type KnownCollection,
} from '@/gateways/device-account/dav-collection'
import { asCollectionUrl, memberUrl, parentUrl } from '@/gateways/device-account/dav-href'
import type { DavHttp, DavRequest } from '@/gateways/device-account/dav-http'
import { askMultistatus, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { mkcalendarBody, mkcolBody, xmlType } from '@/gateways/device-account/dav-xml'

/** The same path segment for the same name, in letters every server takes. */
export const segmentOf = (name: string): string => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? `c-${createHash('sha256').update(name).digest('hex').slice(0, 16)}` : plain
}

const refusal = (url: string, status: number): DeviceAccountError =>
  new DeviceAccountError('not-understood', `${new URL(url).host} does not let us make a collection (HTTP ${status})`)

/** Requests that make the collection, best first: what one server does not know another insists on. */
const variants = (category: Category, url: string, name: string): DavRequest[] => {
  const request = (method: string, body: string): DavRequest => ({ method, url, headers: xmlType, body })
  if (category === 'contacts') {
    return [request('MKCOL', mkcolBody('contacts', name, null)), request('MKCOL', mkcolBody('contacts', null, null))]
  }
  const component = category === 'photos' ? null : calendarComponents[category]
  return [
    request('MKCALENDAR', mkcalendarBody(name, component)),
    request('MKCOL', mkcolBody('calendar', name, component)),
    request('MKCALENDAR', mkcalendarBody(name, null)),
  ]
}

const lookAt = async (http: DavHttp, url: string): Promise<KnownCollection | null> => {
  const found = await askMultistatus(http, propfindRequest(url, '0', collectionProps))
  const self = found.responses[0]
  return self ? collectionOf(self, url) : null
}

/**
 * An address book (RFC 5689) or a calendar for one component (RFC 4791 section 5.3.1) below a home. What is there at that name already and takes
 * the category is answered as it is. Null where the server makes none that takes it.
 */
export const makeDavCollection = async (
  http: DavHttp,
  home: string,
  category: Category,
  name: string,
): Promise<(KnownCollection & { isNew: boolean }) | null> => {
  let status = 0
  // At the plain name something else may lie: a calendar without this component, a folder.
  for (const segment of [segmentOf(name), `${segmentOf(name)}-homeward`]) {
    const url = asCollectionUrl(memberUrl(home, segment))
    let there = await lookAt(http, url)
    let isNew = false
    for (const request of variants(category, url, name)) {
      if (there) break
      status = await make(http, home, request)
      // Made, or made meanwhile by another worker (405): what counts is what is there now.
      there = await lookAt(http, url)
      isNew = there !== null && status >= 200 && status < 300
    }
    if (there?.takes.includes(category)) return { ...there, isNew }
    if (!there) break
  }
  if (status >= 500 && status !== 501) {
    throw new DeviceAccountError('unreachable', `${new URL(home).host} fails to make a collection (${status})`)
  }
  return null
}

const make = async (http: DavHttp, home: string, request: DavRequest): Promise<number> => {
  const { status } = await http.exchange(request)
  if (status !== 409) return status
  await makeFolder(http, home)
  return (await http.exchange(request)).status
}

/**
 * A plain WebDAV folder (RFC 4918 section 9.3), with those above it that are missing. Answers whether it may be written to as far as
 * a server says so. Throws {@link DeviceAccountError} 'not-understood' where it cannot be made.
 */
export const makeFolder = async (http: DavHttp, url: string): Promise<Collection> => {
  const folder: Collection = { url, displayName: null, takes: ['photos'], writable: true }
  const found = await askMultistatus(http, propfindRequest(url, '0', collectionProps))
  if (found.status === 207) {
    const self = found.responses[0]
    if (self && !isCollection(self))
      throw new DeviceAccountError('not-understood', 'The address for files is not a folder')
    return folder
  }
  if (found.status !== 404 && found.status !== 409 && found.status !== 410) throw refusal(url, found.status)
  let { status } = await http.exchange({ method: 'MKCOL', url })
  if (status === 409 && new URL(url).pathname !== '/') {
    await makeFolder(http, parentUrl(url))
    status = (await http.exchange({ method: 'MKCOL', url })).status
  }
  if (status !== 201 && status !== 200 && status !== 405) throw refusal(url, status)
  return folder
}
