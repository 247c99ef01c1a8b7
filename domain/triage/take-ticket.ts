import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize, may } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'
import { allowsTicket, takenForMs } from '@/domain/triage/ticket-status'
import { kindOfThing, ticketWhere, whichTicket } from '@/domain/triage/which-ticket'

/**
 * Takes one ticket for 15 minutes, or for 15 minutes more. Refused where a colleague works on it: only a lead
 * takes it from them.
 */
export async function takeTicket(actor: Actor, input: z.input<typeof whichTicket>, now = new Date()): Promise<void> {
  const which = parseInput(whichTicket, input)
  const [id, requestId] = 'ticketId' in which ? [which.ticketId, null] : [null, which.requestId]
  await transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${id}::uuid OR request_id = ${requestId}::uuid FOR UPDATE`
    const ticket = await tx.ticket.findUnique({ where: ticketWhere(which) })
    authorize(actor, 'ticket.take', ticket ?? { carrierId: null, subscriberId: null }, kindOfThing(which))
    if (!ticket) throw notFound(kindOfThing(which))
    const staffId = takerOf(actor)
    if (!allowsTicket('take', ticket.status)) throw wrongState('nothing-to-take', 'It does not wait for one of us.')
    const isOthers = ticket.takenBy !== null && ticket.takenBy !== staffId && ticket.takenUntil! > now
    if (isOthers && !may(actor, 'ticket.take-over', ticket)) throw wrongState('taken', 'A colleague is working on it.')
    const takenUntil = new Date(now.getTime() + takenForMs)
    await tx.ticket.update({ where: { id: ticket.id }, data: { takenBy: staffId, takenUntil } })
  })
}
