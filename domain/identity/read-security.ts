import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { type Hold, holdsOn } from '@/domain/identity/holds'
import { maskedNumber, numberOnFile } from '@/domain/identity/number-on-file'
import { authorize } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'

export interface Security {
  holds: Hold[]
  /** The number that codes go to, with most of it hidden; null where there is none. */
  number: string | null
  email: string
  /** Until when no code can be tried; null: now. */
  codeWaitUntil: Date | null
  /** Whether a code was sent to this session that can still be entered. */
  codeSentTo: (sessionId: string) => boolean
}

/** How a subscriber's data is guarded now. Throws Refusal "not-found" for one that is not the actor's to see. */
export async function readSecurity(
  actor: Actor,
  secrets: Secrets,
  { subscriberId }: { subscriberId: string },
  now = new Date(),
): Promise<Security> {
  const subscriber = await reader(actor).subscriber.findUnique({
    where: { id: subscriberId },
    include: { carrier: true },
  })
  authorize(actor, 'security.read', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  const [holds, guard, open] = await Promise.all([
    holdsOn(reader(actor), subscriberId, now),
    reader(actor).codeGuard.findUnique({ where: { subscriberId_purpose: { subscriberId, purpose: 'proof' } } }),
    reader(actor).identityCode.findMany({
      where: { subscriberId, purpose: 'proof', spentAt: null, expiresAt: { gt: now } },
    }),
  ])
  const number = numberOnFile(secrets, subscriber)
  return {
    holds,
    number: number && maskedNumber(number),
    email: subscriber.email,
    codeWaitUntil: guard?.waitUntil && guard.waitUntil > now ? guard.waitUntil : null,
    codeSentTo: sessionId => open.some(code => code.sessionId === sessionId),
  }
}

/** What holds a subscriber: for themselves before they ask, and for staff who decide on their requests. */
export async function readHolds(actor: Actor, { subscriberId }: { subscriberId: string }): Promise<Hold[]> {
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  authorize(actor, 'hold.read', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  return holdsOn(reader(actor), subscriberId)
}
