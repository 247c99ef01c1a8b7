import type { Tx } from '@/domain/transaction'

/** What every batch holds for the subscriber: counts and digests, never a record. */
export async function gatherFound(db: Tx, { id: subscriberId }: { id: string }) {
  const rows = await db.holding.findMany({
    where: { subscriberId },
    include: { batch: { include: { incident: { select: { slug: true } } } } },
    orderBy: [{ asOf: 'asc' }, { category: 'asc' }, { id: 'asc' }],
  })
  return {
    holdings: rows.map(({ batch, ...one }) => ({
      id: one.id,
      batch: batch.name,
      batchStatus: batch.status,
      incident: batch.incident?.slug ?? null,
      category: one.category,
      asOf: one.asOf,
      complete: one.complete,
      partial: one.partial,
      damaged: one.damaged,
      expected: one.expected,
      missing: one.missing,
      octets: Number(one.octets),
      sha256: one.digest,
    })),
  }
}
