import { Prisma, runStatement } from '@/domain/transaction'
import type { Channel, DeliveryStatus } from '@/prisma/generated/enums'

/** What became of one delivery. */
export interface Settled {
  id: string
  status: DeliveryStatus
  /** A code. */
  reason: string | null
  providerId: string | null
  /** Of a pending one: when it is tried again. */
  notBefore: Date | null
  /** Whom it reached with advice, and where they saw it. */
  shown: boolean
}

const flushMs = 50
const mostAtOnce = 100

/** Writes down what became of many, a batch at a time and soon: what is not written down yet is in doubt after a crash. */
export class Settling {
  private waiting: Settled[] = []
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()
  private failure: unknown = null

  add(one: Settled): void {
    this.waiting.push(one)
    if (this.waiting.length >= mostAtOnce) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), flushMs)
  }

  /** Resolves when everything is written. Rejects where something could not be. */
  async end(): Promise<void> {
    this.flush()
    await this.writing
    if (this.failure) throw this.failure
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const batch = this.waiting.splice(0)
    if (batch.length === 0) return
    this.writing = this.writing
      .then(() => settleDeliveries(batch))
      .catch(error => {
        this.failure ??= error
      })
  }
}

/** Changes only what is still in somebody's hand. Mail that carried advice notes that its version was shown. */
async function settleDeliveries(batch: readonly Settled[]): Promise<void> {
  const column = <K extends keyof Settled>(name: K) => batch.map(one => one[name])
  await runStatement(
    'settle-deliveries',
    Prisma.sql`
      WITH settled AS (
        UPDATE deliveries d SET status = x.status::delivery_status, reason = x.reason, claimed_at = NULL,
          provider_id = coalesce(x.provider, d.provider_id), not_before = coalesce(x.not_before, d.not_before),
          settled_at = CASE WHEN x.status = 'pending' THEN NULL ELSE now() END
        FROM unnest(${column('id')}::bigint[], ${column('status')}::text[], ${column('reason')}::text[],
                    ${column('providerId')}::text[], ${column('notBefore')}::timestamptz[], ${column('shown')}::boolean[])
          AS x (id, status, reason, provider, not_before, shown)
        WHERE d.id = x.id AND d.status = 'sending'
        RETURNING d.advice_id, d.subscriber_id, d.channel, d.carrier_id, x.shown
      )
      INSERT INTO advice_shown (advice_id, subscriber_id, place, carrier_id)
      SELECT advice_id, subscriber_id, channel::text, carrier_id FROM settled
      WHERE shown AND advice_id IS NOT NULL AND subscriber_id IS NOT NULL
      ON CONFLICT DO NOTHING`,
  )
}

/** Those of a broadcast that were not sent when it was stopped, or that no provider is named for. */
export async function settlePending(
  broadcastId: string,
  { channel, status, reason }: { channel: Channel | null; status: 'suppressed' | 'failed'; reason: string },
): Promise<void> {
  for (;;) {
    const changed = await runStatement(
      'settle-pending',
      Prisma.sql`
        UPDATE deliveries SET status = ${status}::delivery_status, reason = ${reason}, settled_at = now()
        WHERE id IN (
          SELECT id FROM deliveries WHERE broadcast_id = ${broadcastId}::uuid AND status = 'pending'
            AND (${channel}::text IS NULL OR channel::text = ${channel}::text) LIMIT 5000)
        RETURNING 1`,
    )
    if (changed.length === 0) return
  }
}
