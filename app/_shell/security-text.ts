import { settings } from '@/app/_shell/settings'

const monthMs = 30 * 86_400_000

/**
 * security.txt (RFC 9116 section 2), or null without SECURITY_CONTACT. It is good for six months at most from the day on
 * which it is read: whoever reads a copy knows when it grows old, and the answer's bytes change once a day only.
 */
export function securityText(now: Date): string | null {
  const { securityContacts, publicUrl, demonstration } = settings()
  // A demonstration shows what stands there, with an address that is nobody's.
  const contacts =
    securityContacts.length === 0 && demonstration ? ['mailto:security@homeward.example'] : securityContacts
  if (contacts.length === 0) return null
  const expires = new Date(now.getTime() + 6 * monthMs)
  expires.setUTCHours(0, 0, 0, 0)
  const lines = [
    ...contacts.map(contact => `Contact: ${contact}`),
    `Expires: ${expires.toISOString().replace('.000Z', 'Z')}`,
    'Preferred-Languages: en, fr',
    `Canonical: ${new URL('/.well-known/security.txt', publicUrl).href}`,
  ]
  return `${lines.join('\r\n')}\r\n`
}
