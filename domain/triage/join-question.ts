import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'
import { enterReply } from '@/domain/triage/enter-reply'
import { mostItems } from '@/domain/triage/ticket-inputs'
import { ticketToChange } from '@/domain/triage/ticket-to-change'
import type { Prisma } from '@/prisma/generated/client'
import type { Language, TicketKind } from '@/prisma/generated/enums'

interface Asked {
  subscriberId: string
  kind: TicketKind
  aboutRequestId: string | null
  subject: string
  text: string
  language: Language
  openingKey: string
  items: {
    category: Prisma.TicketItemCreateManyInput['category']
    file?: string
    ordinal?: number
    title?: string | null
  }[]
}

/** What a question says, as an entry of another one. */
export const joinedText = ({ subject, text }: { subject: string; text: string }): string => `${subject}\n\n${text}`

/** The open question of the same kind about the same restore, the first one; null where there is none. */
export function openAbout(
  db: Tx,
  { subscriberId, kind, aboutRequestId }: Pick<Asked, 'subscriberId' | 'kind' | 'aboutRequestId'>,
): Promise<{ id: string; reference: string } | null> {
  if (aboutRequestId === null) return Promise.resolve(null)
  return db.ticket.findFirst({
    where: { subscriberId, kind, aboutRequestId, status: { not: 'resolved' }, mergedInto: null },
    select: { id: true, reference: true },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
  })
}

/**
 * Adds what a subscriber asks to their open question about the same, where there is one; the caller holds the subscriber's row.
 * Answers that question, or null.
 */
export async function joinQuestion(
  tx: Tx,
  actor: Actor,
  asked: Asked,
  now: Date,
): Promise<{ id: string; reference: string } | null> {
  const earlier = await openAbout(tx, asked)
  if (earlier === null) return null
  const ticket = await ticketToChange(tx, actor, 'ticket.reply', earlier.id)
  // Resolved, or merged, while this waited for it: what they ask is a question of its own.
  if (ticket.status === 'resolved' || ticket.mergedInto !== null) return null
  const { id: ticketId, carrierId, subscriberId } = ticket
  const named = await tx.ticketItem.findMany({ where: { ticketId } })
  const placeOf = (one: { category: string; file?: string | null; ordinal?: number | null }) =>
    JSON.stringify([one.category, one.file ?? null, one.ordinal ?? null])
  const known = new Set(named.map(placeOf))
  const more = asked.items.filter(item => !known.has(placeOf(item)))
  if (named.length + more.length > mostItems) throw badInput('items', 'items-many', 'So many records are not named.')
  await tx.ticketItem.createMany({ data: more.map(item => ({ carrierId, subscriberId, ticketId, ...item })) })
  const { subject, text, language, openingKey: entryKey } = asked
  const said = { text: joinedText({ subject, text }), language, entryKey, messageId: null }
  await enterReply(tx, actor, ticket, said, now)
  return { id: ticketId, reference: ticket.reference }
}
