import { securityText } from '@/app/_shell/security-text'

/** Where to tell of a weakness (RFC 9116), also at /.well-known/security.txt; 404 where the installation names no contact. */
export function GET(): Response {
  const text = securityText(new Date())
  if (text === null) return new Response('No contact is named here.\n', { status: 404 })
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
