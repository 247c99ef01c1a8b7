import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { type Tx, transaction } from '@/domain/transaction'
import { watchInput } from '@/domain/triage/joined-inputs'
import { takerOf } from '@/domain/triage/taker'
import { ticketToChange } from '@/domain/triage/ticket-to-change'

/** To be told by mail what becomes of a ticket. Who watches it already goes on doing so. */
export async function watchTicket(actor: Actor, input: z.input<typeof watchInput>, now = new Date()): Promise<void> {
  const { ticketId } = parseInput(watchInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.watch', ticketId)
    await letWatch(tx, ticket, [takerOf(actor)], now)
  })
}

/** In the caller's transaction, which holds the ticket's row; from now on by themselves, however they came to it. */
export async function letWatch(
  tx: Tx,
  { id: ticketId, carrierId }: { id: string; carrierId: string },
  staffIds: readonly string[],
  now: Date,
): Promise<void> {
  await tx.ticketWatcher.updateMany({ where: { ticketId, staffId: { in: [...staffIds] } }, data: { mergeId: null } })
  const rows = staffIds.map(staffId => ({ ticketId, staffId, carrierId, since: now }))
  await tx.ticketWatcher.createMany({ data: rows, skipDuplicates: true })
}
