import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** Device accounts of a subscriber, without credentials: the actor's own unless another is named. */
export async function listAccounts(actor: Actor, input: { subscriberId?: string } = {}) {
  const id = input.subscriberId ?? (actor.role === 'subscriber' ? actor.subscriberId : undefined)
  const subscriber = id === undefined ? null : await reader(actor).subscriber.findUnique({ where: { id } })
  const whose = { carrierId: subscriber?.carrierId ?? null, subscriberId: subscriber?.id ?? null }
  authorize(actor, 'account.list', whose, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  return reader(actor).deviceAccount.findMany({
    where: { subscriberId: subscriber.id, status: { not: 'removed' } },
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
