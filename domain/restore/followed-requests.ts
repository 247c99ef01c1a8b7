import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import type { RequestStatus } from '@/prisma/generated/enums'

const shape = {
  subscriber: { select: { accountId: true, carrier: { select: { slug: true } } } },
  items: { select: { category: true, holdingId: true }, orderBy: { position: 'asc' } },
} satisfies Prisma.RestoreRequestInclude

/** A request as a carrier's program knows it: ids, codes and times, the subscriber by the carrier's own account id. */
export type FollowedRequest = Awaited<ReturnType<typeof findFollowedRequest>>

/** A page of the requests that the actor may follow, in the order in which they were filed; `after`: where the page before ended. */
export async function listFollowedRequests(
  actor: Actor,
  {
    status,
    accountId,
    after,
    take,
  }: {
    status?: RequestStatus | undefined
    accountId?: string | undefined
    after?: { at: Date; id: string } | undefined
    take: number
  },
): Promise<FollowedRequest[]> {
  const rows = await reader(actor).restoreRequest.findMany({
    where: {
      ...scope(actor, 'request.follow'),
      ...(status ? { status } : {}),
      ...(accountId === undefined ? {} : { subscriber: { accountId } }),
      ...(after ? { OR: [{ filedAt: { gt: after.at } }, { filedAt: after.at, id: { gt: after.id } }] } : {}),
    },
    include: shape,
    orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
    take,
  })
  return rows.map(seen)
}

export async function findFollowedRequest(actor: Actor, id: string) {
  const where = { id, ...scope(actor, 'request.follow') }
  const row = await reader(actor).restoreRequest.findFirst({ where, include: shape })
  if (!row) throw notFound('request')
  return seen(row)
}

function seen({ subscriber, items, ...row }: Prisma.RestoreRequestGetPayload<{ include: typeof shape }>) {
  const { id, subscriberId, reference, status, rule, accountId, filedAt, decidedAt, finishedAt, undoUntil } = row
  const { waitReason, declineReason, version } = row
  return {
    ...{ id, subscriberId, reference, status, rule, filedAt, decidedAt, finishedAt, undoUntil },
    ...{ waitReason, declineReason, version },
    carrier: subscriber.carrier.slug,
    subscriberAccountId: subscriber.accountId,
    deviceAccountId: accountId,
    categories: [...new Set(items.map(({ category }) => category))],
    holdingIds: items.map(({ holdingId }) => holdingId),
  }
}
