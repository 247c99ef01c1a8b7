import { createHash, randomBytes } from 'node:crypto'
import type { Secrets } from '@/domain/subscriber/secrets'

export const addressContext = (subscriptionId: string): string => `subscription:${subscriptionId}:address`
export const secretContext = (subscriptionId: string): string => `subscription:${subscriptionId}:secret`

/** A webhook's signing secret as Standard Webhooks writes it: 24 random bytes. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`

/**
 * What a subscription's confirmation asks for: the same for the same subscription and deadline, so that it need not be
 * stored to be sent a second time. One for each key of the ring, the current key's first.
 */
export function confirmationSecrets(secrets: Secrets, subscriptionId: string, until: Date): string[] {
  const value = `${subscriptionId} ${until.toISOString()}`
  return secrets.blindIndexes(value, 'subscription-confirmation').map(digest => digest.slice(0, 32))
}

/** Six digits for a telephone, from the secret. */
export const codeOf = (secret: string): string =>
  String(Number.parseInt(secret.slice(0, 12), 16) % 1_000_000).padStart(6, '0')

export const secretHash = (secret: string): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(secret).digest())
