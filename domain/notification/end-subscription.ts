import { v7 as newId } from 'uuid'
import { anonymous } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { carriersOfMailbox } from '@/domain/notification/carriers-of-mailbox'
import { keyBytes, recipientKey, recipientKeys } from '@/domain/notification/recipient-key'
import { readRecipientToken } from '@/domain/notification/recipient-token'
import { loadSuppressed } from '@/domain/notification/suppressed'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'

/**
 * Whoever has the link hears nothing more: a subscription is ended; a subscriber's announcements by mail are suppressed for
 * every carrier that has the same mailbox, and what it had asked for itself ends too, since it was one mail for all of
 * these. Asked again, it changes nothing. Throws Refusal "not-found" for a token that is not ours.
 */
export async function endSubscription(secrets: Secrets, token: string, now = new Date()): Promise<void> {
  const recipient = readRecipientToken(secrets, token)
  await transaction('every-carrier', async tx => {
    if (recipient.kind === 'subscription') return end(tx, recipient.id, now)
    const subscriber = await tx.subscriber.findUnique({ where: { id: recipient.id } })
    if (!subscriber) throw notFound('subscription')
    const { email } = subscriber
    for (const { id: carrierId } of await carriersOfMailbox(email, tx))
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

/**
 * A subscriber who said no to announcements gets them again, from every carrier that has their mailbox. Throws Refusal
 * "announcements-barred" where none may write to it all the same: mail came back, or a carrier was asked not to.
 */
export async function startAnnouncements(secrets: Secrets, token: string): Promise<void> {
  const recipient = readRecipientToken(secrets, token)
  if (recipient.kind !== 'subscriber') throw notFound('subscription')
  await transaction('every-carrier', async tx => {
    const subscriber = await tx.subscriber.findUnique({ where: { id: recipient.id } })
    if (!subscriber) throw notFound('subscription')
    const { email } = subscriber
    const carrierIds = (await carriersOfMailbox(email, tx)).map(({ id }) => id)
    const keys = recipientKeys(secrets, 'mail', email)
    const own = { channel: 'mail', addressKey: { in: keys.map(keyBytes) }, carrierId: { in: carrierIds } } as const
    for (const { id, carrierId } of await tx.suppression.findMany({ where: { ...own, reason: 'unsubscribed' } })) {
      await tx.suppression.delete({ where: { id } })
      await recordEvent(tx, anonymous, { subject: `suppression:${id}`, kind: 'suppression.removed', carrierId })
    }
    const barred = await loadSuppressed('mail', keys, tx)
    if (carrierIds.every(carrierId => barred(keys, carrierId) !== null))
      throw wrongState('announcements-barred', 'Announcements do not go to this address.')
  })
}
