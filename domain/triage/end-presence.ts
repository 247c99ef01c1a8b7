import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'

const endInput = z.object({ ticketId: z.uuid() })

/** The actor has closed the ticket's page. */
export async function endPresence(actor: Actor, input: z.input<typeof endInput>): Promise<void> {
  const { ticketId } = parseInput(endInput, input)
  await transaction(actor, async tx => {
    const ticket = await tx.ticket.findUnique({
      where: { id: ticketId },
      select: { carrierId: true, subscriberId: true },
    })
    authorize(actor, 'presence.note', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
    if (!ticket) throw notFound('ticket')
    await tx.ticketPresence.deleteMany({ where: { ticketId, staffId: takerOf(actor) } })
  })
}
