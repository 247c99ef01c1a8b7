import { notFound } from '@/domain/errors'
import { switchedOffByHand } from '@/domain/notification/ask-subscription'
import { carriersOfMailbox } from '@/domain/notification/carriers-of-mailbox'
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
      /** Of a webhook: how it fares. */
      webhook: { failures: number; failingSince: Date | null; byHand: boolean } | null
    }
  | {
      kind: 'subscriber'
      address: string
      /** Of each carrier that has the mailbox: whether its announcements reach it. */
      carriers: { name: string; announced: boolean }[]
    }

/** Throws Refusal "not-found" for a token that is not ours. */
export async function readPreferences(secrets: Secrets, token: string): Promise<Preferences> {
  const { kind, id } = readRecipientToken(secrets, token)
  if (kind === 'subscriber') {
    const subscriber = await reader('every-carrier').subscriber.findUnique({ where: { id } })
    if (!subscriber) throw notFound('subscription')
    const { email } = subscriber
    const keys = recipientKeys(secrets, 'mail', email)
    const suppressed = await loadSuppressed('mail', keys)
    const carriers = (await carriersOfMailbox(email)).map(({ id: carrierId, name }) => {
      return { name, announced: suppressed(keys, carrierId) === null }
    })
    return { kind, address: masked('mail', email), carriers }
  }
  const subscription = await reader('every-carrier').subscription.findUnique({
    where: { id },
    include: { topics: true },
  })
  if (!subscription) throw notFound('subscription')
  const { channel, status, language, everything, topics, failures, failingSince, endReason } = subscription
  const text = keyText(channel, secrets.openText(subscription.address, addressContext(id)))
  return {
    kind,
    channel,
    address: masked(channel, text),
    status,
    language,
    everything,
    topics: topics.map(topic => `${topic.kind}:${topic.targetId}`),
    webhook: channel === 'webhook' ? { failures, failingSince, byHand: endReason === switchedOffByHand } : null,
  }
}

/** A link may be passed on: of an address it shows no more than who it belongs to needs. */
function masked(channel: Channel, address: string): string {
  if (channel === 'webhook' || channel === 'push') return new URL(address).host
  if (channel === 'sms') return `${address.slice(0, 3)} … ${address.slice(-2)}`
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}…${address.slice(at)}`
}
