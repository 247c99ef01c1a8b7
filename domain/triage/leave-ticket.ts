import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'

const leaveInput = z.object({ requestId: z.uuid() })

/** Leaves the ticket of a request to others. Of one that the actor does not have it changes nothing. */
export async function leaveTicket(actor: Actor, input: z.input<typeof leaveInput>): Promise<void> {
  const { requestId } = parseInput(leaveInput, input)
  await transaction(actor, async tx => {
    const ticket = await tx.ticket.findUnique({ where: { requestId } })
    authorize(actor, 'ticket.take', ticket ?? { carrierId: null, subscriberId: null }, 'request')
    if (!ticket) throw notFound('request')
    const mine = { requestId, takenBy: takerOf(actor) }
    await tx.ticket.updateMany({ where: mine, data: { takenBy: null, takenUntil: null } })
  })
}
