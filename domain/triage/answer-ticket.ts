import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { addEntry, enteredBefore } from '@/domain/triage/add-entry'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { takerOf } from '@/domain/triage/taker'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import { answerInput } from '@/domain/triage/ticket-inputs'
import {
  movedTo,
  refuseTakenTicket,
  refuseUnseen,
  restingStatus,
  type TicketToChange,
  ticketToChange,
} from '@/domain/triage/ticket-to-change'
import type { TicketStatus } from '@/prisma/generated/enums'

/**
 * Writes to the subscriber: the answer is in the ticket, and goes out by mail in their language. Then the ticket waits for them,
 * is resolved, or stays as it is; a restore's stands where its request puts it.
 */
export async function answerTicket(
  actor: Actor,
  input: z.input<typeof answerInput>,
  now = new Date(),
): Promise<{ entryId: string }> {
  const { ticketId, version, text, entryKey, after } = parseInput(answerInput, input)
  return transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.answer', ticketId)
    const before = await enteredBefore(tx, ticketId, entryKey)
    if (before) return { entryId: before }
    refuseUnseen(ticket, version)
    refuseTakenTicket(ticket, actor, now)
    const { carrierId, subscriberId } = ticket
    const { language } = await tx.subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
    const said = { kind: 'to_subscriber', text, language, writtenBy: takerOf(actor), entryKey } as const
    const entryId = await addEntry(tx, ticket, said, now)
    const status = statusAfter(ticket, after)
    const resolves = status === 'resolved' && ticket.status !== 'resolved'
    const data = {
      ...(status === ticket.status ? {} : movedTo(ticket.status, status, now)),
      ...(resolves && after === 'resolve' ? { resolvedReason: 'answered' } : {}),
    }
    await tx.ticket.update({ where: { id: ticketId }, data: { ...data, askedSince: null, version: { increment: 1 } } })
    await settleClocks(tx, ticketId, now)
    const about = { subject: `ticket:${ticketId}`, carrierId } as const
    const kind = after === 'wait' ? 'ticket.asked' : 'ticket.answered'
    await recordEvent(tx, actor, { ...about, kind, data: { subscriberId, entryId } }, now)
    if (resolves && after === 'resolve') {
      const data = { subscriberId, reason: 'answered' }
      await recordEvent(tx, actor, { ...about, kind: 'ticket.resolved', data }, now)
    }
    if (resolves) await tellWatchers(tx, ticket, { what: 'resolved', by: takerOf(actor), change: entryId })
    return { entryId }
  })
}

function statusAfter(ticket: TicketToChange, after: z.output<typeof answerInput>['after']): TicketStatus {
  if (after === 'wait') return 'pending'
  if (after === 'resolve') {
    if (ticket.request !== null) throw wrongState('follows-request', 'The ticket of a restore is resolved with it.')
    return 'resolved'
  }
  return ticket.status === 'open' ? restingStatus(ticket) : ticket.status
}
