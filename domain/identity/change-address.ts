import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { noteFactorChange } from '@/domain/identity/note-factor-change'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const changeAddressInput = z.object({ subscriberId: z.uuid(), email: z.email().max(254) })

/**
 * Takes a new mail address for a subscriber, as their carrier's record has it now. The old one is told as well, and for ten
 * days nothing is given out. The number on file has no such verb: only the one of before the incident proves anything.
 */
export async function changeAddress(
  actor: Actor,
  input: z.input<typeof changeAddressInput>,
  now = new Date(),
): Promise<void> {
  authorizeEver(actor, 'address.change')
  const { subscriberId, email } = parseInput(changeAddressInput, input)
  requireFreshProof(actor, now)
  await transaction(actor, async tx => {
    const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId } })
    if (!subscriber) throw notFound('subscriber')
    const { carrierId, email: previous } = subscriber
    if (previous === email) return
    const onTheWay = await tx.message.findMany({
      where: { subscriberId, channel: 'mail', changeId: null, sentAt: null },
      select: { id: true },
    })
    await tx.subscriber.update({ where: { id: subscriberId }, data: { email } })
    // Whoever reads there signs in anew: a session of the old address knows nobody any more.
    await tx.signInSession.deleteMany({ where: { subscriberId } })
    const change = { carrierId, subscriberId, factor: 'address', changedAt: now, previous } as const
    const { changeId } = await noteFactorChange(tx, actor, change, now)
    // What happened before goes to whoever was on file then: addresses are looked up as a message is sent.
    await tx.message.updateMany({ where: { id: { in: onTheWay.map(({ id }) => id) } }, data: { changeId } })
    const subject = `subscriber:${subscriberId}` as const
    await recordEvent(
      tx,
      actor,
      { subject, kind: 'subscriber.address-changed', carrierId, data: { subscriberId } },
      now,
    )
  })
}
