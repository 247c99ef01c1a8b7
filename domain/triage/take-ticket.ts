import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize, may } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'
import { takenForMs } from '@/domain/triage/ticket-status'

const takeInput = z.object({ requestId: z.uuid() })

/**
 * Takes the ticket of one request for 15 minutes, or for 15 minutes more. Refused where a colleague works on it: only a lead
 * takes it from them.
 */
export async function takeTicket(actor: Actor, input: z.input<typeof takeInput>, now = new Date()): Promise<void> {
  const { requestId } = parseInput(takeInput, input)
  await transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE request_id = ${requestId}::uuid FOR UPDATE`
    const ticket = await tx.ticket.findUnique({ where: { requestId } })
    authorize(actor, 'ticket.take', ticket ?? { carrierId: null, subscriberId: null }, 'request')
    if (!ticket) throw notFound('request')
    const staffId = takerOf(actor)
    if (ticket.status !== 'open') throw wrongState('nothing-to-take', 'The request does not wait for a decision.')
    const isOthers = ticket.takenBy !== null && ticket.takenBy !== staffId && ticket.takenUntil! > now
    if (isOthers && !may(actor, 'ticket.take-over', ticket)) throw wrongState('taken', 'A colleague is working on it.')
    const takenUntil = new Date(now.getTime() + takenForMs)
    await tx.ticket.update({ where: { requestId }, data: { takenBy: staffId, takenUntil } })
  })
}
