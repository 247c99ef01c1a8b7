import type { Actor } from '@/domain/actor'
import { addressContext } from '@/domain/notification/subscription-secrets'
import { authorizeEver } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'
import type { Channel, SubscriptionStatus } from '@/prisma/generated/enums'

export interface ListedWebhook {
  id: string
  /** Host and path; what stands behind a question mark may be a secret of theirs. */
  address: string
  status: SubscriptionStatus
  failures: number
  failingSince: Date | null
  createdAt: Date
}

/** Endpoints that are or were in use: those that fail first, then the newest. */
export async function listWebhooks(actor: Actor, secrets: Secrets, atMost = 200): Promise<ListedWebhook[]> {
  authorizeEver(actor, 'subscription.manage')
  const rows = await reader(actor).subscription.findMany({
    where: { channel: 'webhook', status: { in: ['active', 'disabled', 'unconfirmed'] } },
    orderBy: [{ failures: 'desc' }, { createdAt: 'desc' }],
    take: atMost,
  })
  return rows.map(({ id, address, status, failures, failingSince, createdAt }) => {
    const { host, pathname } = new URL(secrets.openText(address, addressContext(id)))
    return { id, address: `${host}${pathname}`, status, failures, failingSince, createdAt }
  })
}

/** How many subscriptions stand in each state, by channel. */
export async function countSubscriptions(
  actor: Actor,
): Promise<{ channel: Channel; status: SubscriptionStatus; count: number }[]> {
  authorizeEver(actor, 'subscription.manage')
  const rows = await reader(actor).subscription.groupBy({ by: ['channel', 'status'], _count: { _all: true } })
  return rows.map(({ channel, status, _count }) => ({ channel, status, count: _count._all }))
}
