import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { entryText } from '@/domain/triage/entry-text'
import { ticketToReply } from '@/domain/triage/merged-tickets'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import { notHeld } from '@/domain/triage/ticket-to-change'

const addInput = z.object({ ticketId: z.uuid(), text: entryText })

/** Adds to a ticket what its subscriber has told their carrier since: it waits for one of us again. */
export async function addToTicket(actor: Actor, input: z.input<typeof addInput>, now = new Date()): Promise<void> {
  const { ticketId: asked, text } = parseInput(addInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToReply(tx, actor, asked, 'ticket.add-entry')
    const { id, carrierId, subscriberId } = ticket
    const { language } = await tx.subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
    const said = { kind: 'from_subscriber', text, language, at: now } as const
    const entry = await tx.ticketEntry.create({ data: { carrierId, subscriberId, ticketId: id, ...said } })
    const isWaiting = ticket.status === 'open' && ticket.heldUntil === null
    const again = isWaiting ? {} : ({ status: 'open', waitsSince: now, endedAs: null, ...notHeld } as const)
    const data = { ...again, askedSince: ticket.askedSince ?? now, version: { increment: 1 } }
    await tx.ticket.update({ where: { id }, data })
    await settleClocks(tx, id, now)
    const what = ticket.status === 'resolved' ? 'reopened' : 'replied'
    await tellWatchers(tx, ticket, { what, by: null, change: entry.id })
    const happened = { subject: `ticket:${id}`, kind: 'ticket.added-to', carrierId, data: { subscriberId } } as const
    await recordEvent(tx, actor, happened, now)
  })
}
