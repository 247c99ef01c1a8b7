import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import type { Category } from '@/domain/record/category'
import type { StoredFinding } from '@/domain/recovery/intake-findings'
import { reader } from '@/domain/transaction'
import type { BatchStatus } from '@/prisma/generated/enums'

export interface BatchTotals {
  complete: number
  partial: number
  damaged: number
  /** Sum of what is known; null where nothing is. */
  expected: number | null
  /** How many subscribers it has something for, or knows that there was something. */
  subscribers: number
}

export interface FoundBatch {
  id: string
  name: string
  status: BatchStatus
  incident: string | null
  carrier: string | null
  asOf: Date | null
  bagitVersion: string | null
  externalId: string | null
  seenFiles: number | null
  seenOctets: number | null
  checkedFiles: number
  createdAt: Date
  decidedAt: Date | null
  subscribers: number
  /** Only the categories it has holdings of. */
  holdings: Partial<Record<Category, BatchTotals>>
  findings: StoredFinding[]
  /** The first thousand by path. */
  exceptions: { path: string; reason: string; detail: string | null }[]
  exceptionCount: number
  decisions: { staffId: string; use: boolean; reason: string; decidedAt: Date }[]
}

/** One batch by id or name, with counts per category, what is wrong with it and what could not be placed. No content. */
export async function findBatch(actor: Actor, by: { id: string } | { name: string }): Promise<FoundBatch> {
  authorize(actor, 'batch.read', { carrierId: null, subscriberId: null }, 'batch')
  const db = reader(actor)
  const row = await db.recoveryBatch.findUnique({
    where: by,
    include: {
      incident: { select: { slug: true } },
      exceptions: { orderBy: [{ path: 'asc' }, { reason: 'asc' }], take: 1000 },
      decisions: { orderBy: { decidedAt: 'asc' } },
      _count: { select: { exceptions: true } },
    },
  })
  if (!row) throw notFound('batch')
  const carrier = row.carrierId ? await db.carrier.findUnique({ where: { id: row.carrierId } }) : null
  const totals = await db.holding.groupBy({
    by: ['category'],
    where: { batchId: row.id },
    _sum: { complete: true, partial: true, damaged: true, expected: true },
    _count: true,
  })
  const [people] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(DISTINCT subscriber_id) AS count FROM holdings WHERE batch_id = ${row.id}::uuid`
  const holdings: FoundBatch['holdings'] = {}
  for (const { category, _sum, _count } of totals) {
    const { complete, partial, damaged, expected } = _sum
    holdings[category] = {
      complete: complete ?? 0,
      partial: partial ?? 0,
      damaged: damaged ?? 0,
      expected,
      subscribers: _count,
    }
  }
  const { id, name, status, asOf, bagitVersion, externalId, seenFiles, checkedFiles, createdAt, decidedAt } = row
  return {
    ...{ id, name, status, asOf, bagitVersion, externalId, seenFiles, checkedFiles, createdAt, decidedAt },
    incident: row.incident?.slug ?? null,
    carrier: carrier?.slug ?? null,
    seenOctets: row.seenOctets === null ? null : Number(row.seenOctets),
    subscribers: Number(people?.count ?? 0),
    holdings,
    findings: row.findings as unknown as StoredFinding[],
    exceptions: row.exceptions.map(({ path, reason, detail }) => ({ path, reason, detail })),
    exceptionCount: row._count.exceptions,
    decisions: row.decisions.map(({ staffId, use, reason, decidedAt: at }) => ({
      staffId,
      use,
      reason,
      decidedAt: at,
    })),
  }
}
