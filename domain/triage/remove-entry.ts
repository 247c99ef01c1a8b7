import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'
import { removeEntryInput } from '@/domain/triage/ticket-inputs'
import { refuseUnseen, ticketToChange } from '@/domain/triage/ticket-to-change'

/** Takes out what an entry says: a tombstone stays, with who, when and why. A mail that has not gone out yet never does. */
export async function removeEntry(
  actor: Actor,
  input: z.input<typeof removeEntryInput>,
  now = new Date(),
): Promise<void> {
  const { ticketId, version, entryId, reason } = parseInput(removeEntryInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'entry.remove', ticketId)
    const entry = await tx.ticketEntry.findFirst({ where: { id: entryId, ticketId } })
    if (!entry) throw notFound('entry')
    if (entry.removedAt !== null) throw wrongState('entry-removed', 'The entry was removed already.')
    refuseUnseen(ticket, version)
    const tombstone = { text: '', mentions: [], removedAt: now, removedBy: takerOf(actor), removedReason: reason }
    await tx.ticketEntry.update({ where: { id: entryId }, data: tombstone })
    await tx.ticket.update({ where: { id: ticketId }, data: { version: { increment: 1 } } })
    const { carrierId, subscriberId } = ticket
    const data = { subscriberId, entryId, reason }
    await recordEvent(tx, actor, { subject: `ticket:${ticketId}`, kind: 'ticket.entry-removed', carrierId, data }, now)
  })
}
