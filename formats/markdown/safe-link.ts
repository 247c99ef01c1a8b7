import { parseMailAddress } from '@/formats/mail-address'

const longest = 2000
const scheme = /^(?:https?:\/\/|mailto:|tel:)/i
/** Spaces and whatever is not seen or turns the direction of writing, and what no address holds bare. */
const forbidden = /[\s\p{C}\p{Z}"<>\\^`{|}]/u

/** An address that may become a link: http, https, mailto or tel, absolute and without spaces; null for any other. */
export function safeLink(address: string): string | null {
  if (address.length > longest || !scheme.test(address) || forbidden.test(address)) return null
  return URL.canParse(address) ? address : null
}

/** What stands between < and >: an address of the web or of mail. */
export function safeAutolink(inside: string): string | null {
  const mail = parseMailAddress(inside)
  return mail !== null && mail.length === inside.length ? `mailto:${mail}` : safeLink(inside)
}
