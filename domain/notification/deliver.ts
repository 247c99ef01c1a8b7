import type { Advice } from '@/domain/incident/advice'
import { adviceInBrief } from '@/domain/notification/announced'
import { type ClaimedDelivery, mostAttempts } from '@/domain/notification/claim-deliveries'
import { deliveryKey } from '@/domain/notification/delivery-key'
import type { DeliveryOutside } from '@/domain/notification/delivery-outside'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { type PushAddress, PushNotSent } from '@/domain/notification/push-gateway'
import { recipientToken } from '@/domain/notification/recipient-token'
import type { Settled } from '@/domain/notification/settle-deliveries'
import { SmsNotSent } from '@/domain/notification/sms-gateway'
import { telephoneOf } from '@/domain/notification/spread-page'
import type { Story } from '@/domain/notification/story'
import { addressContext, secretContext } from '@/domain/notification/subscription-secrets'
import { webhookEvent } from '@/domain/notification/webhook-event'
import { WebhookNotSent } from '@/domain/notification/webhook-gateway'
import type { About, Person } from '@/domain/notification/wording'
import type { Broadcast } from '@/prisma/generated/client'

/** What all deliveries of a broadcast share while they are sent. */
export interface Telling {
  broadcast: Broadcast
  story: Story
  /** By id: what holds for some of the recipients. */
  advice: ReadonlyMap<string, Advice>
  /** Mail written once for all who share everything but their name and links. */
  mails: Map<string, ReturnType<DeliveryOutside['wording']['mail']>>
  pageId: string
}

const pushSeconds = 24 * 3600
/** From each failure to the next try. */
const waits = [30_000, 120_000, 300_000, 900_000, 3_600_000, 3 * 3_600_000, 6 * 3_600_000]

/** What became of it, and whether the trouble is the provider's own. `gone`: the recipient itself is no more. */
export interface Delivered {
  settled: Settled
  providerTrouble: boolean
  gone: boolean
  /** The server says that there is no such mailbox. */
  nobodyThere: boolean
  /** Of a webhook: whether it answered as it should; null where it was not asked. */
  answered: boolean | null
  /** When a provider of many asked to be left alone until. */
  restUntil: Date | null
}

/** Sends one and answers what became of it. Never throws. */
export async function deliver(outside: DeliveryOutside, telling: Telling, one: ClaimedDelivery): Promise<Delivered> {
  const end = { providerTrouble: false, gone: false, nobodyThere: false, answered: null, restUntil: null }
  const settled = { id: one.id, reason: null, providerId: null, notBefore: null, shown: false }
  try {
    const providerId = await send(outside, telling, one)
    const status = one.channel === 'webhook' ? 'delivered' : 'sent'
    const answered = one.channel === 'webhook' ? true : null
    return { ...end, answered, settled: { ...settled, status, providerId, shown: showsAdvice(telling, one) } }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.reason === 'our-fault') outside.report(error)
    const { permanent, reason, retryAt, bounced, gone } = failure
    const last = one.attempts >= mostAttempts
    const status = permanent ? (bounced ? 'bounced' : 'failed') : last ? 'failed' : 'pending'
    const notBefore = status === 'pending' ? latest(retryAt, nextTry(one.attempts, outside.now())) : null
    return {
      settled: { ...settled, status, reason, notBefore },
      providerTrouble: failure.reason === 'not-taken' && (one.channel === 'mail' || one.channel === 'sms'),
      gone,
      nobodyThere: failure.nobodyThere,
      answered: one.channel === 'webhook' ? false : null,
      restUntil: one.channel === 'sms' ? retryAt : null,
    }
  }
}

/** Mail carries all of it, what is short as much as fits. */
function showsAdvice(telling: Telling, one: ClaimedDelivery): boolean {
  const about = aboutOf(telling, one)
  if (one.channel === 'mail') return about.advice !== null
  return one.channel !== 'webhook' && adviceInBrief(about).whole
}

function nextTry(attempts: number, now: Date): Date {
  const wait = waits[Math.min(attempts, waits.length) - 1] ?? waits[0]!
  // Spread by a tenth to either side: what failed together does not return together.
  return new Date(now.getTime() + wait * (0.9 + Math.random() * 0.2))
}

const latest = (a: Date | null, b: Date): Date => (a !== null && a > b ? a : b)

interface Failure {
  permanent: boolean
  reason: string
  retryAt: Date | null
  bounced: boolean
  nobodyThere: boolean
  gone: boolean
}

function failureOf(error: unknown): Failure {
  const plain = { retryAt: null, bounced: false, nobodyThere: false, gone: false }
  if (error instanceof MailNotSent) {
    const { permanent, nobodyThere } = error
    const refusal = nobodyThere ? 'address-refused' : 'message-refused'
    return { ...plain, permanent, reason: permanent ? refusal : 'not-taken', bounced: permanent, nobodyThere }
  }
  if (error instanceof SmsNotSent)
    return {
      ...plain,
      permanent: error.permanent,
      reason: error.permanent ? 'address-refused' : 'not-taken',
      retryAt: error.retryAt,
    }
  if (error instanceof PushNotSent)
    return {
      ...plain,
      permanent: error.permanent,
      reason: error.permanent ? 'gone' : 'not-taken',
      retryAt: error.retryAt,
      gone: error.permanent,
    }
  if (error instanceof WebhookNotSent)
    return {
      ...plain,
      permanent: error.permanent,
      reason: error.code,
      retryAt: error.retryAt,
      gone: error.code === 'gone',
    }
  if (error instanceof NobodyThere) return { ...plain, permanent: true, reason: error.reason }
  // A fault of ours with one of them must not cost the others theirs; it is tried again, and may be mended by then.
  return { ...plain, permanent: false, reason: 'our-fault' }
}

/** The address is no more: between writing the row and sending it was taken away. */
export class NobodyThere extends Error {
  constructor(readonly reason: 'no-address') {
    super('There is nobody to send it to any more.')
    this.name = 'NobodyThere'
  }
}

/** Answers the provider's own id where it gives one. */
async function send(outside: DeliveryOutside, telling: Telling, one: ClaimedDelivery): Promise<string | null> {
  const key = deliveryKey(telling.broadcast, one)
  const about = aboutOf(telling, one)
  const person = personOf(outside, one)
  switch (one.channel) {
    case 'mail': {
      const mail = (await mailFor(outside, telling, about, one))(person)
      const host = new URL(outside.publicUrl).hostname
      const { id } = await outside.mail.send({
        to: mailAddress(outside, one),
        from: outside.mailFrom,
        ...mail,
        messageId: `<${key.slice(0, 40)}@${host}>`,
        headers: mailHeaders(host, person.unsubscribeUrl),
      })
      return id
    }
    case 'sms': {
      const message = { to: telephone(outside, one), text: outside.wording.sms(about)(person), idempotencyKey: key }
      return (await outside.sms!.send(message)).id
    }
    case 'push': {
      const words = outside.wording.push(about)
      const to = JSON.parse(subscribedAddress(outside, one)) as PushAddress
      await outside.push!.send({ to, payload: JSON.stringify(words), ttl: pushSeconds, topic: words.tag.slice(-32) })
      return null
    }
    case 'webhook': {
      const { id, secret } = one.subscription ?? {}
      if (!id || !secret) throw new NobodyThere('no-address')
      const payload = webhookEvent(telling.story, {
        language: one.language,
        publicUrl: outside.publicUrl,
        pageId: telling.pageId,
      })
      await outside.webhooks.send({
        url: subscribedAddress(outside, one),
        secret: outside.secrets.openText(secret, secretContext(id)),
        id: `msg_${key.slice(0, 32)}`,
        payload: JSON.stringify(payload),
      })
      return null
    }
  }
}

function aboutOf({ story, advice }: Telling, { language, adviceId, subscriber }: ClaimedDelivery): About {
  return {
    story,
    language,
    carrier: subscriber?.carrier ?? null,
    advice: (adviceId && advice.get(adviceId)) || null,
    named: Boolean(subscriber?.name?.trim()),
  }
}

function personOf(
  { secrets, publicUrl }: DeliveryOutside,
  { subscriber, subscription, language }: ClaimedDelivery,
): Person {
  const recipient = subscriber
    ? ({ kind: 'subscriber', id: subscriber.id } as const)
    : ({ kind: 'subscription', id: subscription?.id ?? '' } as const)
  const token = recipientToken(secrets, recipient)
  return {
    name: subscriber?.name?.trim() || null,
    unsubscribeUrl: `${publicUrl}/unsubscribe/${token}`,
    preferencesUrl: `${publicUrl}/${language}/subscribe/preferences?token=${token}`,
  }
}

function mailFor(
  { wording }: DeliveryOutside,
  { mails }: Telling,
  about: About,
  { carrierId, adviceId }: ClaimedDelivery,
) {
  const shared = `${about.language} ${carrierId} ${adviceId} ${about.named}`
  const known = mails.get(shared)
  if (known) return known
  const fresh = wording.mail(about)
  mails.set(shared, fresh)
  return fresh
}

/** RFC 8058 (one press ends it), RFC 2369, RFC 2919. */
const mailHeaders = (host: string, unsubscribeUrl: string): Record<string, string> => ({
  'List-Id': `Homeward <announcements.${host}>`,
  'List-Unsubscribe': `<${unsubscribeUrl}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

function subscribedAddress({ secrets }: DeliveryOutside, { subscription }: ClaimedDelivery): string {
  if (!subscription) throw new NobodyThere('no-address')
  return secrets.openText(subscription.address, addressContext(subscription.id))
}

/** Where a mail goes now, which need not be where it would have gone when its row was written. */
export function mailAddress(outside: DeliveryOutside, one: ClaimedDelivery): string {
  return one.subscriber ? one.subscriber.email : subscribedAddress(outside, one)
}

export function telephone(outside: DeliveryOutside, one: ClaimedDelivery): string {
  if (!one.subscriber) return subscribedAddress(outside, one)
  const number = telephoneOf(outside.secrets, one.subscriber)
  if (number === null) throw new NobodyThere('no-address')
  return number
}
