import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { type Prisma, type Tx, transaction } from '@/domain/transaction'
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
  return transaction(actor, async tx => {
    await comeInAlone(tx, staffId, now)
    const { before, ...person } = await handsOf(tx, staffId)
    const asking: Asking = { staffId, languages: worksIn(person), carrierId, now }
    const further = before && (await take(tx, takeBehind(asking, before)))
    const taken = further ?? (await take(tx, takeForEmptyHands(asking)))
    if (taken === null) return null
    if (before !== null) {
      const mine = { takenBy: staffId, id: { not: taken.id } }
      await tx.ticket.updateMany({ where: mine, data: { takenBy: null, takenUntil: null } })
    }
    return { ticketId: taken.id, requestId: taken.request_id }
  })
}

interface Taken {
  id: string
  /** Of a restore. */
  request_id: string | null
}

const take = async (tx: Tx, statement: Prisma.Sql): Promise<Taken | null> =>
  (await tx.$queryRaw<Taken[]>(statement))[0] ?? null

/** Pressed twice at once, it passes over one after the other. And what somebody walked away from is everybody's again. */
async function comeInAlone(tx: Tx, staffId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    WITH lapsed AS (
      UPDATE tickets SET taken_by = NULL, taken_until = NULL
      WHERE id IN (
        SELECT id FROM tickets WHERE taken_until <= ${now} ORDER BY taken_until LIMIT 100 FOR UPDATE SKIP LOCKED
      )
    )
    SELECT pg_advisory_xact_lock(hashtextextended(${`takes:${staffId}`}, 7))`
}

interface Hands {
  language: Language
  languages: Language[]
  /** The ticket they have. */
  before: { waitsSince: Date; id: string } | null
}

async function handsOf(tx: Tx, staffId: string): Promise<Hands> {
  const [row] = await tx.$queryRaw<
    { language: Language; languages: Language[]; id: string | null; since: Date | null }[]
  >`
    SELECT s.language::text, s.languages::text[], t.id, t.waits_since AS since
    FROM (SELECT ${staffId}::uuid AS id) me
    LEFT JOIN staff s ON s.id = me.id
    LEFT JOIN LATERAL (
      SELECT id, waits_since FROM tickets WHERE taken_by = me.id ORDER BY waits_since DESC, id DESC LIMIT 1
    ) t ON true`
  const { language, languages, id, since } = row!
  const before = id === null || since === null ? null : { id, waitsSince: since }
  return { language: language ?? 'en', languages: languages ?? [], before }
}
