import { notFound } from '@/domain/errors'
import { recipientKeys } from '@/domain/notification/recipient-key'
import { readRecipientToken } from '@/domain/notification/recipient-token'
import { keyText } from '@/domain/notification/subscription-address'
import { addressContext } from '@/domain/notification/subscription-secrets'
import { loadSuppressed } from '@/domain/notification/suppressed'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'
import type { Channel, Language, SubscriptionStatus } from '@/prisma/generated/enums'

/** What somebody hears of, for whoever has their link. */
export type Preferences =
  | {
      kind: 'subscription'
      channel: Channel
      /** Enough of it to be known again. */
      address: string
      status: SubscriptionStatus
      language: Language
      everything: boolean
      /** "incident:<id>" … */
      topics: string[]
    }
  | { kind: 'subscriber'; carrierName: string; address: string; announced: boolean }

/** Throws Refusal "not-found" for a token that is not ours. */
export async function readPreferences(secrets: Secrets, token: string): Promise<Preferences> {
  const { kind, id } = readRecipientToken(secrets, token)
  if (kind === 'subscriber') {
    const subscriber = await reader().subscriber.findUnique({ where: { id }, include: { carrier: true } })
    if (!subscriber) throw notFound('subscription')
    const keys = recipientKeys(secrets, 'mail', subscriber.email)
    const suppressed = await loadSuppressed('mail', keys)
    const announced = suppressed(keys, subscriber.carrierId) === null
    return { kind, carrierName: subscriber.carrier.name, address: masked('mail', subscriber.email), announced }
  }
  const subscription = await reader().subscription.findUnique({ where: { id }, include: { topics: true } })
  if (!subscription) throw notFound('subscription')
  const { channel, status, language, everything, topics } = subscription
  const text = keyText(channel, secrets.openText(subscription.address, addressContext(id)))
  return {
    kind,
    channel,
    address: masked(channel, text),
    status,
    language,
    everything,
    topics: topics.map(topic => `${topic.kind}:${topic.targetId}`),
  }
}

/** A link may be passed on: of an address it shows no more than who it belongs to needs. */
function masked(channel: Channel, address: string): string {
  if (channel === 'webhook' || channel === 'push') return new URL(address).host
  if (channel === 'sms') return `${address.slice(0, 3)} … ${address.slice(-2)}`
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}…${address.slice(at)}`
}
