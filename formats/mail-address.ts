const longestAddress = 254
const longestLocalPart = 64
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domainName =
  /^(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/

/**
 * One plain mail address (addr-spec of RFC 5322 section 3.4.1 as a dot-atom, ASCII, lengths of RFC 5321 section 4.5.3.1),
 * with white space around it taken off and the domain in lower case; null for anything else: lists, names, quotes,
 * comments, routes ("user%host@relay", "a!b@c"), address literals, and letters or at signs that only look like ASCII.
 */
export function parseMailAddress(text: string): string | null {
  const trimmed = text.trim()
  const at = trimmed.indexOf('@')
  const local = trimmed.slice(0, at)
  const domain = trimmed.slice(at + 1)
  if (at < 1 || trimmed.length > longestAddress || local.length > longestLocalPart) return null
  if (!localPart.test(local) || /[%!]/.test(local) || !domainName.test(domain)) return null
  return `${local}@${domain.toLowerCase()}`
}
