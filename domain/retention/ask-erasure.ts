import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { isLegallyHeld } from '@/domain/retention/legal-hold'
import { isUniqueViolation, reader, transaction } from '@/domain/transaction'

const askInput = z.object({ subscriberId: z.uuid() })

/**
 * Asks that everything of a subscriber's be erased; another person decides. Every address on file is told. Refused while a
 * legal hold stands; who asks for themselves is refused while they are frozen, locked, or a factor of theirs changed.
 */
export async function askErasure(
  actor: Actor,
  input: z.input<typeof askInput>,
  now = new Date(),
): Promise<{ erasureId: string }> {
  const { subscriberId } = parseInput(askInput, input)
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  authorize(actor, 'erasure.ask', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  requireFreshProof(actor, now)
  const { carrierId } = subscriber
  // Holds on an incident are no carrier's: nobody's own sight shows them.
  if (await isLegallyHeld(reader('every-carrier'), { subscriberId, carrierId }))
    throw wrongState('legal-hold', 'A legal hold stands: nothing may be erased before it has ended. Ask again then.')
  const isOwn = actor.role === 'subscriber'
  try {
    return await transaction(actor, async tx => {
      if (isOwn) await refuseHeld(tx, subscriberId, now)
      const { id: erasureId } = await tx.erasure.create({
        data: { carrierId, subscriberId, source: isOwn ? 'own' : 'staff', askedBy: actorId(actor)!, askedAt: now },
      })
      const event = { subject: `subscriber:${subscriberId}`, kind: 'erasure.asked', carrierId } as const
      await recordEvent(tx, actor, { ...event, data: { subscriberId, erasureId } }, now)
      return { erasureId }
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw wrongState('erasure-asked', 'This was asked for already.')
    throw error
  }
}
