import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { switchedOffByHand } from '@/domain/notification/ask-subscription'
import { readCoded } from '@/domain/notification/read-coded'
import { authorizeEver } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'

const webhookInput = z.object({ subscriptionId: z.uuid() })
type WebhookInput = z.input<typeof webhookInput>

/** Nothing is sent to the endpoint until somebody switches it on again. Done already, it changes nothing. */
export async function disableWebhook(actor: Actor, input: WebhookInput, now = new Date()): Promise<void> {
  authorizeEver(actor, 'subscription.manage')
  await move(actor, input, 'active', 'subscription.disabled', {
    status: 'disabled',
    endReason: switchedOffByHand,
    endedAt: now,
  })
}

/** Sends to the endpoint again; what failed before counts no more. */
export async function resumeWebhook(actor: Actor, input: WebhookInput): Promise<void> {
  authorizeEver(actor, 'subscription.manage')
  await move(actor, input, 'disabled', 'subscription.resumed', resumed)
}

/** What a webhook is that is sent to again. */
export const resumed = { status: 'active', endReason: null, endedAt: null, failures: 0, failingSince: null } as const

type Change = Parameters<Tx['subscription']['updateMany']>[0]['data']

async function move(
  actor: Actor,
  input: WebhookInput,
  from: 'active' | 'disabled',
  kind: 'subscription.disabled' | 'subscription.resumed',
  data: Change,
): Promise<void> {
  const { subscriptionId: id } = readCoded(webhookInput, input)
  await transaction(actor, async tx => {
    const known = await tx.subscription.findFirst({ where: { id, channel: 'webhook' } })
    if (!known) throw notFound('webhook')
    const { count } = await tx.subscription.updateMany({ where: { id, status: from }, data })
    if (count > 0) await recordEvent(tx, actor, { subject: `subscription:${id}`, kind, carrierId: null })
  })
}

const replayInput = webhookInput.extend({ since: z.coerce.date('since-wrong') })
const longestMs = 30 * 24 * 3_600_000

/**
 * Sends an endpoint again what it was sent, or should have been, since a time, under the same ids. Answers how many.
 * Of broadcasts that were stopped, and of notices that do not hold any more, nothing is sent again.
 */
export async function replayWebhook(
  actor: Actor,
  input: z.input<typeof replayInput>,
  now = new Date(),
): Promise<{ count: number }> {
  authorizeEver(actor, 'subscription.manage')
  const { subscriptionId, since } = readCoded(replayInput, input)
  return transaction(actor, tx => replay(tx, actor, { id: subscriptionId, since, now }))
}

/** The same for whoever may: the administrators, and who has the endpoint's link. */
export async function replay(
  tx: Tx,
  actor: Actor,
  { id, since, now }: { id: string; since: Date; now: Date },
): Promise<{ count: number }> {
  if (since > now || now.getTime() - since.getTime() > longestMs + 24 * 3_600_000)
    throw badInput('since', 'since-wrong', 'Events of the last 30 days can be sent again.')
  const known = await tx.subscription.findFirst({ where: { id, channel: 'webhook' } })
  if (!known) throw notFound('webhook')
  if (known.status !== 'active') throw wrongState('webhook-off', 'The webhook is switched off.')
  // Held while their rows change: none of them is found to be done by a worker that does not see these rows yet.
  const open = await tx.$queryRaw<{ id: string }[]>`
    SELECT b.id::text FROM broadcasts b LEFT JOIN notices n ON n.id = b.notice_id
    WHERE b.status IN ('sending', 'done') AND (b.kind <> 'notice' OR n.status = 'published')
      AND b.id IN (SELECT broadcast_id FROM deliveries WHERE subscription_id = ${id}::uuid)
    ORDER BY b.id FOR UPDATE OF b`
  const rows = await tx.$queryRaw<{ broadcastId: string }[]>`
    UPDATE deliveries SET status = 'pending', reason = NULL, attempts = 0, not_before = ${now}::timestamptz,
      claimed_at = NULL, settled_at = NULL
    WHERE subscription_id = ${id}::uuid AND channel = 'webhook' AND created_at >= ${since}::timestamptz
      AND broadcast_id = ANY (${open.map(one => one.id)}::uuid[]) AND status NOT IN ('pending', 'sending')
    RETURNING broadcast_id::text AS "broadcastId"`
  const broadcastIds = [...new Set(rows.map(({ broadcastId }) => broadcastId))]
  await tx.broadcast.updateMany({
    where: { id: { in: broadcastIds }, status: 'done' },
    data: { status: 'sending', endedAt: null },
  })
  for (const broadcastId of broadcastIds) {
    const data = { subscriptionId: id }
    const subject = `broadcast:${broadcastId}` as const
    await recordEvent(tx, actor, { subject, kind: 'delivery.retried', carrierId: null, data })
  }
  return { count: rows.length }
}
