import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { reader } from '@/domain/transaction'

/** What each batch holds for one subscriber, newest first in each category. `newest` marks what a restore takes by itself. */
export async function listHoldings(actor: Actor, input: { subscriberId: string; asOf?: Date }) {
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: input.subscriberId } })
  authorize(
    actor,
    'holding.list',
    subscriber
      ? { carrierId: subscriber.carrierId, subscriberId: subscriber.id }
      : { carrierId: null, subscriberId: null },
    'subscriber',
  )
  if (!subscriber) throw notFound('subscriber')
  const rows = await reader(actor).holding.findMany({
    where: { subscriberId: input.subscriberId, ...(input.asOf ? { asOf: { lte: input.asOf } } : {}) },
    include: { batch: { select: { name: true, status: true } } },
    orderBy: [{ asOf: 'desc' }, { batch: { createdAt: 'desc' } }],
  })
  const taken = new Set<string>()
  const listed = rows.map(row => {
    const usable = row.batch.status === 'accepted' || row.batch.status === 'released'
    const newest = usable && !taken.has(row.category)
    if (newest) taken.add(row.category)
    const { id, category, complete, partial, damaged, expected, asOf, objectKey, digest } = row
    const missing = row.missing as Record<string, number>
    return {
      id,
      batch: row.batch.name,
      category,
      complete,
      partial,
      damaged,
      expected,
      asOf,
      objectKey,
      digest,
      missing,
      newest,
      usable,
    }
  })
  return listed.sort((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category))
}
