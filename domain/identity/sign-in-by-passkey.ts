import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { takeChallenge } from '@/domain/identity/challenge'
import { subjectOf } from '@/domain/identity/own-person'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { openSession } from '@/domain/identity/session-row'
import { signedBy } from '@/domain/identity/signed-by'
import { longestAnswer, passkeyRefused, verified } from '@/domain/identity/verified'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import type { StaffRole } from '@/prisma/generated/enums'

const signInInput = z.object({ answer: z.string().max(longestAnswer), browser: z.string().max(100).nullable() })

export interface SignedIn {
  /** What the cookie holds. */
  token: string
  /** Null: a subscriber. */
  role: StaffRole | null
  language: 'en' | 'fr'
}

/** Opens a session by a device's answer to {@link beginPasskeySignIn}. One challenge opens one session. */
export async function signInByPasskey(
  actor: Actor,
  ceremony: PasskeyCeremony,
  input: z.input<typeof signInInput>,
): Promise<SignedIn> {
  authorizeEver(actor, 'session.open')
  const { answer, browser } = parseInput(signInInput, input)
  const claimed = await verified(() => ceremony.claimed(answer))
  await takeChallenge(claimed.challenge, 'sign-in')
  const { key, note } = await signedBy(ceremony, answer, claimed)
  return transaction(actor, async tx => {
    const now = new Date()
    await note(tx, now)
    const { staffId, subscriberId, carrierId } = key
    const staff = staffId === null ? null : await tx.staff.findUnique({ where: { id: staffId, leftAt: null } })
    const subscriber = subscriberId === null ? null : await tx.subscriber.findUnique({ where: { id: subscriberId } })
    const person = staff ?? subscriber
    if (person === null) throw passkeyRefused('Whoever had this passkey is not here any more.')
    const { email, language } = person
    const session = {
      email,
      staffId,
      subscriberId,
      method: 'passkey',
      provedAt: now,
      keySince: key.createdAt,
      browser,
    } as const
    const token = await openSession(tx, session, now)
    const data = { method: 'passkey', passkeyId: key.id }
    await recordEvent(tx, actor, { subject: subjectOf(key), kind: 'session.opened', carrierId, data }, now)
    return { token, role: staff?.role ?? null, language }
  })
}
