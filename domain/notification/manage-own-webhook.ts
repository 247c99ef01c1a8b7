import { z } from 'zod'
import { anonymous } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { switchedOffByHand } from '@/domain/notification/ask-subscription'
import { replay, resumed } from '@/domain/notification/manage-webhook'
import { readCoded } from '@/domain/notification/read-coded'
import { readRecipientToken } from '@/domain/notification/recipient-token'
import type { Secrets } from '@/domain/subscriber/secrets'
import { transaction } from '@/domain/transaction'

/**
 * Who has an endpoint's link has mended it, and it is sent to again. Done already, it changes nothing. Throws Refusal
 * "webhook-barred" where an administrator switched it off, "not-found" for a token that is none of a webhook's.
 */
export async function resumeOwnWebhook(secrets: Secrets, token: string): Promise<void> {
  const id = webhookOf(secrets, token)
  await transaction('every-carrier', async tx => {
    const known = await tx.subscription.findFirst({ where: { id, channel: 'webhook' } })
    if (!known) throw notFound('webhook')
    const { status, endReason } = known
    if (status === 'active') return
    if (status !== 'disabled') throw wrongState('subscription-ended', 'The subscription is ended.')
    if (endReason === switchedOffByHand) throw wrongState('webhook-barred', 'It was switched off by us.')
    const { count } = await tx.subscription.updateMany({ where: { id, status: 'disabled', endReason }, data: resumed })
    if (count === 0) return
    const subject = `subscription:${id}` as const
    await recordEvent(tx, anonymous, { subject, kind: 'subscription.resumed', carrierId: null })
  })
}

const replayInput = z.object({ since: z.coerce.date('since-wrong') })

/** Has what the endpoint was sent, or should have been, since a time sent again, under the same ids. Answers how many. */
export async function replayOwnWebhook(
  secrets: Secrets,
  token: string,
  input: z.input<typeof replayInput>,
  now = new Date(),
): Promise<{ count: number }> {
  const id = webhookOf(secrets, token)
  const { since } = readCoded(replayInput, input)
  return transaction('every-carrier', tx => replay(tx, anonymous, { id, since, now }))
}

function webhookOf(secrets: Secrets, token: string): string {
  const { kind, id } = readRecipientToken(secrets, token)
  if (kind !== 'subscription') throw notFound('webhook')
  return id
}
