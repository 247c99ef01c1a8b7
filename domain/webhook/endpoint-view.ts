import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { scope } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { endpointAddressContext } from '@/domain/webhook/endpoint-contexts'
import type { WebhookEndpoint } from '@/prisma/generated/client'

/** An endpoint as its program reads it. */
export interface EndpointView {
  id: string
  url: string
  kinds: string[]
  status: WebhookEndpoint['status']
  failures: number
  failingSince: Date | null
  createdAt: Date
}

export function viewOf(secrets: Secrets, endpoint: WebhookEndpoint): EndpointView {
  const { id, address, kinds, status, failures, failingSince, createdAt } = endpoint
  return {
    id,
    url: secrets.openText(address, endpointAddressContext(id)),
    kinds,
    status,
    failures,
    failingSince,
    createdAt,
  }
}

/** The token by which a program's own endpoints are known. Refuses whoever may have none. */
export function tokenOf(actor: Actor): string {
  scope(actor, 'endpoint.manage')
  if (actor.role === 'machine') return actor.tokenId
  throw new Refusal('not-allowed', 'not-allowed', 'Endpoints are a program’s own.')
}
