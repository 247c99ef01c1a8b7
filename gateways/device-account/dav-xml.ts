/** Names in Clark notation, `{namespace}local`, as answers are read by. */
const davNs = 'DAV:'
const cardNs = 'urn:ietf:params:xml:ns:carddav'
const calNs = 'urn:ietf:params:xml:ns:caldav'
const serverNs = 'http://calendarserver.org/ns/'

const prefixes: Record<string, string> = { [davNs]: 'D', [cardNs]: 'R', [calNs]: 'C', [serverNs]: 'S' }
const declarations = Object.entries(prefixes)
  .map(([uri, prefix]) => ` xmlns:${prefix}="${uri}"`)
  .join('')

export const dav = (local: string): string => `{${davNs}}${local}`
export const card = (local: string): string => `{${cardNs}}${local}`
export const cal = (local: string): string => `{${calNs}}${local}`
export const calendarServer = (local: string): string => `{${serverNs}}${local}`

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeText = (text: string): string => text.replace(/[&<>"]/g, character => escapes[character]!)

const qualified = (name: string): string => {
  const [uri = '', local = ''] = name.slice(1).split('}')
  return `${prefixes[uri]}:${local}`
}

const empty = (names: readonly string[]): string => names.map(name => `<${qualified(name)}/>`).join('')

const document = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<${qualified(root)}${declarations}>${content}</${qualified(root)}>`

/** The content type of every XML request: Xandikos refuses any other. */
export const xmlType = { 'content-type': 'text/xml; charset=utf-8' }

/** RFC 4918 section 9.1. */
export const propfindBody = (props: readonly string[]): string =>
  document(dav('propfind'), `<D:prop>${empty(props)}</D:prop>`)

/** RFC 6352 section 8.7, RFC 4791 section 7.9. `paths` are absolute paths, percent-encoded. */
export const multigetBody = (kind: 'contacts' | 'calendar', paths: readonly string[]): string => {
  const [root, data] =
    kind === 'contacts'
      ? [card('addressbook-multiget'), card('address-data')]
      : [cal('calendar-multiget'), cal('calendar-data')]
  const hrefs = paths.map(path => `<D:href>${escapeText(path)}</D:href>`).join('')
  return document(root, `<D:prop>${empty([dav('getetag'), data])}</D:prop>${hrefs}`)
}

/** RFC 6578 section 3.2, with the limit of section 3.7. An empty token asks for everything. */
export const syncBody = (token: string, props: readonly string[], limit: number): string =>
  document(
    dav('sync-collection'),
    `<D:sync-token>${escapeText(token)}</D:sync-token><D:sync-level>1</D:sync-level>` +
      `<D:limit><D:nresults>${limit}</D:nresults></D:limit><D:prop>${empty(props)}</D:prop>`,
  )

const components = (component: string | null): string =>
  component === null
    ? ''
    : `<C:supported-calendar-component-set><C:comp name="${component}"/></C:supported-calendar-component-set>`

/** RFC 5689 section 5.1: an address book, or a calendar where MKCALENDAR is unknown. */
export const mkcolBody = (kind: 'contacts' | 'calendar', name: string | null, component: string | null): string => {
  const type = kind === 'contacts' ? card('addressbook') : cal('calendar')
  const displayName = name === null ? '' : `<D:displayname>${escapeText(name)}</D:displayname>`
  return document(
    dav('mkcol'),
    `<D:set><D:prop><D:resourcetype><D:collection/>${empty([type])}</D:resourcetype>${displayName}${components(component)}` +
      '</D:prop></D:set>',
  )
}

/** RFC 4791 section 5.3.1. */
export const mkcalendarBody = (name: string, component: string | null): string =>
  document(
    cal('mkcalendar'),
    `<D:set><D:prop><D:displayname>${escapeText(name)}</D:displayname>${components(component)}</D:prop></D:set>`,
  )
