import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { type Category, categories } from '@/domain/record/category'
import { reader } from '@/domain/transaction'

interface CategoryCounts {
  complete: number
  partial: number
  damaged: number
}

/**
 * How many records batches that may be used hold in each category, of the carriers that the actor may count. Where a later batch
 * holds the same person's records again, both count: these are the batches' numbers.
 */
export async function countHoldings(actor: Actor): Promise<Record<Category, CategoryCounts>> {
  const rows = await reader(actor).holding.groupBy({
    by: ['category'],
    where: { ...scope(actor, 'holding.count'), batch: { status: { in: ['accepted', 'released'] } } },
    _sum: { complete: true, partial: true, damaged: true },
  })
  return Object.fromEntries(
    categories.map(category => {
      const sum = rows.find(row => row.category === category)?._sum
      const { complete, partial, damaged } = sum ?? { complete: 0, partial: 0, damaged: 0 }
      return [category, { complete: complete ?? 0, partial: partial ?? 0, damaged: damaged ?? 0 }]
    }),
  ) as Record<Category, CategoryCounts>
}
