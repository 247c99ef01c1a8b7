import { BlockList, isIP } from 'node:net'

const inside = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
].map(([net, prefix]) => `${net}/${prefix}`)

/**
 * The proxies whose word on who asks is believed: those that are named ("203.0.113.0/24, 2001:db8::/32") and no others. Where none is
 * named and people come by https, which something in front must end, whatever stands on a private network; else nobody.
 * Throws RangeError for what is no list.
 */
export function trustedProxies(text = '', publicUrl = '') {
  const named = text.split(',').flatMap(one => one.trim() || [])
  const list = new BlockList()
  for (const entry of named.length === 0 && publicUrl.startsWith('https:') ? inside : named) {
    const [net = '', prefix] = entry.split('/')
    const family = isIP(net)
    const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix)
    if (family === 0 || !Number.isInteger(bits) || bits < 1 || bits > (family === 4 ? 32 : 128))
      throw new RangeError('TRUSTED_PROXIES is not a list of addresses or networks like 203.0.113.0/24.')
    list.addSubnet(net, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

/** An address without zone, brackets or port, IPv4 inside IPv6 as IPv4; null for anything else. */
function plainAddress(text = '') {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(bare) === 0 ? null : bare
}

const familyOf = address => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/**
 * The address a request comes from: the connection's, unless that is a proxy's; then the nearest one in X-Forwarded-For that is
 * none. What stands further left there was written by whoever asks. Null: this machine itself, through no proxy.
 */
export function clientAddress(socketAddress, forwardedFor, proxies = new BlockList()) {
  const isProxy = address => proxies.check(address, familyOf(address))
  let nearest = plainAddress(socketAddress)
  if (nearest === null) return 'unknown'
  const hops = [forwardedFor ?? []].flat().join(',').split(',').reverse()
  if (hops.length === 1 && hops[0] === '' && /^(127\.|::1$)/.test(nearest)) return null
  if (!isProxy(nearest)) return nearest
  for (const hop of hops) {
    const address = plainAddress(hop)
    if (address === null) return nearest
    nearest = address
    if (!isProxy(address)) return address
  }
  return nearest
}

/** What limits count together: an IPv4 address, the /64 of an IPv6 address, "local" for null. */
export function networkOfAddress(address) {
  if (address === null) return 'local'
  if (isIP(address) !== 6) return address
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array(gap).fill('0'), ...right]
  return `${groups.slice(0, 4).join(':')}::/64`
}
