import { ticketMailKind } from '@/domain/notification/add-message'
import { threadOf } from '@/domain/notification/load-answer'
import { reader } from '@/domain/transaction'
import { mayBeAsked } from '@/domain/triage/after/may-be-asked'
import type { Language } from '@/prisma/generated/enums'

/** That a ticket was resolved, as it goes out by mail. */
export interface LoadedResolved {
  id: string
  ticketId: string
  reference: string
  to: string
  name: string | null
  language: Language
  carrier: string
  /** A code of why; null: nobody has said. */
  reason: string | null
  /** Ids of the mails in the ticket, the oldest first. */
  thread: string[]
  /** They have not said yet how they found it. */
  rates: boolean
}

/** Null where it is another mail, has been sent, or the ticket was opened again or went on in another one since. */
export async function loadResolved(messageId: string): Promise<LoadedResolved | null> {
  const db = reader('every-carrier')
  const message = await db.message.findUnique({ where: { id: messageId } })
  if (!message?.ticketId || message.sentAt || message.template !== ticketMailKind) return null
  const ticket = await db.ticket.findUnique({
    where: { id: message.ticketId },
    include: { rating: { select: { ticketId: true } } },
  })
  if (ticket?.status !== 'resolved' || ticket.mergedInto !== null) return null
  const subscriber = await db.subscriber.findUnique({
    where: { id: ticket.subscriberId },
    include: { carrier: { select: { name: true } } },
  })
  if (!subscriber) return null
  const { id: ticketId, reference, resolvedReason: reason } = ticket
  return {
    ...{ id: message.id, ticketId, reference, reason },
    ...{ to: subscriber.email, name: subscriber.name, language: subscriber.language },
    carrier: subscriber.carrier.name,
    thread: await threadOf({ ticketId }),
    rates: ticket.rating === null && (await mayBeAsked(db, subscriber.id)),
  }
}
