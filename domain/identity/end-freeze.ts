import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { takeForHold } from '@/domain/identity/holds'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const endFreezeInput = z.object({ freezeId: z.uuid() })

/** Ends a freeze, by two different people: the first asks, and the second agrees. What was held goes on when asked to. */
export async function endFreeze(
  actor: Actor,
  input: z.input<typeof endFreezeInput>,
  now = new Date(),
): Promise<{ ended: boolean }> {
  const { freezeId } = parseInput(endFreezeInput, input)
  return transaction(actor, async tx => {
    const found = await tx.freeze.findUnique({ where: { id: freezeId } })
    authorize(actor, 'freeze.end', found ?? { carrierId: null, subscriberId: null }, 'freeze')
    if (!found) throw notFound('freeze')
    requireFreshProof(actor, now)
    await takeForHold(tx, found.subscriberId)
    // Read again behind the lock: the other person may have pressed at the same moment.
    const freeze = await tx.freeze.findUniqueOrThrow({ where: { id: freezeId } })
    if (freeze.endedAt) throw wrongState('freeze-ended', 'This freeze is over already.')
    const { carrierId, subscriberId } = freeze
    const by = actorId(actor)
    const subject = `subscriber:${subscriberId}` as const
    const data = { subscriberId, freezeId }
    const lapsed = await wordsLapsed(tx, [freeze.askedBy], 'freeze.end', carrierId)
    if (freeze.askedBy === null || lapsed.has(freeze.askedBy)) {
      await tx.freeze.update({ where: { id: freezeId }, data: { askedBy: by, askedAt: now } })
      await recordEvent(tx, actor, { subject, kind: 'subscriber.thaw-asked', carrierId, data }, now)
      return { ended: false }
    }
    if (freeze.askedBy === by) throw wrongState('freeze-takes-two', 'Another person has to agree.')
    await tx.freeze.update({ where: { id: freezeId }, data: { endedBy: by, endedAt: now } })
    await recordEvent(tx, actor, { subject, kind: 'subscriber.thawed', carrierId, data }, now)
    return { ended: true }
  })
}
