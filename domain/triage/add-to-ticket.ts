import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { type Tx, transaction } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { entryText } from '@/domain/triage/entry-text'
import { ticketToReply } from '@/domain/triage/merged-tickets'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import { notHeld } from '@/domain/triage/ticket-to-change'

const addInput = z.object({ ticketId: z.uuid(), text: entryText })

type Added = z.output<typeof addInput>

/** Adds to a ticket what its subscriber has told their carrier since: it waits for one of us again. */
export async function addToTicket(actor: Actor, input: z.input<typeof addInput>, now = new Date()): Promise<void> {
  const added = parseInput(addInput, input)
  await transaction(actor, tx => addStep(tx, actor, added, now))
}

/** The same in the caller's transaction. */
export async function addStep(tx: Tx, actor: Actor, { ticketId, text }: Added, now: Date): Promise<void> {
  const ticket = await ticketToReply(tx, actor, ticketId, 'ticket.add-entry')
  const { id, carrierId, subscriberId } = ticket
  const { language } = await tx.subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
  const said = { kind: 'from_subscriber', text, language, writtenBy: null } as const
  const entryId = await addEntry(tx, ticket, said, now)
  const isWaiting = ticket.status === 'open' && ticket.heldUntil === null
  const again = isWaiting ? {} : ({ status: 'open', waitsSince: now, endedAs: null, ...notHeld } as const)
  const data = { ...again, askedSince: ticket.askedSince ?? now, version: { increment: 1 } }
  await tx.ticket.update({ where: { id }, data })
  await settleClocks(tx, id, now)
  const what = ticket.status === 'resolved' ? 'reopened' : 'replied'
  await tellWatchers(tx, ticket, { what, by: null, change: entryId })
  const happened = { subject: `ticket:${id}`, kind: 'ticket.added-to', carrierId, data: { subscriberId } } as const
  await recordEvent(tx, actor, happened, now)
}
