import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { contentRightDays, contentWaitHours, openWait } from '@/domain/content-right'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld, takeForHold } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const askContentInput = z.object({ subscriberId: z.uuid() })

/**
 * Asks to see in the browser what was recovered, by a code alone: from the first time on 72 hours are waited, every address
 * on file is told, and whatever holds the subscriber stops it. Asked again meanwhile, the first time counts.
 */
export async function askContent(
  actor: Actor,
  input: z.input<typeof askContentInput>,
  now = new Date(),
): Promise<{ opensAt: Date }> {
  const { subscriberId } = parseInput(askContentInput, input)
  return transaction(actor, async tx => {
    const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId } })
    authorize(actor, 'content.ask', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
    if (!subscriber) throw notFound('subscriber')
    requireFreshProof(actor, now)
    await takeForHold(tx, subscriberId)
    await refuseHeld(tx, subscriberId, now)
    const open = await openWait(tx, subscriberId, now)
    if (open) return { opensAt: open.opensAt }
    // What is left of one that is over.
    await tx.releaseWait.updateMany({ where: { subscriberId, stoppedAt: null }, data: { stoppedAt: now } })
    const { carrierId } = subscriber
    const opensAt = new Date(now.getTime() + contentWaitHours * 3_600_000)
    const endsAt = new Date(opensAt.getTime() + contentRightDays * 24 * 3_600_000)
    await tx.releaseWait.create({ data: { carrierId, subscriberId, askedAt: now, opensAt, endsAt } })
    const data = { subscriberId, opensAt: opensAt.toISOString() }
    await recordEvent(tx, actor, { subject: `subscriber:${subscriberId}`, kind: 'content.asked', carrierId, data }, now)
    return { opensAt }
  })
}
