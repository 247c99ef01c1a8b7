import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { Prisma, quickTransaction, type Send } from '@/domain/transaction'
import { type Asking, takeBehind, takeForEmptyHands } from '@/domain/triage/next-ticket'
import { takerOf } from '@/domain/triage/taker'
import { worksIn } from '@/domain/triage/work-languages'
import type { Language } from '@/prisma/generated/enums'

/**
 * Gives the actor the ticket that waits the longest of those nobody works on, for 15 minutes, and answers it and its request; null
 * where there is none for them. Tickets in another language than theirs are kept for others at first; for whoever works for
 * every carrier these take turns. However many ask at once, each ticket has one owner. Whoever has one already gets the next in
 * the order, and leaves theirs to others: it was passed over.
 */
export async function takeNext(
  actor: Actor,
  now = new Date(),
): Promise<{ ticketId: string; requestId: string | null } | null> {
  const { carrierId = null } = scope(actor, 'ticket.take')
  const staffId = takerOf(actor)
  return quickTransaction(actor, async send => {
    await send(comingInAlone(staffId, now))
    const { before, ...person } = await handsOf(send, staffId)
    const asking: Asking = { staffId, languages: worksIn(person), carrierId, now }
    const [further] = before === null ? [] : await send<Taken>(takeBehind(asking, before))
    const [taken] = further === undefined ? await send<Taken>(takeForEmptyHands(asking)) : [further]
    if (taken === undefined) return null
    if (before !== null) await send(leavingOthers(staffId, taken.id))
    return { ticketId: taken.id, requestId: taken.request_id }
  })
}

interface Taken {
  id: string
  /** Of a restore. */
  request_id: string | null
}

/** Pressed twice at once, it passes over one after the other. And what somebody walked away from is everybody's again. */
const comingInAlone = (staffId: string, now: Date): Prisma.Sql => Prisma.sql`
  WITH lapsed AS (
    UPDATE tickets SET taken_by = NULL, taken_until = NULL
    WHERE id IN (
      SELECT id FROM tickets WHERE taken_until <= ${now} ORDER BY taken_until LIMIT 10 FOR UPDATE SKIP LOCKED
    )
  )
  SELECT pg_advisory_xact_lock(hashtextextended(${`takes:${staffId}`}, 7))`

const leavingOthers = (staffId: string, takenId: string): Prisma.Sql => Prisma.sql`
  UPDATE tickets SET taken_by = NULL, taken_until = NULL WHERE taken_by = ${staffId}::uuid AND id <> ${takenId}::uuid`

interface Hands {
  language: Language
  languages: Language[]
  /** The ticket they have. */
  before: { waitsSince: Date; id: string } | null
}

async function handsOf(send: Send, staffId: string): Promise<Hands> {
  const [row] = await send<{
    language: Language
    languages: Language[]
    id: string | null
    since: Date | null
  }>(Prisma.sql`
    SELECT s.language::text, s.languages::text[], t.id, t.waits_since AS since
    FROM staff s
    LEFT JOIN LATERAL (
      SELECT id, waits_since FROM tickets WHERE taken_by = s.id ORDER BY waits_since DESC, id DESC LIMIT 1
    ) t ON true
    WHERE s.id = ${staffId}::uuid`)
  if (row === undefined) return { language: 'en', languages: [], before: null }
  const { language, languages, id, since } = row
  return { language, languages, before: id === null || since === null ? null : { id, waitsSince: since } }
}
