import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import type { Tx } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import { movedTo, notHeld, type TicketToChange } from '@/domain/triage/ticket-to-change'
import type { Language } from '@/prisma/generated/enums'

interface Said {
  text: string
  language: Language
  entryKey: string | null
  messageId: string | null
  /** Of a mail: what its text leaves out. */
  trimmed?: string | null
}

/** What the subscriber said stands in the ticket, which waits for one of us from now on. Answers the entry's id. */
export async function enterReply(tx: Tx, actor: Actor, ticket: TicketToChange, said: Said, now: Date): Promise<string> {
  const { id, carrierId, subscriberId } = ticket
  const entryId = await addEntry(tx, ticket, { kind: 'from_subscriber', writtenBy: null, ...said }, now)
  // Whoever writes is not put off till a day that was chosen before.
  const again = ticket.heldUntil === null ? {} : { ...notHeld, waitsSince: now }
  const data = { ...movedTo(ticket.status, 'open', now), ...again, askedSince: ticket.askedSince ?? now }
  await tx.ticket.update({ where: { id }, data: { ...data, version: { increment: 1 } } })
  await settleClocks(tx, id, now)
  const about = { subject: `ticket:${id}`, carrierId } as const
  await recordEvent(tx, actor, { ...about, kind: 'ticket.replied', data: { subscriberId, entryId } }, now)
  const isAgain = ticket.status === 'resolved'
  await tellWatchers(tx, ticket, { what: isAgain ? 'reopened' : 'replied', by: null, change: entryId })
  if (isAgain) {
    const data = { subscriberId, reason: 'subscriber-wrote' }
    await recordEvent(tx, actor, { ...about, kind: 'ticket.reopened', data }, now)
  }
  return entryId
}
