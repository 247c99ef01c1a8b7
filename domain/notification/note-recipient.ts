import { system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import type { ClaimedDelivery } from '@/domain/notification/claim-deliveries'
import { type Delivered, mailAddress } from '@/domain/notification/deliver'
import type { DeliveryOutside } from '@/domain/notification/delivery-outside'
import { keyBytes, recipientKey } from '@/domain/notification/recipient-key'
import { transaction } from '@/domain/transaction'

const sender = system('send-broadcast')
/** A webhook that failed so often in a row, over at least so long, is not tried any more. */
const webhookFailures = 20
const webhookFailingMs = 3_600_000

/** What a delivery says about its recipient: nobody there, a browser that is gone, an endpoint that answers or does not. */
export async function noteRecipient(
  outside: DeliveryOutside,
  one: ClaimedDelivery,
  delivered: Delivered,
): Promise<void> {
  const { settled, gone, answered, nobodyThere } = delivered
  if (nobodyThere && one.channel === 'mail' && settled.status === 'bounced') await addBounce(outside, one)
  if (gone && one.subscription) await endGone(one.subscription.id, outside.now())
  if (answered === true && one.subscription) await noteAnswered(one.subscription.id)
  if (answered === false && !gone && one.subscription) await noteUnanswered(one.subscription.id, outside.now())
}

/** No announcement goes there again from anybody, until somebody confirms the address anew. */
async function addBounce(outside: DeliveryOutside, one: ClaimedDelivery): Promise<void> {
  const addressKey = keyBytes(recipientKey(outside.secrets, 'mail', mailAddress(outside, one)))
  await transaction('every-carrier', async tx => {
    const [added] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO suppressions (id, channel, address_key, reason)
      VALUES (gen_random_uuid(), 'mail', ${addressKey}, 'bounced') ON CONFLICT DO NOTHING RETURNING id::text`
    if (!added) return
    const data = { reason: 'bounced' }
    await recordEvent(tx, sender, {
      subject: `suppression:${added.id}`,
      kind: 'suppression.added',
      carrierId: null,
      data,
    })
  })
}

async function endGone(id: string, at: Date): Promise<void> {
  await transaction('every-carrier', async tx => {
    const data = { status: 'ended', endReason: 'gone', endedAt: at } as const
    const { count } = await tx.subscription.updateMany({ where: { id, status: 'active' }, data })
    if (count === 0) return
    const subject = `subscription:${id}` as const
    await recordEvent(tx, sender, { subject, kind: 'subscription.ended', carrierId: null, data: { reason: 'gone' } })
  })
}

async function noteAnswered(id: string): Promise<void> {
  await transaction('every-carrier', tx =>
    tx.subscription.updateMany({ where: { id, failures: { gt: 0 } }, data: { failures: 0, failingSince: null } }),
  )
}

async function noteUnanswered(id: string, now: Date): Promise<void> {
  await transaction('every-carrier', async tx => {
    const [row] = await tx.$queryRaw<{ failures: number; since: Date }[]>`
      UPDATE subscriptions SET failures = failures + 1, failing_since = coalesce(failing_since, ${now}::timestamptz)
      WHERE id = ${id}::uuid AND status = 'active' RETURNING failures, failing_since AS since`
    if (!row || row.failures < webhookFailures || now.getTime() - row.since.getTime() < webhookFailingMs) return
    await tx.subscription.update({ where: { id }, data: { status: 'disabled', endReason: 'failing', endedAt: now } })
    const data = { failures: row.failures }
    await recordEvent(tx, sender, {
      subject: `subscription:${id}`,
      kind: 'subscription.disabled',
      carrierId: null,
      data,
    })
  })
}
