import { hasRested } from '@/domain/identity/session-limits'
import {
  endSession,
  noteSeen,
  readSession,
  type SignInSessionRow,
  setSessionSubscriber,
} from '@/gateways/sign-in-store'

const sightingMs = 60_000

/** Whether the session still stands: it may have been ended elsewhere while a page stays open. Does not count as a use. */
export async function sessionStands(sessionToken: string): Promise<boolean> {
  const session = await readSession(sessionToken)
  return session !== null && !hasRested(session)
}

/** The session of a request, which uses it; null where it has ended or rested too long. */
export async function sessionInUse(sessionToken: string): Promise<SignInSessionRow | null> {
  const session = await readSession(sessionToken)
  if (session === null) return null
  const now = new Date()
  if (hasRested(session, now)) {
    await endSession(session.id)
    return null
  }
  if (now.getTime() - session.lastSeenAt.getTime() >= sightingMs) await noteSeen(session, now)
  return session
}

/** The session of what a page that is open asks by itself: nobody uses it, so it goes on resting. */
export async function sessionAtRest(sessionToken: string): Promise<SignInSessionRow | null> {
  const session = await readSession(sessionToken)
  return session === null || hasRested(session) ? null : session
}

/** Says whose records a session is about that a link opened. */
export const aboutSubscriber = (session: SignInSessionRow, subscriberId: string): Promise<void> =>
  setSessionSubscriber(session.id, subscriberId)

export const signOut = (sessionId: string): Promise<void> => endSession(sessionId)
