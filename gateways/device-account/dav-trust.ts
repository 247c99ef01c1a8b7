import { isIP } from 'node:net'

/** Second-level labels below which a country's registry sells names: `co.uk`, `com.au`, `gouv.fr`. */
const looksLikeRegistry = (labels: string[]): boolean => {
  const [second = '', top = ''] = labels
  return labels.length < 2 || (labels.length === 2 && top.length === 2 && (second.length <= 3 || second === 'gouv'))
}

/** Whether two hosts belong together: equal, one below the other, or sisters below a name that is not a registry's own. */
export const isSameHouse = (host: string, other: string): boolean => {
  if (host === other) return true
  if ([host, other].some(name => name.startsWith('[') || isIP(name) !== 0 || !name.includes('.'))) return false
  if (other.endsWith(`.${host}`)) return true
  const parent = host.split('.').slice(1)
  if (looksLikeRegistry(parent)) return false
  const suffix = parent.join('.')
  return other === suffix || other.endsWith(`.${suffix}`)
}

/**
 * The origins that may be sent the account's password: those the account names, and those that discovery or a redirect led
 * to within the same house. Never http after https.
 */
export class OriginTrust {
  private readonly origins = new Set<string>()

  constructor(urls: readonly URL[]) {
    for (const url of urls) this.origins.add(url.origin)
  }

  holds(origin: string): boolean {
    return this.origins.has(origin)
  }

  /**
   * Where an address met on the way may lead: itself where trusted, the same path on the present origin where a server
   * behind a proxy names itself by http (or by a port it listens on inside), null where it leads out of the house.
   */
  admit(from: URL, to: URL): URL | null {
    if (to.protocol !== 'https:' && to.protocol !== 'http:') return null
    if (this.origins.has(to.origin)) return to
    const weaker = from.protocol === 'https:' && to.protocol === 'http:'
    if (weaker && to.hostname === from.hostname) return new URL(to.pathname + to.search, from)
    if (weaker || !isSameHouse(from.hostname, to.hostname)) return null
    this.origins.add(to.origin)
    return to
  }
}
