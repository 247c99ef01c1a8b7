import dns from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'

const never = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  never.addSubnet(net, prefix, 'ipv4')
}
// Of IPv6 only global unicast is open, less what tunnels to, stands for, or documents something else.
const never6 = new BlockList()
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  never6.addSubnet(net, prefix, 'ipv6')
}
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/** The eight 16-bit groups of an IPv6 address. */
const groupsOf = (address: string): number[] => {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array<string>(gap).fill('0'), ...right].map(group => Number.parseInt(group, 16))
}

/**
 * Whether an IP address is one that no address set by a user may reach: private, loopback, link-local, shared (RFC 6598),
 * metadata, multicast, documentation, tunnels. IPv4 inside mapped (RFC 4291) and NAT64 (RFC 6052) addresses is judged as IPv4.
 */
export const isForbiddenAddress = (address: string): boolean => {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const family = isIP(bare)
  if (family === 0) return true
  if (family === 4) return never.check(bare, 'ipv4')
  const groups = groupsOf(bare)
  const prefix = groups.slice(0, 6).join(',')
  if (prefix === '0,0,0,0,0,65535' || prefix === `${0x64},${0xff9b},0,0,0,0`) {
    const [high = 0, low = 0] = groups.slice(6)
    return never.check(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`, 'ipv4')
  }
  return !globalUnicast.check(bare, 'ipv6') || never6.check(bare, 'ipv6')
}

const hostKey = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')

/** `host`, `host:port`, `[v6]:port` or a bare IPv6 address, as host and port ('' for any). */
const parseAllowed = (entry: string): { host: string; port: string } => {
  const text = entry.trim()
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text)
  if (bracketed) return { host: hostKey(bracketed[1]!), port: bracketed[2] ?? '' }
  if (isIP(text) === 6) return { host: hostKey(text), port: '' }
  const [host = '', port = ''] = text.split(':')
  return { host: hostKey(host), port }
}

/** Whether a URL's host is one of `allowedHosts` (`host` or `host:port`), which may be anywhere. */
export const isAllowedHost = (
  url: { protocol?: string; hostname: string; port?: string },
  allowedHosts: readonly string[],
): boolean => {
  const host = hostKey(url.hostname)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return allowedHosts.map(parseAllowed).some(entry => entry.host === host && (entry.port === '' || entry.port === port))
}

const longestUrl = 2048

/**
 * An address that people gave us to speak to: https, or http for a host of `allowedHosts`, without a name and a password;
 * null for any other. The URL parser writes octal, hexadecimal and decimal forms of an IP address as the address they mean.
 */
export const outsideUrl = (text: string, allowedHosts: readonly string[]): URL | null => {
  if (text.length > longestUrl || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return null
  return url.protocol === 'https:' || (url.protocol === 'http:' && isAllowedHost(url, allowedHosts)) ? url : null
}

interface GuardOptions {
  timeout: number
  lookup?: LookupFunction
  /** The error of a connection to this host, whose address is not allowed. */
  refuse: (host: string) => Error
}

/** A lookup that finds only addresses outside, and fails with `refuse` where there is none. */
export const guardedLookup = ({ lookup, refuse }: Omit<GuardOptions, 'timeout'>): LookupFunction => {
  const resolve = lookup ?? (dns.lookup as LookupFunction)
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0)
      if (typeof found === 'string') return callback(refuse(hostname), '', 0)
      const open = found.filter(({ address }) => !isForbiddenAddress(address))
      const first = open[0]
      if (!first) return callback(refuse(hostname), '', 0)
      if (options.all) return callback(null, open)
      callback(null, first.address, first.family)
    })
  }
}

/**
 * An undici connector that looks at the resolved address of every connection at the moment it is made, so that neither a
 * redirect nor a name that changes its address leads inside. Hosts named in `allowedHosts` (`host` or `host:port`) pass.
 */
export const guardedConnector = (allowedHosts: readonly string[], options: GuardOptions): buildConnector.connector => {
  const { timeout, refuse } = options
  const free = buildConnector({ timeout, lookup: options.lookup ?? (dns.lookup as LookupFunction) })
  const guarded = buildConnector({ timeout, lookup: guardedLookup(options) })
  return (target, callback) => {
    if (isAllowedHost(target, allowedHosts)) return free(target, callback)
    const host = hostKey(target.hostname)
    if (isIP(host) !== 0 && isForbiddenAddress(host)) return callback(refuse(host), null)
    guarded(target, callback)
  }
}
