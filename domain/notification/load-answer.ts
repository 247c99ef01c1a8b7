import { type EntryMailKind, isEntryMail } from '@/domain/notification/add-message'
import { type Prisma, reader } from '@/domain/transaction'
import { mayBeAsked } from '@/domain/triage/after/may-be-asked'
import type { Language, StaffRole } from '@/prisma/generated/enums'

/** What support wrote in a ticket, as it goes out by mail. */
export interface LoadedAnswer {
  id: string
  template: EntryMailKind
  entryId: string
  ticketId: string
  reference: string
  to: string
  name: string | null
  language: Language
  carrier: string
  /** Who writes; a carrier is null for the installation's own staff. */
  writer: { role: StaffRole; carrier: string | null } | null
  text: string
  /** RFC 5322 section 3.6.4, without angle brackets: the id that it was given already, or null. */
  messageId: string | null
  /** Ids of the mails before it in the ticket, the oldest first. */
  thread: string[]
  /** The ticket is resolved, and they have not said yet how they found it. */
  rates: boolean
}

/** Mails before an answer of which the oldest and the newest are named. */
const longestThread = 100

/** Null where it is no answer, has been sent, was removed, or there is nobody to send it to any more. */
export async function loadAnswer(messageId: string): Promise<LoadedAnswer | null> {
  const db = reader('every-carrier')
  const message = await db.message.findUnique({ where: { id: messageId } })
  if (!message?.entryId || message.sentAt || !isEntryMail(message.template)) return null
  const entry = await db.ticketEntry.findUnique({
    where: { id: message.entryId },
    include: {
      ticket: { include: { rating: { select: { ticketId: true } } } },
      writer: { include: { carrier: { select: { name: true } } } },
    },
  })
  if (!entry || entry.removedAt !== null) return null
  const subscriber = await db.subscriber.findUnique({
    where: { id: entry.subscriberId },
    include: { carrier: { select: { name: true } } },
  })
  if (!subscriber) return null
  const { ticket, writer } = entry
  return {
    id: message.id,
    template: message.template,
    entryId: entry.id,
    ticketId: ticket.id,
    reference: ticket.reference,
    to: subscriber.email,
    name: subscriber.name,
    language: entry.language,
    carrier: subscriber.carrier.name,
    writer: writer && { role: writer.role, carrier: writer.carrier?.name ?? null },
    text: entry.text,
    messageId: entry.messageId,
    rates: ticket.status === 'resolved' && ticket.rating === null && (await mayBeAsked(db, subscriber.id)),
    thread: await threadOf({ ticketId: ticket.id, id: { not: entry.id }, at: { lte: entry.at } }),
  }
}

/** Ids of the mails of a ticket, the oldest first. */
export async function threadOf(of: Prisma.TicketEntryWhereInput & { ticketId: string }): Promise<string[]> {
  const earlier = await reader('every-carrier').ticketEntry.findMany({
    where: { ...of, kind: { not: 'note' }, messageId: { not: null } },
    select: { messageId: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: longestThread,
  })
  return earlier.reverse().flatMap(one => one.messageId ?? [])
}

/** Before the mail goes out: sent again, it has the same id, and an answer to it names one that is known. */
export async function keepMessageId(entryId: string, messageId: string): Promise<void> {
  const where = { id: entryId, messageId: null }
  await reader('every-carrier').ticketEntry.updateMany({ where, data: { messageId } })
}
