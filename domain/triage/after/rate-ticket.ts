import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { mayBeAsked } from '@/domain/triage/after/may-be-asked'
import { changeableUntil, rateInput } from '@/domain/triage/after/rating'

/**
 * The subscriber says how they found it, from 1 to 5, once a ticket is resolved. One rating a ticket; given again within a week
 * it changes that one.
 */
export async function rateTicket(actor: Actor, input: z.input<typeof rateInput>, now = new Date()): Promise<void> {
  const { ticketId, score, comment: text, language } = parseInput(rateInput, input)
  await transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${ticketId}::uuid FOR UPDATE`
    const ticket = await tx.ticket.findUnique({ where: { id: ticketId }, include: { rating: true } })
    authorize(actor, 'ticket.rate', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
    if (!ticket) throw notFound('ticket')
    const { carrierId, subscriberId, rating } = ticket
    const said = { score, comment: text === '' ? null : text, language }
    if (rating === null) {
      if (ticket.status !== 'resolved' || !(await mayBeAsked(tx, subscriberId)))
        throw wrongState('rating-not-asked', 'How it was is not asked of this ticket now.')
      await tx.ticketRating.create({ data: { ticketId, carrierId, subscriberId, ...said, givenAt: now } })
    } else {
      // The same form sent twice is one rating, whenever it comes.
      if (rating.score === score && rating.comment === said.comment) return
      if (changeableUntil(rating.givenAt) < now)
        throw wrongState('rating-closed', 'The week in which it could be changed is over.')
      await tx.ticketRating.update({ where: { ticketId }, data: { ...said, changedAt: now } })
    }
    await tx.ticket.update({ where: { id: ticketId }, data: { version: { increment: 1 } } })
    const happened = { subject: `ticket:${ticketId}`, kind: 'ticket.rated', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { subscriberId, score } }, now)
  })
}
