import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import { asOneOfMany } from '@/domain/tasks'
import { type Tx, transaction } from '@/domain/transaction'
import { askAfterDays, askedWithinDays } from '@/domain/triage/after/verdict'

const atOnce = 50
const dayMs = 24 * 3_600_000

/**
 * Asks the subscribers of restores that ended `days` ago, by mail, whether they look right: once each, in the transaction that
 * notes it. Nobody is asked who has answered, whose restore is undone or being undone, or whose data is being erased. Answers
 * how many; stops between two steps where the signal says so.
 */
export async function askAfterRestores(
  actor: Actor,
  { days = askAfterDays, now = new Date(), signal }: { days?: number; now?: Date; signal?: AbortSignal } = {},
): Promise<number> {
  authorizeEver(actor, 'restore.ask-after')
  let asked = 0
  for (let more = true; more && !signal?.aborted; ) {
    const some = await transaction(actor, tx => askSome(tx, actor, days, now))
    asked += some.asked
    more = some.due === atOnce
  }
  return asked
}

async function askSome(tx: Tx, actor: Actor, days: number, now: Date): Promise<{ due: number; asked: number }> {
  const until = new Date(now.getTime() - days * dayMs)
  const since = new Date(until.getTime() - askedWithinDays * dayMs)
  await asOneOfMany(tx)
  // One that somebody is changing at this moment, to undo it for example, is left for the next time.
  const due = await tx.$queryRaw<{ id: string; carrier_id: string; subscriber_id: string }[]>`
    SELECT r.id, r.carrier_id, r.subscriber_id FROM restore_requests r
    WHERE r.status = 'done' AND r.finished_at <= ${until} AND r.finished_at > ${since}
      AND NOT EXISTS (SELECT FROM restore_answers a WHERE a.request_id = r.id)
      AND NOT EXISTS (SELECT FROM tickets t WHERE t.about_request_id = r.id AND t.kind = 'missing-records')
      AND NOT EXISTS (SELECT FROM crossings c WHERE c.request_id = r.id)
      AND NOT EXISTS (
        SELECT FROM erasures e WHERE e.subscriber_id = r.subscriber_id AND e.status IN ('asked', 'approved', 'running'))
    ORDER BY r.finished_at, r.id LIMIT ${atOnce} FOR UPDATE OF r SKIP LOCKED`
  let asked = 0
  for (const { id, carrier_id: carrierId, subscriber_id: subscriberId } of due) {
    const answer = { requestId: id, carrierId, subscriberId, askedAt: now }
    // Another worker may have asked between this one's look and its lock.
    const { count } = await tx.restoreAnswer.createMany({ data: [answer], skipDuplicates: true })
    if (count === 0) continue
    asked++
    const happened = { subject: `request:${id}`, kind: 'request.asked-after', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { subscriberId } }, now)
  }
  return { due: due.length, asked }
}
