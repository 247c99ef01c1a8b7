import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { openStatuses } from '@/domain/restore/request-status'
import { reader } from '@/domain/transaction'
import type { RequestStatus } from '@/prisma/generated/enums'

const statuses = [...openStatuses, 'declined', 'done', 'undone'] as const satisfies readonly RequestStatus[]

/** How many restore requests stand in each state, of the carriers that the actor may count. States without any say 0. */
export async function countRequests(actor: Actor): Promise<Record<RequestStatus, number>> {
  const rows = await reader(actor).restoreRequest.groupBy({
    by: ['status'],
    where: scope(actor, 'request.count'),
    _count: { _all: true },
  })
  const counts = Object.fromEntries(statuses.map(status => [status, 0])) as Record<RequestStatus, number>
  for (const { status, _count } of rows) counts[status] = _count._all
  return counts
}
