import { createHash } from 'node:crypto'
import { PrismaAdapter } from '@next-auth/prisma-adapter'
import type { Adapter } from 'next-auth/adapters'
import { database } from '@/gateways/database'
import type { SignInMethod } from '@/prisma/generated/enums'

/** A session row as the portal reads it at every request. */
export interface SignInSessionRow {
  id: string
  /** What the row holds of its token: a digest. */
  digest: string
  email: string
  method: SignInMethod
  /** Null: an address was shown, and nothing more. */
  provedAt: Date | null
  /** Since when the passkey of that proof was known; null: it was none. */
  provedKeySince: Date | null
  createdAt: Date
  lastSeenAt: Date
  subscriberId: string | null
  staffId: string | null
}

// The row never holds what the cookie holds: who reads the table cannot sign in as anybody.
const atRest = (sessionToken: string): string => createHash('sha256').update(sessionToken).digest('hex')

/** next-auth's adapter on our tables. Session tokens are kept hashed; a link is found by its token alone. */
export function signInAdapter(): Adapter {
  const { signInUser: user, signInSession: session, signInToken: verificationToken } = database()
  // The adapter asks for a client whose models have next-auth's names; these three are all it touches for mail links.
  const client = { user, session, verificationToken } as unknown as Parameters<typeof PrismaAdapter>[0]
  const inner = PrismaAdapter(client) as Required<Adapter>
  return {
    ...inner,
    async createSession(row) {
      await inner.createSession({ ...row, sessionToken: atRest(row.sessionToken) })
      return row
    },
    async getSessionAndUser(sessionToken) {
      const found = await inner.getSessionAndUser(atRest(sessionToken))
      return found && { ...found, session: { ...found.session, sessionToken } }
    },
    async updateSession(row) {
      await inner.updateSession({ ...row, sessionToken: atRest(row.sessionToken) })
      return null
    },
    async deleteSession(sessionToken) {
      await database().signInSession.deleteMany({ where: { sessionToken: atRest(sessionToken) } })
    },
    async useVerificationToken({ token }) {
      const row = await database().signInToken.findUnique({ where: { token } })
      if (row === null) return null
      // Of two who press the button at once only the one whose deletion counts goes on.
      const { count } = await database().signInToken.deleteMany({ where: { token } })
      return count === 1 ? row : null
    },
  }
}

/** The session of a cookie, or null where it has ended. Whether it has rested too long is for the caller to say. */
export async function readSession(sessionToken: string): Promise<SignInSessionRow | null> {
  const row = await database().signInSession.findUnique({
    where: { sessionToken: atRest(sessionToken) },
    include: { user: true },
  })
  if (row === null || row.expires <= new Date()) return null
  return {
    id: row.id,
    digest: row.sessionToken,
    email: row.user.email,
    method: row.method,
    provedAt: row.provedAt,
    provedKeySince: row.provedKeySince,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    subscriberId: row.subscriberId,
    staffId: row.staffId,
  }
}

/** Notes that a session is in use. Of requests at the same moment one writes. */
export async function noteSeen({ id, lastSeenAt }: SignInSessionRow, now = new Date()): Promise<void> {
  await database().signInSession.updateMany({ where: { id, lastSeenAt }, data: { lastSeenAt: now } })
}

/** Notes the browser (family and system) of a session that a link opened. A link proves an address, and nothing more. */
export async function noteStart(sessionId: string, browser: string | null): Promise<void> {
  await database().signInSession.updateMany({ where: { id: sessionId }, data: { browser } })
}

/**
 * Says whose data a session that a mail link opened is about; null for nobody's. What was proved for one person is not proved
 * for another of their household.
 */
export async function setSessionSubscriber(sessionId: string, subscriberId: string | null): Promise<void> {
  await database().signInSession.updateMany({
    where: { id: sessionId, staffId: null, method: 'mail', OR: [{ subscriberId: null }, { NOT: { subscriberId } }] },
    data: { subscriberId, provedAt: null, provedKeySince: null },
  })
}

export async function endSession(sessionId: string): Promise<void> {
  await database().signInSession.deleteMany({ where: { id: sessionId } })
}

/** Clears away sessions and links that have run out. */
export async function sweepSignIn(now = new Date()): Promise<void> {
  await database().signInSession.deleteMany({ where: { expires: { lt: now } } })
  await database().signInToken.deleteMany({ where: { expires: { lt: now } } })
}
