import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { openStatuses } from '@/domain/restore/request-status'
import { reader } from '@/domain/transaction'

/** A subscriber's own open request that asks for some of these holdings already, the first; null where there is none. */
export async function findOverlap(
  actor: Actor,
  holdingIds: readonly string[],
): Promise<{ id: string; reference: string; filedAt: Date } | null> {
  return reader(actor).restoreRequest.findFirst({
    where: {
      ...scope(actor, 'request.list'),
      status: { in: [...openStatuses] },
      items: { some: { holdingId: { in: [...holdingIds] } } },
    },
    select: { id: true, reference: true, filedAt: true },
    orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
  })
}
