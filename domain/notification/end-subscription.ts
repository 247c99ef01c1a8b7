import { v7 as newId } from 'uuid'
import { anonymous } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { keyBytes, recipientKey, recipientKeys } from '@/domain/notification/recipient-key'
import { readRecipientToken } from '@/domain/notification/recipient-token'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'

/**
 * Whoever has the link hears nothing more: a subscription is ended, a subscriber's announcements by mail are suppressed
 * for their carrier, and what the same address had asked for itself ends too, since it was one mail for both. Asked
 * again, it changes nothing. Throws Refusal "not-found" for a token that is not ours.
 */
export async function endSubscription(secrets: Secrets, token: string, now = new Date()): Promise<void> {
  const recipient = readRecipientToken(secrets, token)
  await transaction(async tx => {
    if (recipient.kind === 'subscription') return end(tx, recipient.id, now)
    const subscriber = await tx.subscriber.findUnique({ where: { id: recipient.id } })
    if (!subscriber) throw notFound('subscription')
    const { carrierId, email } = subscriber
    await suppress(tx, carrierId, recipientKey(secrets, 'mail', email))
    const keys = recipientKeys(secrets, 'mail', email).map(keyBytes)
    const own = await tx.subscription.findMany({ where: { channel: 'mail', addressKey: { in: keys } } })
    for (const { id } of own) await end(tx, id, now)
  })
}

async function end(tx: Tx, id: string, now: Date): Promise<void> {
  const data = { status: 'ended', endReason: 'unsubscribed', endedAt: now, confirmHash: null } as const
  const { count } = await tx.subscription.updateMany({ where: { id, status: { not: 'ended' } }, data })
  if (count === 0) return
  const subject = `subscription:${id}` as const
  await recordEvent(tx, anonymous, {
    subject,
    kind: 'subscription.ended',
    carrierId: null,
    data: { reason: 'unsubscribed' },
  })
}

async function suppress(tx: Tx, carrierId: string, key: string): Promise<void> {
  const [added] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO suppressions (id, channel, address_key, carrier_id, reason)
    VALUES (${newId()}::uuid, 'mail', ${keyBytes(key)}, ${carrierId}::uuid, 'unsubscribed')
    ON CONFLICT DO NOTHING RETURNING id::text`
  if (!added) return
  const subject = `suppression:${added.id}` as const
  const data = { reason: 'unsubscribed' }
  await recordEvent(tx, anonymous, { subject, kind: 'suppression.added', carrierId, data })
}

/** A subscriber who said no to their carrier's announcements gets them again; what bounced does not come back by this. */
export async function startAnnouncements(secrets: Secrets, token: string): Promise<void> {
  const recipient = readRecipientToken(secrets, token)
  if (recipient.kind !== 'subscriber') throw notFound('subscription')
  await transaction(async tx => {
    const subscriber = await tx.subscriber.findUnique({ where: { id: recipient.id } })
    if (!subscriber) throw notFound('subscription')
    const { carrierId, email } = subscriber
    const keys = recipientKeys(secrets, 'mail', email).map(keyBytes)
    const where = { channel: 'mail', addressKey: { in: keys }, carrierId, reason: 'unsubscribed' } as const
    for (const { id } of await tx.suppression.findMany({ where })) {
      await tx.suppression.delete({ where: { id } })
      await recordEvent(tx, anonymous, { subject: `suppression:${id}`, kind: 'suppression.removed', carrierId })
    }
  })
}
