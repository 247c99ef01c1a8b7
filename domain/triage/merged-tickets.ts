import type { Actor } from '@/domain/actor'
import { authorize } from '@/domain/policy'
import type { Tx } from '@/domain/transaction'
import { type TicketToChange, ticketToChange } from '@/domain/triage/ticket-to-change'

/** The ticket in which one goes on, or its own id: merged tickets may have gone on together. */
async function endOf(tx: Tx, ticketId: string): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE way(id, merged_into) AS (
      SELECT id, merged_into FROM tickets WHERE id = ${ticketId}::uuid
      UNION SELECT t.id, t.merged_into FROM tickets t JOIN way w ON t.id = w.merged_into
    )
    SELECT id FROM way WHERE merged_into IS NULL`
  return rows[0]?.id ?? ticketId
}

/**
 * The ticket in which what the subscriber says is entered: the one they wrote to, or the one it went into. Held till the
 * transaction ends; with it the whole way there, since every merge and un-merge of it waits for its end.
 */
export async function ticketToReply(
  tx: Tx,
  actor: Actor,
  id: string,
  verb: 'ticket.reply' | 'ticket.add-entry' | 'mail-aside.settle' = 'ticket.reply',
): Promise<TicketToChange> {
  const asked = await tx.ticket.findUnique({ where: { id } })
  authorize(actor, verb, asked ?? { carrierId: null, subscriberId: null }, 'ticket')
  for (;;) {
    const end = await endOf(tx, id)
    const ticket = await ticketToChange(tx, actor, verb, end)
    // It was merged, or came apart, while this waited for it.
    if (ticket.mergedInto === null && (await endOf(tx, id)) === end) return ticket
  }
}

/** A ticket and every one that went into it. */
export async function withMerged(db: Tx, ticketId: string): Promise<{ id: string; reference: string }[]> {
  return db.$queryRaw<{ id: string; reference: string }[]>`
    WITH RECURSIVE here(id, reference) AS (
      SELECT id, reference FROM tickets WHERE id = ${ticketId}::uuid
      UNION SELECT t.id, t.reference FROM tickets t JOIN here h ON t.merged_into = h.id
    )
    SELECT id, reference FROM here`
}
