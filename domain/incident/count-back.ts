import { Prisma, reader, type SeenBy } from '@/domain/transaction'
import type { Category } from '@/prisma/generated/enums'

/** Records that are in accounts now because of finished restores, and how many people's; null: of all categories. */
interface Back {
  category: Category | null
  records: number
  people: number
}

/**
 * What finished restores put into accounts or found there, of an incident's holdings, less what was undone since: of one
 * subscriber, or of everybody. Each record counts once, however often it was asked for and into however many accounts; one
 * that lies where a newer holding's lies is that one. What one restore only found, and the undo of another took away, is gone.
 */
export function countBack(by: SeenBy, incidentId: string, subscriberId: string | null): Promise<Back[]> {
  const whose = subscriberId === null ? Prisma.empty : Prisma.sql`AND q.subscriber_id = ${subscriberId}::uuid`
  // A plan's ordinals run through its holdings in the order in which they were asked for. Whoever asked once, for one
  // holding, and undid nothing in that account has what the run has counted; single outcomes are read of the others only.
  return reader(by).$queryRaw<Back[]>`
    WITH asked AS (
      SELECT q.id AS request_id, q.subscriber_id, q.account_id, i.category, h.id AS holding_id, b.incident_id,
        h.as_of, b.created_at, h.complete + h.partial + h.damaged AS found,
        sum(h.complete + h.partial + h.damaged) OVER before - (h.complete + h.partial + h.damaged) AS first_n,
        count(*) OVER (PARTITION BY q.subscriber_id, i.category) = 1
          AND NOT EXISTS (SELECT FROM runs u WHERE u.account_id = q.account_id AND u.kind = 'undo') AS plain
      FROM restore_requests q
        JOIN request_items i ON i.request_id = q.id
        JOIN holdings h ON h.id = i.holding_id
        JOIN recovery_batches b ON b.id = h.batch_id
      WHERE q.status = 'done' ${whose}
      WINDOW before AS (PARTITION BY q.id, i.category ORDER BY i.position, h.id)
    ), mine AS (
      SELECT a.*, r.id AS run_id, rank() OVER (PARTITION BY a.subscriber_id, a.category
        ORDER BY a.as_of DESC, a.created_at DESC, a.holding_id DESC) AS age
      FROM asked a JOIN runs r ON r.request_id = a.request_id AND r.kind = 'restore' AND r.status = 'done'
      WHERE a.incident_id = ${incidentId}::uuid
    ), plain AS (
      SELECT m.subscriber_id, m.category,
        coalesce((c.counts->>'created')::int, 0) + coalesce((c.counts->>'merged')::int, 0)
          + coalesce((c.counts->>'keptBoth')::int, 0) + coalesce((c.counts->>'alreadyPresent')::int, 0) AS records
      FROM mine m JOIN run_categories c ON c.run_id = m.run_id AND c.category = m.category
      WHERE m.plain
    ), put AS (
      SELECT m.subscriber_id, m.category, m.account_id, m.holding_id, m.age, (one->>'n')::int - m.first_n AS ordinal,
        one->>'href' AS href, k.committed_at
      FROM mine m
        JOIN outcome_chunks k ON k.run_id = m.run_id AND k.category = m.category
          AND k.to_ordinal >= m.first_n AND k.from_ordinal < m.first_n + m.found
        CROSS JOIN LATERAL jsonb_array_elements(k.outcomes) AS one
      WHERE NOT m.plain AND one->>'outcome' IN ('created', 'merged', 'keptBoth', 'alreadyPresent')
        AND (one->>'n')::int >= m.first_n AND (one->>'n')::int < m.first_n + m.found
    ), taken AS (
      SELECT u.account_id, k.category, one->>'href' AS href, max(k.committed_at) AS at
      FROM runs u JOIN outcome_chunks k ON k.run_id = u.id CROSS JOIN LATERAL jsonb_array_elements(k.outcomes) AS one
      WHERE u.kind = 'undo' AND u.account_id IN (SELECT account_id FROM put)
        AND one->>'outcome' IN ('removed', 'putBack', 'gone') AND one->>'href' IS NOT NULL
      GROUP BY u.account_id, k.category, one->>'href'
    ), there AS (
      SELECT p.*, CASE WHEN p.href IS NULL THEN p.age
        ELSE min(p.age) OVER (PARTITION BY p.subscriber_id, p.category, p.account_id, p.href) END AS youngest
      FROM put p LEFT JOIN taken t ON t.account_id = p.account_id AND t.category = p.category AND t.href = p.href
      WHERE t.at IS NULL OR t.at < p.committed_at
    ), records AS (
      SELECT subscriber_id, category FROM there
      GROUP BY subscriber_id, category, holding_id, ordinal
      HAVING bool_and(youngest = age)
    ), people AS (
      SELECT subscriber_id, category, records FROM plain
      UNION ALL
      SELECT subscriber_id, category, count(*)::int AS records FROM records GROUP BY subscriber_id, category
    )
    SELECT category, sum(records)::float8 AS records, count(DISTINCT subscriber_id)::int AS people
    FROM people WHERE records > 0 GROUP BY GROUPING SETS ((category), ())`
}
