import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { type PolicyVerb, scope } from '@/domain/policy'
import type { Category } from '@/domain/record/category'
import { usableBatchStatuses } from '@/domain/recovery/batch-status'
import { reader } from '@/domain/transaction'

/** What one batch holds for one subscriber in one category, as its owner sees it. Counts are records. */
export interface HoldingView {
  id: string
  category: Category
  complete: number
  partial: number
  damaged: number
  /** All of them: complete, partial and damaged. */
  found: number
  /** Known before the incident; null = unknown. */
  expected: number | null
  asOf: Date
  objectKey: string | null
  octets: number
  /** How many records lack which field. */
  missing: Record<string, number>
}

interface HoldingRow extends Omit<HoldingView, 'found' | 'octets' | 'missing'> {
  octets: bigint
  missing: unknown
}

export function holdingView(row: HoldingRow): HoldingView {
  const { id, category, complete, partial, damaged, expected, asOf, objectKey, octets, missing } = row
  return {
    id,
    category,
    complete,
    partial,
    damaged,
    found: complete + partial + damaged,
    expected,
    asOf,
    objectKey,
    octets: Number(octets),
    missing: (missing ?? {}) as Record<string, number>,
  }
}

/** One holding of the actor's own, of a batch that may be used. Throws a Refusal "not-found" for any other. */
export async function findHolding(actor: Actor, verb: PolicyVerb, id: string): Promise<HoldingView> {
  const row = await reader(actor).holding.findFirst({
    where: { id, ...scope(actor, verb), batch: { status: { in: [...usableBatchStatuses] } } },
  })
  if (row === null) throw notFound('holding')
  return holdingView(row)
}
