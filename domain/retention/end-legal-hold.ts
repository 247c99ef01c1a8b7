import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { takeLegalHolds } from '@/domain/retention/legal-hold'
import { transaction } from '@/domain/transaction'

const endInput = z.object({ holdId: z.uuid() })

/** Ends a legal hold, by two different people: the first asks, and the second agrees. */
export async function endLegalHold(
  actor: Actor,
  input: z.input<typeof endInput>,
  now = new Date(),
): Promise<{ ended: boolean }> {
  authorizeEver(actor, 'legal-hold.end')
  const { holdId: id } = parseInput(endInput, input)
  requireFreshProof(actor, now)
  return transaction(actor, async tx => {
    await takeLegalHolds(tx)
    const hold = await tx.legalHold.findUnique({ where: { id } })
    if (!hold) throw notFound('hold')
    if (hold.endedAt) throw wrongState('hold-ended', 'This hold is over already.')
    const { carrierId, scope, subjectId } = hold
    const event = { subject: `legal-hold:${id}`, carrierId, data: { scope, subjectId } } as const
    const by = actorId(actor)
    const lapsed = await wordsLapsed(tx, [hold.endAskedBy], 'legal-hold.end', null)
    if (hold.endAskedBy === null || lapsed.has(hold.endAskedBy)) {
      await tx.legalHold.update({ where: { id }, data: { endAskedBy: by, endAskedAt: now } })
      await recordEvent(tx, actor, { ...event, kind: 'legal-hold.end-asked' }, now)
      return { ended: false }
    }
    if (hold.endAskedBy === by) throw wrongState('hold-takes-two', 'Another person has to agree.')
    await tx.legalHold.update({ where: { id }, data: { endedBy: by, endedAt: now } })
    await recordEvent(tx, actor, { ...event, kind: 'legal-hold.ended' }, now)
    return { ended: true }
  })
}
