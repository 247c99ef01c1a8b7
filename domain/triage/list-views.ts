import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { type QueueFilter, queueFilter } from '@/domain/triage/queue-filter'

export interface SavedView {
  id: string
  name: string
  filter: QueueFilter
  newestFirst: boolean
  shared: boolean
  own: boolean
  /** Who shares it. */
  keeper: string
}

const mostListed = 60

/**
 * The views that the actor keeps, by name, and then those that others share with them: of their own carrier and of the
 * installation. One whose filter says what no list is narrowed by any more is left out.
 */
export async function listViews(actor: Actor): Promise<SavedView[]> {
  scope(actor, 'queue.read')
  if (!('staffId' in actor)) return []
  const { staffId, carrierId } = actor
  const others = carrierId === null ? { carrierId: null } : { OR: [{ carrierId }, { carrierId: null }] }
  const rows = await reader(actor).savedView.findMany({
    where: { OR: [{ keptBy: staffId }, { shared: true, ...others }] },
    include: { keeper: { select: { name: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: mostListed,
  })
  const views = rows.flatMap(({ id, name, filter, newestFirst, shared, keptBy, keeper }) => {
    const read = queueFilter.safeParse(filter)
    return read.success
      ? [{ id, name, filter: read.data, newestFirst, shared, own: keptBy === staffId, keeper: keeper.name }]
      : []
  })
  return [...views.filter(({ own }) => own), ...views.filter(({ own }) => !own)]
}
