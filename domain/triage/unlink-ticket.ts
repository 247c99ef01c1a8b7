import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { ticketToChange } from '@/domain/triage/ticket-to-change'

const unlinkInput = z.object({ ticketId: z.uuid() })

/** Says that a ticket is of no incident. What is of none changes nothing. */
export async function unlinkTicket(actor: Actor, input: z.input<typeof unlinkInput>, now = new Date()): Promise<void> {
  const { ticketId: id } = parseInput(unlinkInput, input)
  await transaction(actor, async tx => {
    const { carrierId, subscriberId, incidentId } = await ticketToChange(tx, actor, 'ticket.link', id)
    if (incidentId === null) return
    const data = { incidentId: null, waveCategory: null, version: { increment: 1 } }
    await tx.ticket.update({ where: { id }, data })
    const told = { subscriberId, incidentId }
    await recordEvent(tx, actor, { subject: `ticket:${id}`, kind: 'ticket.unlinked', carrierId, data: told }, now)
  })
}
