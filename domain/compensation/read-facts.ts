import type { Facts, Sources } from '@/domain/compensation/facts'
import { Prisma, type Tx } from '@/domain/transaction'
import type { LossCategory } from '@/prisma/generated/enums'

export interface Eligible {
  subscriberId: string
  facts: Facts
  sources: Sources
}

interface Row {
  id: string
  loss: LossCategory
  lost: number | null
  holdings: string[]
  account: string | null
  advice: string | null
  ticket: string | null
  restored_at: Date | null
}

/**
 * A page of a carrier's subscribers in the order of their ids, with everything that its rules ask of an incident: one statement.
 * What was lost is told as subscriber_losses tells it, of the incident's own batches.
 */
export async function readFacts(
  tx: Tx,
  incident: { id: string; startedAt: Date },
  { carrierId, after, take, only }: { carrierId: string; after: string | null; take: number; only?: string },
  now: Date,
): Promise<Eligible[]> {
  const which = only === undefined ? Prisma.sql`true` : Prisma.sql`s.id = ${only}::uuid`
  const behind = after === null ? Prisma.sql`true` : Prisma.sql`s.id > ${after}::uuid`
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id, l.loss, l.lost, l.holdings,
      (SELECT d.id FROM device_accounts d WHERE d.subscriber_id = s.id AND d.cooling_until IS NULL
        ORDER BY d.created_at, d.id LIMIT 1) AS account,
      (SELECT a.advice_id FROM advice_shown a JOIN advice_versions v ON v.id = a.advice_id
        WHERE a.subscriber_id = s.id AND v.incident_id = ${incident.id}::uuid ORDER BY a.shown_at, a.advice_id LIMIT 1) AS advice,
      (SELECT t.id FROM tickets t WHERE t.subscriber_id = s.id AND t.kind = 'advice-loss' ORDER BY t.opened_at, t.id LIMIT 1) AS ticket,
      (SELECT min(r.finished_at) FROM restore_requests r WHERE r.subscriber_id = s.id AND r.status = 'done') AS restored_at
    FROM subscribers s
    JOIN LATERAL (
      SELECT (CASE
          WHEN bool_or(h.expected > 0 AND (h.complete + h.partial) * 2 < h.expected) THEN 'significant'
          WHEN bool_or(h.partial > 0 OR h.damaged > 0 OR h.expected > h.complete + h.partial) THEN 'partly'
          WHEN count(h.category) = 0 OR bool_or(h.expected IS NULL) THEN 'unknown'
          ELSE 'nothing'
        END) AS loss,
        CASE WHEN bool_and(h.expected IS NOT NULL)
          THEN sum(greatest(h.expected - h.complete, 0))::int END AS lost,
        coalesce(array_agg(h.id::text ORDER BY h.category) FILTER (WHERE h.id IS NOT NULL), '{}') AS holdings
      FROM (
        SELECT DISTINCT ON (o.category) o.id, o.category, o.expected, o.complete, o.partial, o.damaged
        FROM holdings o JOIN recovery_batches b ON b.id = o.batch_id
        WHERE o.subscriber_id = s.id AND b.incident_id = ${incident.id}::uuid AND b.status IN ('accepted', 'released')
        ORDER BY o.category, o.as_of DESC, o.id DESC
      ) h
    ) l ON true
    WHERE s.carrier_id = ${carrierId}::uuid AND ${behind} AND ${which} ORDER BY s.id LIMIT ${take}`
  return rows.map(row => {
    const { id, loss, lost, holdings, account, advice, ticket, restored_at: restoredAt } = row
    const days = Math.floor(((restoredAt ?? now).getTime() - incident.startedAt.getTime()) / 86_400_000)
    return {
      subscriberId: id,
      facts: {
        loss,
        'account-known': account !== null,
        'advice-shown': advice !== null,
        'advice-followed': ticket !== null,
        'days-without-data': Math.max(0, days),
        'lost-records': lost,
      },
      sources: {
        ...{ holdings, account, advice, ticket },
        incidentStartedAt: incident.startedAt.toISOString(),
        restoredAt: restoredAt?.toISOString() ?? null,
      },
    }
  })
}
