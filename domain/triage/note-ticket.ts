import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { addEntry, enteredBefore } from '@/domain/triage/add-entry'
import { mentionsIn } from '@/domain/triage/mentions'
import { readersOf } from '@/domain/triage/readers-of'
import { takerOf } from '@/domain/triage/taker'
import { noteInput } from '@/domain/triage/ticket-inputs'
import { ticketToChange } from '@/domain/triage/ticket-to-change'
import { letWatch } from '@/domain/triage/watch-ticket'

/** A note that only staff read. Whom it names by "@Name" is told by mail that they were named, and nothing of what it says; they watch the ticket from then on. */
export async function noteTicket(
  actor: Actor,
  input: z.input<typeof noteInput>,
  now = new Date(),
): Promise<{ entryId: string }> {
  const { ticketId, text, language, entryKey } = parseInput(noteInput, input)
  return transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.note', ticketId)
    const before = await enteredBefore(tx, ticketId, entryKey)
    if (before) return { entryId: before }
    const writtenBy = takerOf(actor)
    const named = mentionsIn(text, await readersOf(tx, ticket))
    if (named.unknown.length > 0) throw badInput('text', 'mention-unknown', 'Nobody of that name may read this ticket.')
    if (named.ambiguous.length > 0) throw badInput('text', 'mention-ambiguous', 'Several people bear that name.')
    const mentions = named.ids.filter(id => id !== writtenBy)
    const entryId = await addEntry(tx, ticket, { kind: 'note', text, language, writtenBy, entryKey, mentions }, now)
    await tx.ticket.update({ where: { id: ticketId }, data: { version: { increment: 1 } } })
    await letWatch(tx, ticket, mentions, now)
    const { carrierId, subscriberId } = ticket
    const data = { subscriberId, entryId, mentions }
    await recordEvent(tx, actor, { subject: `ticket:${ticketId}`, kind: 'ticket.noted', carrierId, data }, now)
    return { entryId }
  })
}
