import { confirmationToken } from '@/domain/notification/confirm-subscription'
import { recipientKeys } from '@/domain/notification/recipient-key'
import { recipientToken } from '@/domain/notification/recipient-token'
import { addressContext, codeOf, confirmationSecrets } from '@/domain/notification/subscription-secrets'
import { loadSuppressed } from '@/domain/notification/suppressed'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'
import type { Channel, Language } from '@/prisma/generated/enums'

/** What is sent to an address that somebody gave, to learn whether its reader wants it. */
export type Confirmation = { to: string; language: Language; key: string } & (
  | { channel: 'mail'; confirm: { token: string } | null; preferencesToken: string }
  | { channel: 'sms'; code: string }
  | { channel: 'webhook' }
)

/**
 * Null where nothing is to be sent: confirmed meanwhile, ended, too late, or to an address that this installation was asked
 * to leave alone. Mail to an address in use already says so.
 * `key` stays the same for one question, however often it is sent.
 */
export async function loadConfirmation(secrets: Secrets, id: string, now: Date): Promise<Confirmation | null> {
  const subscription = await reader('every-carrier').subscription.findUnique({ where: { id } })
  if (!subscription) return null
  const { channel, status, language, confirmUntil } = subscription
  const isOpen = status === 'unconfirmed' && confirmUntil !== null && confirmUntil > now
  const about = { to: secrets.openText(subscription.address, addressContext(id)), language }
  if ((channel === 'mail' || channel === 'sms') && (await isLeftAlone(secrets, channel, about.to))) return null
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

/** Who complained, or asked for it, hears nothing because somebody types their address; what bounced may be tried anew. */
async function isLeftAlone(secrets: Secrets, channel: Channel, address: string): Promise<boolean> {
  const keys = recipientKeys(secrets, channel, address)
  const reason = (await loadSuppressed(channel, keys))(keys, null)
  return reason === 'complaint' || reason === 'asked'
}
