import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { anonymous } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readCoded } from '@/domain/notification/read-coded'
import { keyBytes, recipientKey, recipientKeys } from '@/domain/notification/recipient-key'
import { recipientToken } from '@/domain/notification/recipient-token'
import { keyText, readAddress } from '@/domain/notification/subscription-address'
import { channels, topicsOf, wishInput } from '@/domain/notification/subscription-inputs'
import {
  addressContext,
  confirmationSecrets,
  newWebhookSecret,
  secretContext,
  secretHash,
} from '@/domain/notification/subscription-secrets'
import { type WebhookGateway, WebhookNotSent } from '@/domain/notification/webhook-gateway'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'
import type { Subscription } from '@/prisma/generated/client'
import type { Channel } from '@/prisma/generated/enums'

const askInput = wishInput.extend({
  channel: z.enum(channels, 'channel-unknown'),
  address: z.string('address-missing').max(4_000, 'address-long'),
  /** How a telephone's number without a country's code is read. */
  country: z.string().default('US'),
})

export interface AskOutside {
  secrets: Secrets
  webhooks: Pick<WebhookGateway, 'check'>
}

/** How long an address may be confirmed: a code is typed at once, a mail perhaps read in two days. */
export const confirmHours = 48
const confirmMs = { mail: confirmHours * 3_600_000, sms: 10 * 60_000, push: 0, webhook: 45 * 60_000 } as const
/** So many wrong codes, and for an hour no other helps. */
const mostWrongCodes = 5
export const wrongCodesMs = 3_600_000

/** `endReason` of a webhook that an administrator switched off. */
export const switchedOffByHand = 'by-hand'

/** A webhook's secret and the link to its page, which are shown this once; null for others. */
export interface Asked {
  secret: string | null
  token: string | null
}

/**
 * Somebody wants to hear of incidents. Whose address it is has to be shown first, by who reads there; a browser has shown
 * it by making its address. Answers the same whether the address is known or not.
 */
export async function askSubscription(
  { secrets, webhooks }: AskOutside,
  input: z.input<typeof askInput>,
  now = new Date(),
): Promise<Asked> {
  const { channel, address: text, country, ...wish } = readCoded(askInput, input)
  const address = readAddress(channel, text, country)
  if (channel === 'webhook' || channel === 'push') await refuseUnusable(webhooks, channel, keyText(channel, address))
  const key = recipientKey(secrets, channel, keyText(channel, address))
  const keys = recipientKeys(secrets, channel, keyText(channel, address)).map(keyBytes)
  return transaction('every-carrier', async tx => {
    // Of two who ask at once for an address that is new, the second finds what the first has written.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 11))`
    const topics = await topicsOf(tx, wish)
    const known = await findLocked(tx, channel, keys)
    const id = known?.id ?? newId()
    const secret = channel === 'webhook' ? newWebhookSecret() : null
    const token =
      channel === 'webhook' || channel === 'push' ? recipientToken(secrets, { kind: 'subscription', id }) : null
    // Whoever asks for an address that is in use learns nothing and changes nothing; who reads there is told of it.
    if (known && (known.status === 'active' || isSwitchedOff(known)) && channel !== 'push') {
      await recordAsked(tx, id, channel)
      return { secret, token: token && notTheirs(secrets) }
    }
    if (known && isBarred(known, now)) return { secret, token }
    const until = deadline(known, channel, now)
    const [confirmation] = confirmationSecrets(secrets, id, until)
    const data = {
      channel,
      language: wish.language,
      everything: wish.everything,
      address: secrets.seal(address, addressContext(id)),
      addressKey: keyBytes(key),
      status: channel === 'push' ? ('active' as const) : ('unconfirmed' as const),
      confirmHash: channel === 'push' ? null : secretHash(confirmation!),
      confirmUntil: channel === 'push' ? null : until,
      confirmedAt: channel === 'push' ? now : null,
      secret: secret === null ? null : secrets.seal(secret, secretContext(id)),
      endedAt: null,
      endReason: null,
      ...(channel === 'webhook' ? { failures: 0, failingSince: null } : {}),
    }
    await tx.subscription.upsert({ where: { id }, create: { id, ...data }, update: data })
    await tx.subscriptionTopic.deleteMany({ where: { subscriptionId: id } })
    await tx.subscriptionTopic.createMany({ data: topics.map(topic => ({ subscriptionId: id, ...topic })) })
    if (channel === 'push') await recordConfirmed(tx, id, channel)
    else await recordAsked(tx, id, channel)
    return { secret, token }
  })
}

/** As it is once whoever confirms or ends it at this moment is done: what they did is not taken back by being asked for. */
async function findLocked(tx: Tx, channel: Channel, keys: Buffer<ArrayBuffer>[]): Promise<Subscription | null> {
  const found = await tx.subscription.findFirst({ where: { channel, addressKey: { in: keys } }, select: { id: true } })
  if (!found) return null
  await tx.$queryRaw`SELECT 1 FROM subscriptions WHERE id = ${found.id}::uuid FOR UPDATE`
  return tx.subscription.findUnique({ where: { id: found.id } })
}

/** Asked again soon, the first message stays as good as the second. */
function deadline(known: Subscription | null, channel: Channel, now: Date): Date {
  const span = confirmMs[channel]
  const before = known?.status === 'unconfirmed' ? known.confirmUntil : null
  if (before && before.getTime() > now.getTime() + span / 2) return before
  return new Date(now.getTime() + span)
}

/** A link that leads nowhere: it looks as one does that was made for a new endpoint. */
const notTheirs = (secrets: Secrets): string => recipientToken(secrets, { kind: 'subscription', id: newId() })

/** An endpoint that an administrator switched off does not come back by being added once more. */
const isSwitchedOff = ({ status, endReason }: Subscription): boolean =>
  status === 'disabled' && endReason === switchedOffByHand

/** Wrong codes count on over new ones: asking again helps nobody who guesses. */
export const isBarred = ({ failures, failingSince, channel }: Subscription, now: Date): boolean =>
  channel === 'sms' &&
  failures >= mostWrongCodes &&
  failingSince !== null &&
  now.getTime() - failingSince.getTime() < wrongCodesMs

const recordAsked = (tx: Tx, id: string, channel: string): Promise<void> =>
  recordEvent(tx, anonymous, {
    subject: `subscription:${id}`,
    kind: 'subscription.asked',
    carrierId: null,
    data: { channel },
  })

export const recordConfirmed = (tx: Tx, id: string, channel: string): Promise<void> =>
  recordEvent(tx, anonymous, {
    subject: `subscription:${id}`,
    kind: 'subscription.confirmed',
    carrierId: null,
    data: { channel },
  })

async function refuseUnusable(webhooks: Pick<WebhookGateway, 'check'>, channel: Channel, url: string): Promise<void> {
  try {
    await webhooks.check(url)
  } catch (error) {
    if (!(error instanceof WebhookNotSent)) throw error
    // Browsers name their maker's service themselves: its name need not be known at this moment.
    if (channel === 'push' && error.code === 'not-found') return
    const code =
      error.code === 'private-address'
        ? 'address-private'
        : error.code === 'bad-address'
          ? `address-${channel}`
          : 'address-unreachable'
    throw badInput('address', code, 'This endpoint cannot be used.')
  }
}
