import type { Visit } from '@/app/_shell/visit'
import { notFound } from '@/domain/errors'

/** The session that asks. Whoever has a right to their own passkeys has one. */
export function ownSession({ session }: Visit): string {
  if (session === null) throw notFound('session')
  return session.id
}
