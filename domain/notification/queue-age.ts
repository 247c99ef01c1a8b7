import { reader } from '@/domain/transaction'

/** How long the oldest waits that should be under way by now, in whole seconds; 0 where nothing waits. */
export interface QueueAge {
  deliveries: number
  tasks: number
}

/** Of each channel of a broadcast so many are looked at, those that are due first. */
const looked = 500

/**
 * Counts, for whoever watches the installation; nobody is asked who they are. A delivery waits from when its row was written,
 * or sent for again, however often it was tried meanwhile: a provider that takes nothing lets it grow old. Where the
 * provider does take this broadcast, one recipient that it puts off waits only while it is due.
 */
export async function queueAge(): Promise<QueueAge> {
  const [age] = await reader('every-carrier').$queryRaw<QueueAge[]>`
    WITH open AS (
      SELECT b.id, c.channel, (
        SELECT max(at) FROM events WHERE subject = 'broadcast:' || b.id AND kind = 'delivery.retried') AS retried,
        c.channel IN ('push', 'webhook') OR EXISTS (
          SELECT FROM (SELECT channel, status FROM deliveries WHERE broadcast_id = b.id LIMIT 2000) few
          WHERE few.channel = c.channel AND few.status IN ('sent', 'delivered', 'bounced')) AS taken
      FROM broadcasts b CROSS JOIN unnest(enum_range(NULL::channel)) AS c (channel)
      WHERE b.status IN ('spreading', 'sending')
    ), waiting AS (
      SELECT open.*, d.created_at, d.not_before, d.tried
      FROM open CROSS JOIN LATERAL (
        (SELECT created_at, not_before, attempts > 0 AS tried FROM deliveries
         WHERE broadcast_id = open.id AND channel = open.channel AND status = 'pending'
         ORDER BY not_before, id LIMIT ${looked})
        UNION ALL
        (SELECT created_at, claimed_at, false FROM deliveries
         WHERE broadcast_id = open.id AND channel = open.channel AND status = 'sending'
         ORDER BY claimed_at LIMIT ${looked})) d
    ), since AS (
      SELECT CASE WHEN tried AND taken THEN not_before ELSE greatest(created_at, retried) END AS at FROM waiting
    )
    SELECT coalesce(extract(epoch FROM now() - (SELECT min(at) FROM since WHERE at <= now()))::int, 0) AS deliveries,
      coalesce(extract(epoch FROM now() - (
        SELECT min(run_at) FROM tasks WHERE status = 'waiting' AND run_at <= now()))::int, 0) AS tasks`
  return { deliveries: Math.max(age?.deliveries ?? 0, 0), tasks: Math.max(age?.tasks ?? 0, 0) }
}
