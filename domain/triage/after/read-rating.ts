import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { mayBeAsked } from '@/domain/triage/after/may-be-asked'
import { changeableUntil } from '@/domain/triage/after/rating'
import type { Language } from '@/prisma/generated/enums'

export interface RatingView {
  /** Null: not given. */
  rating: { score: number; comment: string | null; language: Language; givenAt: Date; changeableUntil: Date } | null
  /** Whether the reader is asked, or may change what they said. */
  mayRate: boolean
}

/** How the subscriber found a ticket, for themself and for who works on it. */
export async function readRating(actor: Actor, ticketId: string, now = new Date()): Promise<RatingView> {
  const db = reader(actor)
  const where = { id: ticketId, ...scope(actor, 'ticket.read') }
  const ticket = await db.ticket.findFirst({ where, include: { rating: true } })
  if (!ticket) throw notFound('ticket')
  const { rating, status, subscriberId } = ticket
  const isTheirs = may(actor, 'ticket.rate', ticket)
  if (rating === null)
    return { rating: null, mayRate: isTheirs && status === 'resolved' && (await mayBeAsked(db, subscriberId)) }
  const { score, comment, language, givenAt } = rating
  const until = changeableUntil(givenAt)
  return {
    rating: { score, comment, language, givenAt, changeableUntil: until },
    mayRate: isTheirs && now <= until,
  }
}
