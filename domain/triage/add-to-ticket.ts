import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { entryText } from '@/domain/triage/entry-text'
import { settleClocks } from '@/domain/triage/settle-clocks'

const addInput = z.object({ ticketId: z.uuid(), text: entryText })

/** Adds to a ticket what its subscriber has told their carrier since: it waits for one of us again. */
export async function addToTicket(actor: Actor, input: z.input<typeof addInput>, now = new Date()): Promise<void> {
  const { ticketId: id, text } = parseInput(addInput, input)
  await transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${id}::uuid FOR UPDATE`
    const ticket = await tx.ticket.findUnique({ where: { id } })
    authorize(actor, 'ticket.add-entry', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
    if (!ticket) throw notFound('ticket')
    const { carrierId, subscriberId } = ticket
    const { language } = await tx.subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
    const said = { kind: 'from_subscriber', text, language, at: now } as const
    await tx.ticketEntry.create({ data: { carrierId, subscriberId, ticketId: id, ...said } })
    const again = ticket.status === 'open' ? {} : ({ status: 'open', waitsSince: now, endedAs: null } as const)
    const data = { ...again, askedSince: ticket.askedSince ?? now, version: { increment: 1 } }
    await tx.ticket.update({ where: { id }, data })
    await settleClocks(tx, id, now)
    const happened = { subject: `ticket:${id}`, kind: 'ticket.added-to', carrierId, data: { subscriberId } } as const
    await recordEvent(tx, actor, happened, now)
  })
}
