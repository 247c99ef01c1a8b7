import type { Tx } from '@/domain/transaction'
import { changeableDays } from '@/domain/triage/after/rating'

const hour = 3_600_000
/** What was given may be changed for so long, and is counted anew till then. */
const settlesMs = changeableDays * 24 * hour + 2 * hour

/** How people found it, by the hour in which they first said so: how many in all, and how many of each score. */
export async function countRatings(tx: Tx, uncounted: Date, until: Date): Promise<void> {
  const settled = Math.floor((until.getTime() - settlesMs) / hour) * hour
  const from = new Date(Math.min(uncounted.getTime(), settled))
  await tx.$executeRaw`DELETE FROM triage_hours WHERE hour >= ${from} AND hour < ${until} AND figure = 'rated'`
  await tx.$executeRaw`
    INSERT INTO triage_hours (carrier_id, hour, figure, slice, "of", count)
    SELECT r.carrier_id, date_trunc('hour', r.given_at, 'UTC'), 'rated', x.slice::figure_slice, x."of", count(*)::int
    FROM ticket_ratings r CROSS JOIN LATERAL (VALUES ('all', ''), ('score', r.score::text)) x (slice, "of")
    WHERE r.given_at >= ${from} AND r.given_at < ${until} GROUP BY 1, 2, x.slice, x."of"`
}
