import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { type Category, categories } from '@/domain/record/category'
import { type HoldingView, holdingView } from '@/domain/record/find-holding'
import { isUsable } from '@/domain/recovery/batch-status'
import { reader } from '@/domain/transaction'

/** How one category stands for its owner. */
export interface CategoryOverview {
  category: Category
  /**
   * ready: there are records to look at. checking: something was found and is not cleared for use yet.
   * nothing: it was looked for and nothing was found. none: nothing is known yet.
   */
  standing: 'ready' | 'checking' | 'nothing' | 'none'
  newest: HoldingView | null
  /** An earlier holding with more records than the newest: people may take both. */
  fuller: HoldingView | null
  /** Records known before the incident that are in no holding; null where nobody knows how many there were. */
  notFound: number | null
}

/** Every category with what was recovered of it; none is left out, because silence is the worst answer. */
export async function readOverview(actor: Actor): Promise<CategoryOverview[]> {
  const rows = await reader(actor).holding.findMany({
    where: scope(actor, 'overview.read'),
    include: { batch: { select: { status: true, createdAt: true } } },
    orderBy: [{ asOf: 'desc' }, { batch: { createdAt: 'desc' } }],
  })
  return categories.map(category => {
    const mine = rows.filter(row => row.category === category)
    const usable = mine.filter(row => isUsable(row.batch.status)).map(holdingView)
    const newest = usable[0] ?? null
    const fuller = usable.slice(1).find(one => one.found > (newest?.found ?? 0)) ?? null
    return {
      category,
      standing: standingOf(usable, mine.length > usable.length),
      newest,
      fuller,
      notFound: newest === null || newest.expected === null ? null : Math.max(0, newest.expected - newest.found),
    }
  })
}

function standingOf(usable: HoldingView[], held: boolean): CategoryOverview['standing'] {
  if (usable.some(one => one.found > 0)) return 'ready'
  if (held) return 'checking'
  return usable.length > 0 ? 'nothing' : 'none'
}
