import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'
import { kindOfThing, ticketWhere, whichTicket } from '@/domain/triage/which-ticket'

/** Leaves a ticket to others. Of one that the actor does not have it changes nothing. */
export async function leaveTicket(actor: Actor, input: z.input<typeof whichTicket>): Promise<void> {
  const which = parseInput(whichTicket, input)
  await transaction(actor, async tx => {
    const ticket = await tx.ticket.findUnique({ where: ticketWhere(which) })
    authorize(actor, 'ticket.take', ticket ?? { carrierId: null, subscriberId: null }, kindOfThing(which))
    if (!ticket) throw notFound(kindOfThing(which))
    const mine = { id: ticket.id, takenBy: takerOf(actor) }
    await tx.ticket.updateMany({ where: mine, data: { takenBy: null, takenUntil: null } })
  })
}
