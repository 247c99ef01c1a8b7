import { confirmationToken } from '@/domain/notification/confirm-subscription'
import { recipientToken } from '@/domain/notification/recipient-token'
import { addressContext, codeOf, confirmationSecrets } from '@/domain/notification/subscription-secrets'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'
import type { Language } from '@/prisma/generated/enums'

/** What is sent to an address that somebody gave, to learn whether its reader wants it. */
export type Confirmation = { to: string; language: Language; key: string } & (
  | { channel: 'mail'; confirm: { token: string } | null; preferencesToken: string }
  | { channel: 'sms'; code: string }
  | { channel: 'webhook' }
)

/**
 * Null where nothing is to be sent: confirmed meanwhile, ended, or too late. Mail to an address in use already says so.
 * `key` stays the same for one question, however often it is sent.
 */
export async function loadConfirmation(secrets: Secrets, id: string, now: Date): Promise<Confirmation | null> {
  const subscription = await reader().subscription.findUnique({ where: { id } })
  if (!subscription) return null
  const { channel, status, language, confirmUntil } = subscription
  const isOpen = status === 'unconfirmed' && confirmUntil !== null && confirmUntil > now
  const about = { to: secrets.openText(subscription.address, addressContext(id)), language }
  const [secret = ''] = confirmUntil === null ? [] : confirmationSecrets(secrets, id, confirmUntil)
  const key = `${id}-${confirmUntil?.getTime() ?? 0}`
  if (channel === 'mail' && (isOpen || status === 'active')) {
    const confirm = isOpen ? { token: confirmationToken(id, secret) } : null
    const preferencesToken = recipientToken(secrets, { kind: 'subscription', id })
    return { channel, ...about, key: isOpen ? key : `${key}-${now.getTime()}`, confirm, preferencesToken }
  }
  if (!isOpen) return null
  if (channel === 'sms') return { channel, ...about, key, code: codeOf(secret) }
  return channel === 'webhook' ? { channel, ...about, key } : null
}
