import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { noteFactorChange } from '@/domain/identity/note-factor-change'
import { ownPerson, subjectOf } from '@/domain/identity/own-person'
import { endSessions } from '@/domain/identity/session-row'
import { parseInput } from '@/domain/parse-input'
import { requireFreshProof } from '@/domain/policy'
import { Prisma, transaction } from '@/domain/transaction'

const revokeInput = z.object({ passkeyId: z.uuid(), sessionId: z.uuid() })

/** Revokes one of the actor's own keys for good and ends their other sessions. Staff keep one: nothing else lets them in. */
export async function revokePasskey(actor: Actor, input: z.input<typeof revokeInput>): Promise<void> {
  const own = ownPerson(actor, 'passkey.manage')
  requireFreshProof(actor)
  const { passkeyId, sessionId } = parseInput(revokeInput, input)
  await transaction(actor, async tx => {
    // Two keys revoked at the same moment: the second sees that it is the last.
    await tx.$executeRaw(
      Prisma.sql`SELECT FROM passkeys WHERE staff_id = ${own.staffId}::uuid OR subscriber_id = ${own.subscriberId}::uuid FOR UPDATE`,
    )
    const keys = await tx.passkey.findMany({ where: { ...own, revokedAt: null } })
    const key = keys.find(({ id }) => id === passkeyId)
    if (key === undefined) throw notFound('passkey')
    if (own.staffId !== null && keys.length === 1)
      throw wrongState('passkey-last', 'The last passkey of a staff member stays: enrol another first.')
    await tx.passkey.update({ where: { id: passkeyId }, data: { revokedAt: new Date() } })
    await endSessions(tx, own, sessionId)
    if (actor.role === 'subscriber') {
      const { carrierId, subscriberId } = actor
      const change = { factor: 'passkey', changedAt: new Date(), previous: null } as const
      await noteFactorChange(tx, actor, { carrierId, subscriberId, ...change })
    }
    const { carrierId } = key
    await recordEvent(tx, actor, { subject: subjectOf(own), kind: 'passkey.revoked', carrierId, data: { passkeyId } })
  })
}
