import { Prisma, runStatement } from '@/domain/transaction'
import type { BroadcastStatus, Channel, Language, NoticeStatus, SubscriptionStatus } from '@/prisma/generated/enums'

/** One delivery in hand, with where it goes as that is known at this moment. */
export interface ClaimedDelivery {
  id: string
  channel: Channel
  carrierId: string | null
  recipientKey: string
  language: Language
  attempts: number
  adviceId: string | null
  subscriber: {
    id: string
    email: string
    phone: Buffer | null
    name: string | null
    carrier: string
    country: string
  } | null
  subscription: { id: string; address: Buffer; secret: Buffer | null; status: SubscriptionStatus } | null
  /** Of the broadcast, and of the notice that it tells of. */
  broadcastStatus: BroadcastStatus
  noticeStatus: NoticeStatus | null
}

/** How many times one is tried. */
export const mostAttempts = 8

/** Where the next claim goes on: what lies before it was taken already, and need not be walked over again. */
export interface ClaimPlace {
  notBefore: string
  id: string
}

interface Row extends Omit<ClaimedDelivery, 'subscriber' | 'subscription'> {
  notBefore: string
  subscriberId: string | null
  email: string | null
  phone: Buffer | null
  name: string | null
  carrier: string | null
  country: string | null
  subscriptionId: string | null
  address: Buffer | null
  secret: Buffer | null
  subscriptionStatus: SubscriptionStatus | null
}

/** Takes up to `count` deliveries that are due, so that no other worker does. They are counted as tried from here on. */
export async function claimDeliveries(
  broadcastId: string,
  channel: Channel,
  count: number,
  from: ClaimPlace | null,
): Promise<{ claimed: ClaimedDelivery[]; next: ClaimPlace | null }> {
  const { notBefore, id } = from ?? { notBefore: '-infinity', id: '0' }
  const rows = await runStatement<Row>(
    'claim-deliveries',
    Prisma.sql`
      WITH picked AS (
        SELECT id FROM deliveries
        WHERE broadcast_id = ${broadcastId}::uuid AND channel = ${channel}::channel AND status = 'pending'
          AND not_before <= now() AND (not_before, id) > (${notBefore}::timestamptz, ${id}::bigint)
        ORDER BY not_before, id LIMIT ${count} FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE deliveries d SET status = 'sending', claimed_at = now(), attempts = d.attempts + 1
        FROM picked WHERE d.id = picked.id RETURNING d.*
      )
      SELECT c.id::text, c.channel::text, c.carrier_id::text AS "carrierId", encode(c.recipient_key, 'hex') AS "recipientKey",
        c.language::text, c.attempts, c.advice_id::text AS "adviceId", c.not_before::text AS "notBefore",
        s.id::text AS "subscriberId", s.email, s.phone, s.name, r.name AS carrier, r.country,
        n.id::text AS "subscriptionId", n.address, n.secret, n.status::text AS "subscriptionStatus",
        b.status::text AS "broadcastStatus", o.status::text AS "noticeStatus"
      FROM claimed c JOIN broadcasts b ON b.id = c.broadcast_id
      LEFT JOIN notices o ON o.id = b.notice_id
      LEFT JOIN subscribers s ON s.id = c.subscriber_id LEFT JOIN carriers r ON r.id = s.carrier_id
      LEFT JOIN subscriptions n ON n.id = c.subscription_id
      ORDER BY c.not_before, c.id`,
  )
  const last = rows.at(-1)
  return { claimed: rows.map(claimedOf), next: last ? { notBefore: last.notBefore, id: last.id } : from }
}

function claimedOf(row: Row): ClaimedDelivery {
  const { subscriberId, email, phone, name, carrier, country, subscriptionId, address, secret, subscriptionStatus } =
    row
  return {
    ...row,
    subscriber:
      subscriberId && email ? { id: subscriberId, email, phone, name, carrier: carrier!, country: country! } : null,
    subscription:
      subscriptionId && address ? { id: subscriptionId, address, secret, status: subscriptionStatus! } : null,
  }
}

/** Puts back what was not begun: it counts as not tried. */
export async function unclaimDeliveries(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await runStatement(
    'unclaim-deliveries',
    Prisma.sql`
      UPDATE deliveries SET status = 'pending', claimed_at = NULL, attempts = greatest(attempts - 1, 0), not_before = now()
      WHERE id = ANY (${ids}::bigint[]) AND status = 'sending'`,
  )
}

/**
 * What a worker claimed so long ago that it must be dead: perhaps sent, and sent again under the same key. What was tried
 * too often already, perhaps because it is what kills workers, is given up.
 */
export async function reclaimDeliveries(broadcastId: string, leaseMs: number): Promise<void> {
  await runStatement(
    'reclaim-deliveries',
    Prisma.sql`
      UPDATE deliveries SET claimed_at = NULL, not_before = now(),
        status = (CASE WHEN attempts >= ${mostAttempts}::int THEN 'failed' ELSE 'pending' END)::delivery_status,
        reason = CASE WHEN attempts >= ${mostAttempts}::int THEN 'interrupted' END,
        settled_at = CASE WHEN attempts >= ${mostAttempts}::int THEN now() END
      WHERE broadcast_id = ${broadcastId}::uuid AND status = 'sending'
        AND claimed_at < now() - make_interval(secs => ${leaseMs / 1000}::float8)`,
  )
}

/** When the next delivery of a broadcast is due, or may be taken from a dead worker; null where none is left. */
export async function nextDue(broadcastId: string, leaseMs: number): Promise<{ at: Date | null; inHand: boolean }> {
  const [row] = await runStatement<{ at: Date | null; inHand: boolean }>(
    'next-due',
    Prisma.sql`
      SELECT least(pending.at, claimed.at + make_interval(secs => ${leaseMs / 1000}::float8)) AS at,
        claimed.at IS NOT NULL AS "inHand"
      FROM (SELECT min(not_before) AS at FROM deliveries WHERE broadcast_id = ${broadcastId}::uuid AND status = 'pending') pending,
        (SELECT min(claimed_at) AS at FROM deliveries WHERE broadcast_id = ${broadcastId}::uuid AND status = 'sending') claimed`,
  )
  return row ?? { at: null, inHand: false }
}
