import { system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { activate } from '@/domain/notification/confirm-subscription'
import { addressContext, confirmationSecrets, secretContext } from '@/domain/notification/subscription-secrets'
import { type WebhookGateway, WebhookNotSent } from '@/domain/notification/webhook-gateway'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader, transaction } from '@/domain/transaction'

interface Outside {
  secrets: Secrets
  webhooks: WebhookGateway
}

/** From each failure to the next try, while whoever added the endpoint puts the secret into it. */
const waits = [5_000, 15_000, 60_000, 300_000, 600_000, 900_000]

/**
 * Asks an endpoint, by a signed event, whether it wants ours: it answers 2xx and gives the challenge back. Answers when to
 * ask again, null where it is settled: in use, or ended because it never answered.
 */
export async function verifyWebhook({ secrets, webhooks }: Outside, id: string, now: Date): Promise<Date | null> {
  const subscription = await reader('every-carrier').subscription.findUnique({ where: { id } })
  const { status, secret, confirmUntil, address, failures } = subscription ?? {}
  if (!subscription || status !== 'unconfirmed' || !secret || !confirmUntil || !address) return null
  const [challenge = ''] = confirmationSecrets(secrets, id, confirmUntil)
  const payload = { type: 'subscription.verification', timestamp: now.toISOString(), data: { challenge } }
  const answer = await webhooks
    .send({
      url: secrets.openText(address, addressContext(id)),
      secret: secrets.openText(secret, secretContext(id)),
      id: `msg_${id}-${failures ?? 0}`,
      payload: JSON.stringify(payload),
    })
    .catch(error => {
      if (error instanceof WebhookNotSent) return null
      throw error
    })
  if (answer && echoes(answer.body, challenge)) {
    await transaction('every-carrier', async tx => {
      await tx.$queryRaw`SELECT 1 FROM subscriptions WHERE id = ${id}::uuid FOR UPDATE`
      const current = await tx.subscription.findUnique({ where: { id } })
      if (current?.status === 'unconfirmed') await activate(tx, secrets, current, now)
    })
    return null
  }
  return noteUnanswered(id, failures ?? 0, confirmUntil, now)
}

/** As JSON with a member "challenge", or the bare word. */
function echoes(body: string, challenge: string): boolean {
  if (body.trim() === challenge) return true
  try {
    const said: unknown = JSON.parse(body)
    return typeof said === 'object' && said !== null && 'challenge' in said && said.challenge === challenge
  } catch {
    return false
  }
}

async function noteUnanswered(id: string, failures: number, until: Date, now: Date): Promise<Date | null> {
  const next = new Date(now.getTime() + (waits[Math.min(failures, waits.length - 1)] ?? 0))
  const isOver = next >= until
  await transaction('every-carrier', async tx => {
    const ended = { status: 'ended', endReason: 'not-verified', endedAt: now } as const
    const data = { failures: failures + 1, ...(isOver ? ended : {}) }
    const { count } = await tx.subscription.updateMany({ where: { id, status: 'unconfirmed' }, data })
    if (count === 0 || !isOver) return
    const happened = { kind: 'subscription.ended', carrierId: null, data: { reason: 'not-verified' } } as const
    await recordEvent(tx, system('send-confirmation'), { subject: `subscription:${id}`, ...happened })
  })
  return isOver ? null : next
}
