import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { retargetClocks } from '@/domain/triage/settle-clocks'
import { changeTicketInput } from '@/domain/triage/ticket-inputs'
import { refuseTakenTicket, refuseUnseen, ticketToChange } from '@/domain/triage/ticket-to-change'

/** Gives a ticket another kind or priority. A restore stays one, and nothing else becomes one. The same again changes nothing. */
export async function changeTicket(
  actor: Actor,
  input: z.input<typeof changeTicketInput>,
  now = new Date(),
): Promise<void> {
  const { ticketId: id, version, kind: asked, priority } = parseInput(changeTicketInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.change', id)
    const kind = asked ?? ticket.kind
    if (kind === ticket.kind && priority === ticket.priority) return
    refuseUnseen(ticket, version)
    refuseTakenTicket(ticket, actor, now)
    if (ticket.request !== null && kind !== 'restore')
      throw wrongState('follows-request', 'The ticket of a restore stays of its kind.')
    await tx.ticket.update({ where: { id }, data: { kind, priority, version: { increment: 1 } } })
    if (priority !== ticket.priority) await retargetClocks(tx, id, now)
    const { carrierId, subscriberId } = ticket
    const data = { subscriberId, kind, priority, kindBefore: ticket.kind, priorityBefore: ticket.priority }
    await recordEvent(tx, actor, { subject: `ticket:${id}`, kind: 'ticket.changed', carrierId, data }, now)
  })
}
