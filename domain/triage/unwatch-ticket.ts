import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { watchInput } from '@/domain/triage/joined-inputs'
import { takerOf } from '@/domain/triage/taker'
import { ticketToChange } from '@/domain/triage/ticket-to-change'

/** To be told nothing more of a ticket. Who does not watch it goes on not doing so. */
export async function unwatchTicket(actor: Actor, input: z.input<typeof watchInput>): Promise<void> {
  const { ticketId } = parseInput(watchInput, input)
  await transaction(actor, async tx => {
    await ticketToChange(tx, actor, 'ticket.watch', ticketId)
    await tx.ticketWatcher.deleteMany({ where: { ticketId, staffId: takerOf(actor) } })
  })
}
