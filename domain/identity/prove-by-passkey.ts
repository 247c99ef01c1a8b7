import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { takeChallenge } from '@/domain/identity/challenge'
import { ownPerson, subjectOf } from '@/domain/identity/own-person'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { proveSession } from '@/domain/identity/session-row'
import { signedBy } from '@/domain/identity/signed-by'
import { longestAnswer, passkeyRefused, verified } from '@/domain/identity/verified'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const proveInput = z.object({
  sessionId: z.uuid(),
  /** What the session's row held of its token when the request was read. */
  seen: z.string().optional(),
  answer: z.string().max(longestAnswer),
})

/**
 * Takes a device's answer to {@link beginPasskeyProof} as a fresh proof of who has this session: their own key, no other. Answers the token
 * that the session has from now on; null where another proof gave it one at the same moment.
 */
export async function proveByPasskey(
  actor: Actor,
  ceremony: PasskeyCeremony,
  input: z.input<typeof proveInput>,
): Promise<{ token: string | null }> {
  const own = ownPerson(actor, 'session.manage')
  const { sessionId, seen, answer } = parseInput(proveInput, input)
  const claimed = await verified(() => ceremony.claimed(answer))
  await takeChallenge(claimed.challenge, `${subjectOf(own)}:prove`)
  const { key, note } = await signedBy(ceremony, answer, claimed)
  if (subjectOf(key) !== subjectOf(own)) throw passkeyRefused('The passkey is somebody else’s.')
  return transaction(actor, async tx => {
    const now = new Date()
    await note(tx, now)
    const token = await proveSession(tx, { sessionId, seen, ...own }, { provedAt: now, keySince: key.createdAt })
    const data = { method: 'passkey', passkeyId: key.id }
    await recordEvent(
      tx,
      actor,
      { subject: subjectOf(own), kind: 'session.proved', carrierId: key.carrierId, data },
      now,
    )
    return { token }
  })
}
