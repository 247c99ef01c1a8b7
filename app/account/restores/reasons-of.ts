import { outside } from '@/app/_shell/outside'
import type { Visit } from '@/app/_shell/visit'
import type { Category } from '@/domain/record/category'
import type { Outcome, OutcomeReason } from '@/domain/restore/outcome'
import { readOutcomes } from '@/domain/restore/read-report'

export interface ReasonCount {
  outcome: Outcome
  reason: OutcomeReason | null
  counts: Partial<Record<Category, number>>
  total: number
}

/** How many records became what, and why; those that were simply brought back are not counted. */
export async function reasonsOf({ actor }: Visit, requestId: string): Promise<ReasonCount[]> {
  const byReason = new Map<string, ReasonCount>()
  for await (const { outcome, reason, category } of readOutcomes(actor, outside(), requestId)) {
    const key = `${outcome} ${reason}`
    const counted = byReason.get(key) ?? { outcome, reason, counts: {}, total: 0 }
    counted.counts[category] = (counted.counts[category] ?? 0) + 1
    counted.total++
    byReason.set(key, counted)
  }
  return [...byReason.values()].sort((a, b) => b.total - a.total)
}
