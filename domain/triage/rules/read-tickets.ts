import { holdMs } from '@/domain/identity/holds'
import { Prisma, type Tx } from '@/domain/transaction'
import type { Facts } from '@/domain/triage/rules/facts'
import type { RuledTicket } from '@/domain/triage/rules/verdict'
import type { Category } from '@/prisma/generated/enums'

interface Row {
  id: string
  carrier_id: string
  subscriber_id: string
  request_id: string | null
  kind: string
  language: string
  loss: string
  conflicts: string | null
  proof: string | null
  passkey_days: number | null
  waiting_days: number
  earlier_requests: number | null
  categories: Category[] | null
  records: number | null
  partial: number | null
  damaged: number | null
  missing: number | null
  usable: boolean | null
  intact: boolean | null
  account_known: boolean | null
  filed_for: boolean
  hold: string | null
  taken: boolean
  touched: boolean
  ruled_by: string[]
  tags: string[]
  priority: string
  escalated: boolean
  linked: boolean
}

/** How long before it was filed a proof counts as the one it was filed with. */
export const proofMinutes = 10

/** Earlier requests are counted up to here: whoever files thousands costs no more than that. */
const mostEarlier = 1_000

/** The tickets that wait and that a condition on `t` finds, in the order of their ids, with everything that rules ask: one statement. */
export async function readTickets(tx: Tx, found: Prisma.Sql, now: Date): Promise<RuledTicket[]> {
  const heldSince = new Date(now.getTime() - holdMs)
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.id, t.carrier_id, t.subscriber_id, t.request_id, replace(t.kind::text, '-', '_') AS kind, t.tags, t.priority::text, t.escalated_at IS NOT NULL AS escalated,
      t.incident_id IS NOT NULL AS linked,
      s.language::text, (SELECT l.loss::text FROM subscriber_losses l WHERE l.subscriber_id = t.subscriber_id) AS loss,
      replace(r.rule::text, '-', '_') AS conflicts,
      CASE WHEN r.id IS NULL THEN NULL WHEN vouched.kind IN ('in-shop', 'call-back') THEN 'carrier'
        WHEN vouched.kind IS NOT NULL OR filed.role IS DISTINCT FROM 'subscriber' THEN 'none' ELSE coalesce(proof.kind, 'none') END AS proof,
      (SELECT floor(extract(epoch FROM r.filed_at - min(k.created_at)) / 86400)::int FROM passkeys k
        WHERE k.subscriber_id = t.subscriber_id AND k.revoked_at IS NULL AND k.created_at <= r.filed_at) AS passkey_days,
      floor(extract(epoch FROM ${now}::timestamptz - t.opened_at) / 86400)::int AS waiting_days,
      CASE WHEN r.id IS NOT NULL THEN (SELECT count(*)::int FROM (SELECT FROM restore_requests o
        WHERE o.subscriber_id = t.subscriber_id AND (o.filed_at, o.id) < (r.filed_at, r.id) LIMIT ${mostEarlier}) o) END AS earlier_requests,
      asked.categories, asked.records, asked.partial, asked.damaged, asked.missing, asked.usable, asked.intact,
      place.known AS account_known, vouched.kind IS NOT NULL AS filed_for,
      CASE
        WHEN EXISTS (SELECT FROM freezes f WHERE f.subscriber_id = t.subscriber_id AND f.ended_at IS NULL) THEN 'held-frozen'
        WHEN s.locked_at IS NOT NULL THEN 'held-locked'
        WHEN EXISTS (SELECT FROM factor_changes f WHERE f.subscriber_id = t.subscriber_id AND f.changed_at > ${heldSince}
          AND (f.kind <> 'first-passkey' OR place.known IS NOT TRUE)) THEN 'held-changed'
      END AS hold,
      coalesce(t.taken_until > ${now}, false) AS taken,
      (t.touched_at IS NOT NULL OR coalesce(r.version > 1, false)
        OR EXISTS (SELECT FROM ticket_entries e WHERE e.ticket_id = t.id
          AND (e.written_by IS NOT NULL OR t.request_id IS NOT NULL AND e.kind = 'from-subscriber'))
        OR EXISTS (SELECT FROM request_approvals a WHERE a.request_id = r.id)
        OR EXISTS (SELECT FROM decisions d WHERE d.request_id = r.id)) AS touched,
      ARRAY(SELECT a.version_id::text FROM rule_acts a WHERE a.ticket_id = t.id) AS ruled_by
    FROM tickets t
    JOIN subscribers s ON s.id = t.subscriber_id
    LEFT JOIN restore_requests r ON r.id = t.request_id
    LEFT JOIN identity_checks vouched ON vouched.ticket_id = t.id
    LEFT JOIN LATERAL (
      SELECT d.cooling_until IS NULL AND NOT EXISTS (SELECT FROM crossings c WHERE c.request_id = r.id) AS known
      FROM device_accounts d WHERE d.id = r.account_id
    ) place ON true
    LEFT JOIN LATERAL (
      SELECT e.actor_role AS role FROM events e WHERE e.subject = 'request:' || r.id AND e.seq = 1
    ) filed ON true
    LEFT JOIN LATERAL (
      SELECT CASE e.kind WHEN 'code.taken' THEN 'code' ELSE 'passkey' END AS kind
      FROM events e
      WHERE e.subject = 'subscriber:' || t.subscriber_id AND e.at <= r.filed_at
        AND e.at >= r.filed_at - make_interval(mins => ${proofMinutes}::int)
        AND (e.kind IN ('session.proved', 'code.taken') OR e.kind = 'session.opened' AND e.data::jsonb ->> 'method' = 'passkey')
      ORDER BY e.seq DESC LIMIT 1
    ) proof ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT i.category::text) AS categories,
        sum(h.complete + h.partial + h.damaged)::int AS records, sum(h.partial)::int AS partial, sum(h.damaged)::int AS damaged,
        CASE WHEN bool_and(h.expected IS NOT NULL)
          THEN sum(greatest(h.expected - h.complete - h.partial - h.damaged, 0))::int END AS missing,
        bool_and(b.status IN ('accepted', 'released')) AS usable,
        bool_and(b.status IN ('accepted', 'released') AND b.findings = '[]'::jsonb
          AND NOT EXISTS (SELECT FROM batch_exceptions x WHERE x.batch_id = b.id)) AS intact
      FROM request_items i JOIN holdings h ON h.id = i.holding_id JOIN recovery_batches b ON b.id = h.batch_id
      WHERE i.request_id = r.id
    ) asked ON true
    WHERE t.status = 'open' AND ${found}
    ORDER BY t.id`
  return rows.map(ticketOf)
}

function ticketOf(row: Row): RuledTicket {
  return {
    ticketId: row.id,
    carrierId: row.carrier_id,
    subscriberId: row.subscriber_id,
    requestId: row.request_id,
    facts: factsOf(row),
    taken: row.taken,
    touched: row.touched,
    ruledBy: row.ruled_by,
    takesTwo: row.account_known === false,
    filedFor: row.filed_for,
    held: row.hold,
    withheld: row.usable === false,
    tags: row.tags,
    priority: row.priority,
    escalated: row.escalated,
    linked: row.linked,
  }
}

const factsOf = (row: Row): Facts => ({
  carrier: row.carrier_id,
  kind: row.kind,
  language: row.language,
  loss: row.loss,
  conflicts: row.conflicts,
  proof: row.proof,
  categories: row.categories,
  'batch-intact': row.intact,
  'account-known': row.account_known,
  'nothing-held': row.hold === null,
  records: row.records,
  partial: row.partial,
  damaged: row.damaged,
  missing: row.missing,
  'waiting-days': row.waiting_days,
  'earlier-requests': row.earlier_requests,
  'passkey-days': row.passkey_days,
})

export const pageSize = 500

/** The next page behind a ticket, of one carrier's or of all, and of what was there at a moment. */
export const pageBehind = (cursorId: string | null, carrierId: string | null, until: Date): Prisma.Sql => Prisma.sql`
  t.id IN (SELECT p.id FROM tickets p WHERE p.status = 'open' AND p.opened_at <= ${until}
    ${cursorId === null ? Prisma.empty : Prisma.sql`AND p.id > ${cursorId}::uuid`}
    ${carrierId === null ? Prisma.empty : Prisma.sql`AND p.carrier_id = ${carrierId}::uuid`}
    ORDER BY p.id LIMIT ${pageSize})`
