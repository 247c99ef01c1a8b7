import { addTasks } from '@/domain/tasks'
import { transaction } from '@/domain/transaction'

/**
 * Adds a task for each endpoint that has something to be told now and no task yet. Whatever happens to a request or ticket writes
 * only its own row for that: a task in common would have changes wait for each other.
 */
export async function wakeEndpoints(now: Date): Promise<void> {
  await transaction('every-carrier', async tx => {
    const due = await tx.$queryRaw<{ id: string; carrierId: string | null }[]>`
      SELECT e.id, e.carrier_id AS "carrierId" FROM webhook_endpoints e
      WHERE e.status = 'active' AND (e.resume_at IS NULL OR e.resume_at <= ${now})
        AND EXISTS (SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.settled_at IS NULL AND d.not_before <= ${now})
        AND NOT EXISTS (SELECT FROM tasks t WHERE t.once_key = 'webhooks:' || e.id AND t.status IN ('waiting', 'queued'))`
    const tasks = due.map(({ id, carrierId }) => ({
      ...{ job: 'send-webhooks' as const, payload: { endpointId: id }, carrierId, onceKey: `webhooks:${id}` },
    }))
    await addTasks(tx, tasks)
  })
}
