/** Segments of letters, digits and "-_~", with dots inside alone: every spelling of such a path is this one. */
const plainPath = /^(?:\/[\w~-]+(?:\.[\w~-]+)*)+\/?$/

const canonicalSegment = (segment: string): string => {
  try {
    return encodeURIComponent(decodeURIComponent(segment))
  } catch {
    // Octets that are not UTF-8 (a folder from an older system) can only be named as they are.
    return segment.replace(/%(?![0-9a-f]{2})/gi, '%25').replace(/%[0-9a-f]{2}/gi, octet => octet.toUpperCase())
  }
}

/** One spelling for each address: `/a@b/`, `/a%40b/` and `/%61@b/` are equal (RFC 3986 section 6.2.2). The fragment goes. */
export const canonicalUrl = (url: URL): string =>
  `${url.origin}${url.pathname.split('/').map(canonicalSegment).join('/')}${url.search}`

/** The scheme, host and port of a canonical address. */
export const originOf = (address: string): string => address.slice(0, address.indexOf('/', 'https://'.length))

/** A path may not begin with two slashes (RFC 4918 section 8.3), but some servers double the first one. */
const readHref = (href: string, base: string): URL | null => {
  const text = href.trim().replace(/^\/{2,}/, '/')
  return URL.canParse(text, base) ? new URL(text, base) : null
}

/**
 * The canonical address of an href inside a multistatus answer. It is always on the server that answered: a name that the
 * server believes to have inside, behind a proxy, says nothing (RFC 4918 section 8.3). Null where it cannot be read.
 */
export const hrefOnServer = (href: string, base: string): string | null => {
  if (plainPath.test(href)) return originOf(base) + href
  const url = readHref(href, base)
  if (!url) return null
  return canonicalUrl(new URL(url.pathname + url.search, base))
}

/** The address that a property (a home set, a principal) names: absolute, on whatever host it says. Null where unreadable. */
export const hrefAnywhere = (href: string, base: string): URL | null => readHref(href, base)

/** The same address as a collection's, which ends with a slash. */
export const asCollectionUrl = (href: string): string => (href.endsWith('/') ? href : `${href}/`)

/** The address of a member of a collection, by its file name. The bytes of the name stay, composed or decomposed. */
export const memberUrl = (collectionUrl: string, fileName: string): string => {
  // A name from a file system may hold half a character, which no address can.
  const name = Buffer.from(fileName).toString()
  if (name === '' || name === '.' || name === '..') throw new RangeError(`${JSON.stringify(fileName)} is no file name`)
  return asCollectionUrl(collectionUrl) + encodeURIComponent(name)
}

/** The collection in which an item lies. */
export const parentUrl = (href: string): string => href.slice(0, href.replace(/\/$/, '').lastIndexOf('/') + 1)
