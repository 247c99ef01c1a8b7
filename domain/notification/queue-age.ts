import { reader } from '@/domain/transaction'

/** How long the oldest waits that should be under way by now, in whole seconds; 0 where nothing waits. */
export interface QueueAge {
  deliveries: number
  tasks: number
}

/** Counts, for whoever watches the installation; nobody is asked who they are. */
export async function queueAge(): Promise<QueueAge> {
  const [age] = await reader().$queryRaw<QueueAge[]>`
    SELECT
      coalesce(extract(epoch FROM now() - (
        SELECT min(d.not_before) FROM broadcasts b
        CROSS JOIN LATERAL (
          SELECT min(not_before) AS not_before FROM deliveries
          WHERE broadcast_id = b.id AND status = 'pending' AND not_before <= now()) d
        WHERE b.status IN ('spreading', 'sending')))::int, 0) AS deliveries,
      coalesce(extract(epoch FROM now() - (
        SELECT min(run_at) FROM tasks WHERE status = 'waiting' AND run_at <= now()))::int, 0) AS tasks`
  return { deliveries: Math.max(age?.deliveries ?? 0, 0), tasks: Math.max(age?.tasks ?? 0, 0) }
}
