import { badInput } from '@/domain/errors'
import { readAddress } from '@/domain/notification/subscription-address'
import { type WebhookGateway, WebhookNotSent } from '@/domain/notification/webhook-gateway'

/** Refuses an address that is none, or that may not be spoken to: it lies inside a private network, or its name is not known. */
export async function checkEndpoint(webhooks: Pick<WebhookGateway, 'check'>, url: string): Promise<void> {
  const address = readAddress('webhook', url, 'US')
  try {
    await webhooks.check(address)
  } catch (error) {
    if (!(error instanceof WebhookNotSent)) throw error
    throw badInput('url', error.code, 'This address cannot be used: https, and outside of private networks.')
  }
}
