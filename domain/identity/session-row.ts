import { createHash, randomBytes } from 'node:crypto'
import { notFound } from '@/domain/errors'
import { type OwnPerson, subjectOf } from '@/domain/identity/own-person'
import { sessionLimits } from '@/domain/identity/session-limits'
import type { Tx } from '@/domain/transaction'
import type { SignInMethod } from '@/prisma/generated/enums'

interface NewSession extends OwnPerson {
  email: string
  method: SignInMethod
  /** Null: only an address was shown. */
  provedAt: Date | null
  /** Since when the passkey of that proof was known; missing: it was none. */
  keySince?: Date
  /** Family and system. */
  browser: string | null
}

const newToken = (): string => randomBytes(32).toString('base64url')
const atRest = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Opens a session and answers what its cookie holds; the row holds a digest of it only. */
export async function openSession(tx: Tx, session: NewSession, now = new Date()): Promise<string> {
  const { email, staffId, subscriberId, method, provedAt, keySince: provedKeySince = null, browser } = session
  const token = newToken()
  const { absolute } = sessionLimits[staffId === null ? 'subscriber' : 'staff']
  const address = email.toLowerCase()
  const user = await tx.signInUser.upsert({ where: { email: address }, create: { email: address }, update: {} })
  await tx.signInSession.create({
    data: {
      sessionToken: atRest(token),
      userId: user.id,
      expires: new Date(now.getTime() + absolute * 60_000),
      ...{ staffId, subscriberId, method, provedAt, provedKeySince, browser, createdAt: now, lastSeenAt: now },
    },
  })
  return token
}

interface Proof {
  provedAt: Date
  /** Since when the passkey of the proof was known; null: it was none. */
  keySince: Date | null
}

/**
 * Notes a proof, and with it gives the session another token; the one before signs in no more. `seen`: the digest of the token that the
 * request came with. Of proofs at the same moment the first gives one, and the others find it given and leave it: the answer is null.
 */
export async function proveSession(
  tx: Tx,
  { sessionId, seen, ...own }: Partial<OwnPerson> & { sessionId: string; seen?: string | undefined },
  { provedAt, keySince: provedKeySince }: Proof,
): Promise<string | null> {
  const session = { id: sessionId, ...own }
  const token = newToken()
  const fresh = await tx.signInSession.updateMany({
    where: { ...session, ...(seen === undefined ? {} : { sessionToken: seen }) },
    data: { provedAt, provedKeySince, sessionToken: atRest(token) },
  })
  if (fresh.count === 1) return token
  const { count } = await tx.signInSession.updateMany({ where: session, data: { provedAt, provedKeySince } })
  if (count !== 1) throw notFound('session')
  return null
}

/**
 * Ends a person's sessions but the one to keep, and answers how many. Every request reads its session's row: what is deleted
 * here has ended for the next one.
 */
export async function endSessions(tx: Tx, own: OwnPerson, keep: string | null = null): Promise<number> {
  const of = own.staffId === null ? { subscriberId: own.subscriberId } : { staffId: own.staffId }
  if (of.subscriberId === null) throw new Error(`Nobody's sessions: ${subjectOf(own)}`)
  const { count } = await tx.signInSession.deleteMany({
    where: { ...of, ...(keep === null ? {} : { id: { not: keep } }) },
  })
  return count
}
