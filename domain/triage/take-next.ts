import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { Prisma, type Tx, transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'
import { takenForMs } from '@/domain/triage/ticket-status'

/**
 * Gives the actor the ticket that waits the longest of those nobody works on, for 15 minutes, and answers it and its request; null
 * where there is none. However many ask at once, each ticket has one owner. Whoever has one already gets the next in the
 * order, and leaves theirs to others: it was passed over.
 */
export async function takeNext(
  actor: Actor,
  now = new Date(),
): Promise<{ ticketId: string; requestId: string | null } | null> {
  const { carrierId } = scope(actor, 'ticket.take')
  const staffId = takerOf(actor)
  return transaction(actor, async tx => {
    // Pressed twice at once, it passes over one after the other.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`takes:${staffId}`}, 7))`
    await leaveLapsed(tx, now)
    const before = await tx.ticket.findFirst({
      where: { takenBy: staffId },
      orderBy: [{ waitsSince: 'desc' }, { id: 'desc' }],
    })
    const further = before && (await take(tx, staffId, now, carrierId, before))
    const taken = further ?? (await take(tx, staffId, now, carrierId, null))
    if (taken === null) return null
    const mine = { takenBy: staffId, id: { not: taken.id } }
    await tx.ticket.updateMany({ where: mine, data: { takenBy: null, takenUntil: null } })
    return { ticketId: taken.id, requestId: taken.request_id }
  })
}

interface Taken {
  id: string
  /** Of a restore. */
  request_id: string | null
}

/** Never what the same person has approved once already: it takes another. */
async function take(
  tx: Tx,
  staffId: string,
  now: Date,
  carrierId: string | undefined,
  after: { waitsSince: Date; id: string } | null,
): Promise<Taken | null> {
  const within = carrierId === undefined ? Prisma.empty : Prisma.sql`AND t.carrier_id = ${carrierId}::uuid`
  const behind =
    after === null ? Prisma.empty : Prisma.sql`AND (t.waits_since, t.id) > (${after.waitsSince}, ${after.id}::uuid)`
  const [taken] = await tx.$queryRaw<Taken[]>`
    UPDATE tickets SET taken_by = ${staffId}::uuid, taken_until = ${new Date(now.getTime() + takenForMs)}
    WHERE id = (
      SELECT t.id FROM tickets t
      WHERE t.status = 'open' AND t.taken_by IS NULL AND t.waits_since <= ${now} ${within} ${behind}
        AND NOT EXISTS (SELECT FROM request_approvals a WHERE a.request_id = t.request_id AND a.approved_by = ${staffId})
      ORDER BY t.waits_since, t.id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, request_id`
  return taken ?? null
}

/** What somebody walked away from is everybody's again. */
async function leaveLapsed(tx: Tx, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE tickets SET taken_by = NULL, taken_until = NULL
    WHERE id IN (
      SELECT id FROM tickets WHERE taken_until <= ${now} ORDER BY taken_until LIMIT 100 FOR UPDATE SKIP LOCKED
    )`
}
