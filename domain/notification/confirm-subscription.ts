import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { badInput, wrongState } from '@/domain/errors'
import { isBarred, recordConfirmed, wrongCodesMs } from '@/domain/notification/ask-subscription'
import { readCoded } from '@/domain/notification/read-coded'
import { keyBytes, recipientKeys } from '@/domain/notification/recipient-key'
import { recipientToken } from '@/domain/notification/recipient-token'
import { keyText, readAddress } from '@/domain/notification/subscription-address'
import { addressContext, codeOf, confirmationSecrets, secretHash } from '@/domain/notification/subscription-secrets'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'
import type { Subscription } from '@/prisma/generated/client'

const form = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-([0-9a-f]{32})$/
const used = () => wrongState('link-used', 'The link was used, is too old, or is none of ours.')

/** What the link in a confirmation carries. */
export const confirmationToken = (id: string, secret: string): string => `${id}-${secret}`

/** Whoever reads at the address has said yes. Answers the token of the preferences. Pressed twice, it is confirmed once; too old, it opens nothing. */
export async function confirmSubscription(secrets: Secrets, token: string, now = new Date()): Promise<string> {
  const [, id = '', secret = ''] = form.exec(token) ?? []
  if (id === '') throw used()
  await transaction('every-carrier', async tx => {
    await tx.$queryRaw`SELECT 1 FROM subscriptions WHERE id = ${id}::uuid FOR UPDATE`
    const subscription = await tx.subscription.findUnique({ where: { id } })
    if (!subscription || subscription.channel === 'webhook' || !matches(subscription, secret)) throw used()
    if (subscription.confirmUntil === null || subscription.confirmUntil <= now) throw used()
    if (subscription.status === 'active') return
    if (subscription.status !== 'unconfirmed') throw used()
    await activate(tx, secrets, subscription, now)
  })
  return recipientToken(secrets, { kind: 'subscription', id })
}

const codeInput = z.object({
  address: z.string('address-missing').max(4_000, 'address-sms'),
  country: z.string().default('US'),
  code: z
    .string('code-missing')
    .transform(text => text.replaceAll(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'code-missing')),
})

/** The same by the code of a text message. Wrong ones count, and too many bar the number for an hour. */
export async function confirmByCode(
  secrets: Secrets,
  input: z.input<typeof codeInput>,
  now = new Date(),
): Promise<string> {
  const { address: text, country, code } = readCoded(codeInput, input)
  const address = readAddress('sms', text, country)
  const keys = recipientKeys(secrets, 'sms', address).map(keyBytes)
  // Returned, not thrown, from the transaction: the count of wrong codes must stay.
  const id = await transaction('every-carrier', async tx => {
    const known = await tx.subscription.findFirst({ where: { channel: 'sms', addressKey: { in: keys } } })
    await tx.$queryRaw`SELECT 1 FROM subscriptions WHERE id = ${known?.id ?? null}::uuid FOR UPDATE`
    const subscription = known && (await tx.subscription.findUnique({ where: { id: known.id } }))
    if (!subscription || !isOpen(subscription, now) || isBarred(subscription, now)) return null
    const codes = confirmationSecrets(secrets, subscription.id, subscription.confirmUntil!).map(codeOf)
    if (!codes.includes(code)) {
      await noteWrongCode(tx, subscription, now)
      return null
    }
    await activate(tx, secrets, subscription, now)
    return subscription.id
  })
  if (id === null) throw badInput('code', 'code-wrong', 'This is not the code that was sent.')
  return recipientToken(secrets, { kind: 'subscription', id })
}

async function noteWrongCode(tx: Tx, { id, failures, failingSince }: Subscription, now: Date): Promise<void> {
  const isOld = failingSince !== null && now.getTime() - failingSince.getTime() >= wrongCodesMs
  const data = isOld || failingSince === null ? { failures: 1, failingSince: now } : { failures: failures + 1 }
  await tx.subscription.update({ where: { id }, data })
}

const isOpen = ({ status, confirmUntil }: Subscription, now: Date): boolean =>
  status === 'unconfirmed' && confirmUntil !== null && confirmUntil > now

const matches = ({ confirmHash }: Subscription, secret: string): boolean =>
  confirmHash !== null && timingSafeEqual(confirmHash, secretHash(secret))

/** In use from here on. What the address said no to before it says yes to now; a carrier's own announcements are another matter. */
export async function activate(tx: Tx, secrets: Secrets, subscription: Subscription, now: Date): Promise<void> {
  const { id, channel, address } = subscription
  const data = { status: 'active', confirmedAt: now, failures: 0, failingSince: null } as const
  await tx.subscription.update({ where: { id }, data })
  const text = keyText(channel, secrets.openText(address, addressContext(id)))
  const keys = recipientKeys(secrets, channel, text).map(keyBytes)
  await tx.suppression.deleteMany({
    where: { channel, addressKey: { in: keys }, carrierId: null, reason: { in: ['unsubscribed', 'bounced'] } },
  })
  await recordConfirmed(tx, id, channel)
}
