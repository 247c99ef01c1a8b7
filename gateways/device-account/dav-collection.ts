import type { Category } from '@/domain/record/category'
import type { Collection } from '@/domain/restore/device-account'
import { asCollectionUrl } from '@/gateways/device-account/dav-href'
import type { MultistatusResponse, XmlElement } from '@/gateways/device-account/dav-multistatus'
import { cal, calendarServer, card, dav } from '@/gateways/device-account/dav-xml'

/** What is asked about a collection. */
export const collectionProps = [
  dav('resourcetype'),
  dav('displayname'),
  dav('current-user-privilege-set'),
  dav('supported-report-set'),
  dav('sync-token'),
  cal('supported-calendar-component-set'),
  card('supported-address-data'),
  card('max-resource-size'),
  cal('max-resource-size'),
  calendarServer('getctag'),
]

/** A collection with what this gateway, and not the run, needs to know about it. */
export interface KnownCollection extends Collection {
  reports: Set<string>
  /** Another person's, lent to this account: never the first choice. */
  shared: boolean
  /** Bytes that the server takes for one item, null where it does not say. */
  maxResourceSize: number | null
}

const typesOf = (response: MultistatusResponse): Set<string> =>
  new Set(response.props.get(dav('resourcetype'))?.children.map(type => type.name))

export const isCollection = (response: MultistatusResponse): boolean => typesOf(response).has(dav('collection'))

/** The component by which a calendar says that it takes a category. */
export const calendarComponents = { calendar: 'VEVENT', tasks: 'VTODO', notes: 'VJOURNAL' } as const satisfies Partial<
  Record<Category, string>
>

/** Without the property a calendar takes every component (RFC 4791 section 5.2.3). */
const calendarTakes = (set: XmlElement | undefined): Category[] => {
  const kinds = ['calendar', 'tasks', 'notes'] as const
  if (!set) return [...kinds]
  const named = new Set(set.children.map(comp => comp.attributes.name?.toUpperCase() ?? ''))
  return kinds.filter(category => named.has(calendarComponents[category]))
}

/** A book that says what it takes and does not say vCard 3.0 (which is the default) cannot be pushed to. */
const takesVcard = (supported: XmlElement | undefined): boolean =>
  !supported ||
  supported.children.length === 0 ||
  supported.children.some(({ attributes }) => (attributes.version ?? '3.0') === '3.0')

const mayWrite = (privileges: XmlElement | undefined): boolean =>
  !privileges ||
  privileges.children
    .flatMap(privilege => privilege.children)
    .some(({ name }) => name === dav('all') || name === dav('write') || name === dav('bind'))

/** Mail between calendars, bins and calendars fetched from elsewhere are no place for records. */
const neverTargets = [
  cal('schedule-inbox'),
  cal('schedule-outbox'),
  calendarServer('subscribed'),
  calendarServer('notification'),
  calendarServer('dropbox-home'),
  '{http://nextcloud.com/ns}trash-bin',
  '{http://nextcloud.com/ns}deleted-calendar',
]

const sizeOf = (response: MultistatusResponse): number | null => {
  const text = (response.props.get(card('max-resource-size')) ?? response.props.get(cal('max-resource-size')))?.text
  return text && /^\s*\d+\s*$/.test(text) ? Number(text) : null
}

/** The address book or calendar that a response describes, null where it is something else. `url` is its canonical address. */
export const collectionOf = (response: MultistatusResponse, url: string): KnownCollection | null => {
  const types = typesOf(response)
  if (neverTargets.some(type => types.has(type))) return null
  let takes: Category[]
  if (types.has(card('addressbook')))
    takes = takesVcard(response.props.get(card('supported-address-data'))) ? ['contacts'] : []
  else if (types.has(cal('calendar')))
    takes = calendarTakes(response.props.get(cal('supported-calendar-component-set')))
  else return null
  const reports = response.props.get(dav('supported-report-set'))?.children ?? []
  return {
    url: asCollectionUrl(url),
    displayName: response.props.get(dav('displayname'))?.text.trim() || null,
    takes,
    writable: takes.length > 0 && mayWrite(response.props.get(dav('current-user-privilege-set'))),
    // Xandikos leaves out the DAV:report element in between.
    reports: new Set(
      reports.flatMap(entry => entry.children.flatMap(({ name, children }) => [name, ...children.map(c => c.name)])),
    ),
    shared: types.has(calendarServer('shared')),
    maxResourceSize: sizeOf(response),
  }
}
