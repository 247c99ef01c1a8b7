import { z } from 'zod'
import { type Actor, system } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readFreezeToken } from '@/domain/identity/freeze-token'
import { holdRequests } from '@/domain/identity/hold-requests'
import { takeForHold } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { transaction } from '@/domain/transaction'

const freezeInput = z.object({ subscriberId: z.uuid() })

/**
 * "This was not me": everything of the subscriber's stands still. What is under way stops at its next chunk, codes are worth
 * nothing, every session ends, and support has a ticket. Pressed again, it is frozen already.
 */
export function freezeSubscriber(actor: Actor, input: z.input<typeof freezeInput>): Promise<void> {
  return freeze(actor, parseInput(freezeInput, input).subscriberId, 'own')
}

/** The same for whoever holds the link of a message, without signing in. Throws Refusal "not-found" for another link. */
export async function freezeByLink(secrets: Secrets, token: string): Promise<void> {
  await freeze(system('message-link'), readFreezeToken(secrets, token), 'link')
}

async function freeze(actor: Actor, subscriberId: string, source: 'own' | 'link'): Promise<void> {
  await transaction(actor, async tx => {
    const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId } })
    authorize(actor, 'freeze.make', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
    if (!subscriber) throw notFound('subscriber')
    await takeForHold(tx, subscriberId)
    const { carrierId, email } = subscriber
    const now = new Date()
    const isFrozen = (await tx.freeze.findFirst({ where: { subscriberId, endedAt: null } })) !== null
    if (!isFrozen) {
      await tx.freeze.create({ data: { carrierId, subscriberId, source, openedAt: now } })
      const subject = `subscriber:${subscriberId}` as const
      await recordEvent(
        tx,
        actor,
        { subject, kind: 'subscriber.frozen', carrierId, data: { subscriberId, source } },
        now,
      )
    }
    await holdRequests(tx, actor, subscriberId, 'frozen')
    await tx.identityCode.updateMany({ where: { subscriberId, spentAt: null }, data: { spentAt: now } })
    // Of the mailbox too: a session that has not said yet whose it is could still become this person's.
    await tx.$executeRaw`
      DELETE FROM sign_in_sessions WHERE subscriber_id = ${subscriberId}::uuid
        OR (subscriber_id IS NULL AND staff_id IS NULL
            AND user_id IN (SELECT id FROM sign_in_users WHERE lower(email) = lower(${email})))`
  })
}
