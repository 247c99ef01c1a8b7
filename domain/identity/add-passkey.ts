import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { takeChallenge } from '@/domain/identity/challenge'
import { refuseFrozen } from '@/domain/identity/holds'
import { keepPasskey } from '@/domain/identity/keep-passkey'
import { noteFactorChange } from '@/domain/identity/note-factor-change'
import { ownPerson, subjectOf } from '@/domain/identity/own-person'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { passkeyName } from '@/domain/identity/passkey-name'
import { endSessions } from '@/domain/identity/session-row'
import { longestAnswer, passkeyRefused, verified } from '@/domain/identity/verified'
import { parseInput } from '@/domain/parse-input'
import { requireFreshProof } from '@/domain/policy'
import { isUniqueViolation, transaction } from '@/domain/transaction'

const addPasskeyInput = z.object({
  sessionId: z.uuid(),
  name: passkeyName,
  answer: z.string().max(longestAnswer),
})

/** Adds the key of a device's answer to {@link beginPasskey} to the actor's own, and ends their other sessions. */
export async function addPasskey(
  actor: Actor,
  ceremony: PasskeyCeremony,
  input: z.input<typeof addPasskeyInput>,
): Promise<{ passkeyId: string }> {
  const own = ownPerson(actor, 'passkey.manage')
  requireFreshProof(actor)
  const { sessionId, name, answer } = parseInput(addPasskeyInput, input)
  const { challenge } = await verified(() => ceremony.claimed(answer))
  await takeChallenge(challenge, `${subjectOf(own)}:enrol`)
  const credential = await verified(() => ceremony.verifyCreation(answer, challenge))
  const carrierId = 'carrierId' in actor ? actor.carrierId : null
  try {
    return await transaction(actor, async tx => {
      if (actor.role === 'subscriber') await refuseFrozen(tx, actor.subscriberId)
      // By a code whoever has none adds one, who may have taken mailbox and telephone: see decision 27.
      const byCode = actor.role === 'subscriber' && (actor.keySince ?? null) === null
      const isFirst = byCode && (await tx.passkey.count({ where: { ...own, revokedAt: null } })) === 0
      const passkeyId = await keepPasskey(tx, actor, ceremony, { ...own, carrierId, name, credential })
      await endSessions(tx, own, sessionId)
      if (actor.role === 'subscriber') {
        const { carrierId, subscriberId } = actor
        const factor = isFirst ? 'first-passkey' : 'passkey'
        const change = { factor, changedAt: new Date(), previous: null } as const
        await noteFactorChange(tx, actor, { carrierId, subscriberId, ...change })
      }
      return { passkeyId }
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw passkeyRefused('The passkey is enrolled already.')
    throw error
  }
}
