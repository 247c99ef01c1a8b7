import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** Device accounts the actor may see, without credentials. A subscriber's own; for staff those of one subscriber. */
export async function listAccounts(actor: Actor, input: { subscriberId?: string } = {}) {
  return reader().deviceAccount.findMany({
    where: {
      ...(input.subscriberId ? { subscriberId: input.subscriberId } : {}),
      ...scope(actor, 'account.list'),
      status: { not: 'removed' },
    },
    select: {
      id: true,
      kind: true,
      label: true,
      url: true,
      filesUrl: true,
      username: true,
      status: true,
      createdAt: true,
    },
    orderBy: { createdAt: 'asc' },
  })
}
