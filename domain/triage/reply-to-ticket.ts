import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { addEntry, enteredBefore } from '@/domain/triage/add-entry'
import { replyInput } from '@/domain/triage/ticket-inputs'
import { movedTo, ticketToChange } from '@/domain/triage/ticket-to-change'

/**
 * What the subscriber says in a ticket of theirs. It waits for one of us then, and one that was resolved is opened again. The same
 * form, or the same mail, is entered once.
 */
export async function replyToTicket(
  actor: Actor,
  input: z.input<typeof replyInput>,
  now = new Date(),
): Promise<{ entryId: string }> {
  const { ticketId, entryKey, messageId, text, language } = parseInput(replyInput, input)
  return transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.reply', ticketId)
    const byMail = messageId === null ? null : await tx.ticketEntry.findUnique({ where: { messageId } })
    const before = (await enteredBefore(tx, ticketId, entryKey)) ?? byMail?.id
    if (before) return { entryId: before }
    const said = { kind: 'from_subscriber', text, language, writtenBy: null, entryKey, messageId } as const
    const entryId = await addEntry(tx, ticket, said, now)
    const data = { ...movedTo(ticket.status, 'open', now), askedSince: ticket.askedSince ?? now }
    await tx.ticket.update({ where: { id: ticketId }, data: { ...data, version: { increment: 1 } } })
    const { carrierId, subscriberId } = ticket
    const about = { subject: `ticket:${ticketId}`, carrierId } as const
    await recordEvent(tx, actor, { ...about, kind: 'ticket.replied', data: { subscriberId, entryId } }, now)
    if (ticket.status === 'resolved') {
      const data = { subscriberId, reason: 'subscriber-wrote' }
      await recordEvent(tx, actor, { ...about, kind: 'ticket.reopened', data }, now)
    }
    return { entryId }
  })
}
