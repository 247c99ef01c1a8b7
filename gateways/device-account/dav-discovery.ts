import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Category } from '@/domain/record/category'
import { DeviceAccountError } from '@/domain/restore/device-account'
import {
  collectionOf,
  collectionProps,
  isCollection,
  type KnownCollection,
} from '@/gateways/device-account/dav-collection'
import {
  asCollectionUrl,
  canonicalUrl,
  hrefAnywhere,
  hrefOnServer,
  parentUrl,
} from '@/gateways/device-account/dav-href'
import type { DavHttp } from '@/gateways/device-account/dav-http'
import type { MultistatusResponse } from '@/gateways/device-account/dav-multistatus'
import { askMultistatus, type Multistatus, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { cal, card, dav } from '@/gateways/device-account/dav-xml'

type Kind = 'contacts' | 'calendar'

export interface Found {
  principal: string | null
  /** In the order in which they should be chosen: the person's own before lent ones. */
  collections: KnownCollection[]
  /** Where a new address book or calendar may be made. */
  homes: Record<Kind, string | null>
}

/** Addresses that a domain publishes for a service (RFC 6764 section 3), best first. */
export type ServiceLookup = (service: 'carddavs' | 'caldavs', domain: string) => Promise<string[]>

export const lookupService: ServiceLookup = async (service, domain) => {
  const resolver = new Resolver({ timeout: 2000, tries: 1 })
  const name = `_${service}._tcp.${domain}`
  try {
    const targets = await resolver.resolveSrv(name)
    const texts = await resolver.resolveTxt(name).catch((): string[][] => [])
    const path = texts
      .map(parts => parts.join(''))
      .find(text => text.startsWith('path='))
      ?.slice(5)
    return targets
      .filter(target => target.name !== '' && target.name !== '.')
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
      .map(target => `https://${target.name}:${target.port}${path ?? `/.well-known/${service.slice(0, -1)}`}`)
  } catch {
    // No record, or no name server: the domain says nothing about itself, which is the usual case.
    return []
  }
}

const homeProps = { contacts: card('addressbook-home-set'), calendar: cal('calendar-home-set') }
const entryProps = [...collectionProps, dav('current-user-principal'), homeProps.contacts, homeProps.calendar]

/** One discovery: what has been found so far, and where has been looked. */
class Search {
  principal: string | null = null
  readonly direct: KnownCollection[] = []
  readonly homes: Record<Kind, string[]> = { contacts: [], calendar: [] }
  refusal: DeviceAccountError | null = null
  private readonly asked = new Set<string>()

  constructor(private readonly http: DavHttp) {}

  lacks(kind: Kind): boolean {
    return this.homes[kind].length === 0
  }

  /** Looks at one address: is it a collection, does it know who we are, where are the homes, does it hold collections? */
  async lookAt(address: string): Promise<void> {
    const found = await this.ask(address)
    const self = found?.responses[0]
    if (!found || !self) return
    const collection = collectionOf(self, this.ownUrl(self, found))
    if (collection) this.direct.push(collection)
    this.readHomes(self, found.url)
    const principal = this.addressIn(self, dav('current-user-principal'), found.url)[0]
    if (principal) {
      this.principal ??= principal
      const answer = await this.ask(principal)
      const response = answer?.responses[0]
      if (answer && response) this.readHomes(response, answer.url)
    }
    if (collection || !this.lacks('contacts') || !this.lacks('calendar') || !isCollection(self)) return
    this.direct.push(...(await this.childrenOf(asCollectionUrl(found.url))))
  }

  async childrenOf(home: string): Promise<KnownCollection[]> {
    const found = await askMultistatus(this.http, propfindRequest(home, '1', collectionProps))
    return found.responses.flatMap(response => collectionOf(response, this.ownUrl(response, found)) ?? [])
  }

  /** The collection at an address named on the account, null where there is none any more. */
  async named(address: string): Promise<KnownCollection | null> {
    const found = await this.tolerant(address, collectionProps)
    const self = found?.responses[0]
    return found && self ? collectionOf(self, this.ownUrl(self, found)) : null
  }

  private ownUrl(response: MultistatusResponse, found: Multistatus): string {
    return hrefOnServer(response.href, found.url) ?? canonicalUrl(new URL(found.url))
  }

  private async ask(address: string): Promise<Multistatus | null> {
    if (this.asked.has(address)) return null
    this.asked.add(address)
    return this.tolerant(address, entryProps)
  }

  /** Null where there is nothing to see: a start page that leads elsewhere, no WebDAV. The next address may be the right one. */
  private async tolerant(address: string, props: readonly string[]): Promise<Multistatus | null> {
    try {
      const found = await askMultistatus(this.http, propfindRequest(address, '0', props))
      const status = found.responses[0]?.status ?? found.status
      // A web page where the account ought to be. Elsewhere on the server it says nothing about the account.
      if (found.status < 300 && found.status !== 207 && this.asked.size === 1) {
        const detail = `${new URL(address).host} answers PROPFIND with ${found.status} and no multistatus`
        this.refusal ??= new DeviceAccountError('not-understood', detail)
      }
      return status < 300 ? found : null
    } catch (error) {
      if (!(error instanceof DeviceAccountError) || error.kind !== 'not-understood') throw error
      this.refusal ??= error
      return null
    }
  }

  private readHomes(response: MultistatusResponse, base: string): void {
    for (const kind of ['contacts', 'calendar'] as const) {
      for (const home of this.addressIn(response, homeProps[kind], base)) {
        if (!this.homes[kind].includes(home)) this.homes[kind].push(home)
      }
    }
  }

  private addressIn(response: MultistatusResponse, prop: string, base: string): string[] {
    const hrefs = response.props.get(prop)?.children.filter(({ name }) => name === dav('href')) ?? []
    return hrefs.flatMap(({ text }) => {
      const url = hrefAnywhere(text, base)
      const admitted = url ? this.http.trust.admit(new URL(base), url) : null
      return admitted ? asCollectionUrl(canonicalUrl(admitted)) : []
    })
  }
}

const unique = (collections: KnownCollection[]): KnownCollection[] => [
  ...new Map(collections.map(collection => [collection.url, collection] as const)).values(),
]

/**
 * Finds a person's address books and calendars from any address of their server: the collection itself, its home, the principal, the
 * host alone (RFC 6764 section 6, RFC 5397, RFC 6352 section 7.1.1, RFC 4791 section 6.2.1). Throws {@link DeviceAccountError}:
 * 'not-found' where nothing of the kind is there, and what {@link DavHttp} throws.
 */
export const discoverDav = async (
  http: DavHttp,
  start: URL,
  named: Partial<Record<Category, string>>,
  lookup: ServiceLookup = lookupService,
): Promise<Found> => {
  const search = new Search(http)
  await search.lookAt(canonicalUrl(start))
  const more = [`${start.origin}/.well-known/carddav`, `${start.origin}/.well-known/caldav`, `${start.origin}/`]
  const isComplete = (): boolean => !search.lacks('contacts') && !search.lacks('calendar')
  for (const address of more) if (!isComplete()) await search.lookAt(address)
  const isDomain = start.pathname === '/' && isIP(start.hostname) === 0 && start.hostname.includes('.')
  for (const kind of ['contacts', 'calendar'] as const) {
    if (!isDomain || !search.lacks(kind)) continue
    for (const address of await lookup(kind === 'contacts' ? 'carddavs' : 'caldavs', start.hostname)) {
      if (search.lacks(kind)) await search.lookAt(address)
    }
  }
  const own: KnownCollection[] = []
  for (const home of new Set([...search.homes.contacts, ...search.homes.calendar]))
    own.push(...(await search.childrenOf(home)))
  const chosen: KnownCollection[] = []
  for (const address of new Set(Object.values(named))) {
    const collection = await search.named(address)
    if (collection) chosen.push(collection)
  }
  own.sort((a, b) => Number(a.shared) - Number(b.shared))
  const collections = unique([...chosen, ...search.direct, ...own])
  if (collections.length === 0 && search.lacks('contacts') && search.lacks('calendar')) {
    throw (
      search.refusal ?? new DeviceAccountError('not-found', `No address book or calendar was found at ${start.host}`)
    )
  }
  const homeOf = (kind: Kind): string | null => {
    const sibling = collections.find(
      ({ takes }) => takes.includes('contacts') === (kind === 'contacts') && takes.length > 0,
    )
    return search.homes[kind][0] ?? (sibling ? parentUrl(sibling.url) : null)
  }
  return {
    principal: search.principal,
    collections,
    homes: { contacts: homeOf('contacts'), calendar: homeOf('calendar') },
  }
}
