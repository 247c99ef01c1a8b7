import type { Settled, UndoSettled } from '@/domain/restore/outcome'
import type { Tx } from '@/domain/transaction'

/** What was asked for, and what became of every record, by its number in the frozen plan: no name, no address, no content. */
export async function gatherPushed(db: Tx, { id: subscriberId }: { id: string }) {
  const requests = await db.restoreRequest.findMany({
    where: { subscriberId },
    include: {
      items: { orderBy: [{ category: 'asc' }, { position: 'asc' }, { holdingId: 'asc' }] },
      account: { select: { id: true, kind: true, createdAt: true } },
      crossing: true,
      runs: {
        include: {
          categories: { orderBy: { category: 'asc' } },
          chunks: { orderBy: [{ category: 'asc' }, { fromOrdinal: 'asc' }] },
        },
        orderBy: { createdAt: 'asc' },
      },
    },
    orderBy: { filedAt: 'asc' },
  })
  const crossings = await db.crossing.findMany({
    where: { OR: [{ sourceId: subscriberId }, { targetId: subscriberId }] },
    include: { request: { select: { status: true, finishedAt: true } } },
    orderBy: { id: 'asc' },
  })
  return {
    /** Between this person and another: ids and times, and of the other's account no word. */
    crossings: crossings.map(one => ({
      id: one.id,
      side: one.sourceId === subscriberId ? 'source' : 'target',
      otherId: one.sourceId === subscriberId ? one.targetId : one.sourceId,
      status: one.status,
      endReason: one.endReason,
      sourceConsentedAt: one.sourceConsentedAt,
      targetConsentedAt: one.targetConsentedAt,
      opensAt: one.opensAt,
      endedAt: one.endedAt,
      request: one.request?.status ?? null,
      finishedAt: one.request?.finishedAt ?? null,
    })),
    requests: requests.map(one => ({
      id: one.id,
      reference: one.reference,
      status: one.status,
      rule: one.rule,
      splitFromId: one.splitFromId,
      crossingId: one.crossing?.id ?? null,
      account: one.account,
      filedAt: one.filedAt,
      decidedAt: one.decidedAt,
      decidedBy: one.decidedBy,
      declineReason: one.declineReason,
      finishedAt: one.finishedAt,
      holdings: one.items.map(({ holdingId, category }) => ({ holdingId, category })),
      runs: one.runs.map(run => ({
        id: run.id,
        kind: run.kind,
        status: run.status,
        createdAt: run.createdAt,
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
        categories: run.categories.map(({ category, planned, settled, verified, counts, expected }) => {
          return { category, planned, settled, verified, counts, expected }
        }),
        outcomes: run.chunks.flatMap(({ category, committedAt, outcomes }) =>
          (outcomes as unknown as (Settled | UndoSettled)[]).map(({ n, outcome, reason, ...more }) => {
            const readBack = 'etag' in more ? { etag: more.etag, verified: more.verified } : {}
            return { category, n, outcome, reason, ...readBack, committedAt }
          }),
        ),
      })),
    })),
  }
}
