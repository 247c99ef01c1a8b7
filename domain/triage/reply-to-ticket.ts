import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { enteredBefore } from '@/domain/triage/add-entry'
import { enterReply } from '@/domain/triage/enter-reply'
import { ticketToReply } from '@/domain/triage/merged-tickets'
import { replyInput } from '@/domain/triage/ticket-inputs'

/**
 * What the subscriber says in a ticket of theirs, entered into the one that it went into where it was merged. It waits for one of us then, and one that was resolved is opened again. The same
 * form, or the same mail, is entered once.
 */
export async function replyToTicket(
  actor: Actor,
  input: z.input<typeof replyInput>,
  now = new Date(),
): Promise<{ entryId: string }> {
  const { ticketId, entryKey, messageId, text, language } = parseInput(replyInput, input)
  return transaction(actor, async tx => {
    const ticket = await ticketToReply(tx, actor, ticketId)
    const byMail = messageId === null ? null : await tx.ticketEntry.findUnique({ where: { messageId } })
    const before =
      (await enteredBefore(tx, ticket.id, entryKey)) ?? (await enteredBefore(tx, ticketId, entryKey)) ?? byMail?.id
    if (before) return { entryId: before }
    const entryId = await enterReply(tx, actor, ticket, { text, language, entryKey, messageId }, now)
    return { entryId }
  })
}
