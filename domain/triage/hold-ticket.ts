import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { type Tx, transaction } from '@/domain/transaction'
import { addEntry, enteredBefore } from '@/domain/triage/add-entry'
import { dayAhead, dayBegins } from '@/domain/triage/hold-day'
import { endHoldInput, holdInput, longestHold } from '@/domain/triage/joined-inputs'
import { noteAct } from '@/domain/triage/note-act'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { takerOf } from '@/domain/triage/taker'
import {
  notHeld,
  refuseTakenTicket,
  refuseUnseen,
  type TicketToChange,
  ticketToChange,
} from '@/domain/triage/ticket-to-change'

/**
 * Holds a ticket until a day: nobody is given it before that, unless the subscriber writes. What was promised stays due, for that
 * we chose to wait. Where a text is given, the subscriber is written to. Refuses what does not wait for us.
 */
export async function holdTicket(actor: Actor, input: z.input<typeof holdInput>, now = new Date()): Promise<void> {
  const asked = parseInput(holdInput, input)
  const { ticketId, version, reason, text, entryKey } = asked
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.hold', ticketId)
    const noteKey = `hold:${entryKey}`
    if (await enteredBefore(tx, ticketId, noteKey)) return
    const until = momentOf(asked, now)
    refuseUnseen(ticket, version)
    refuseTakenTicket(ticket, actor, now)
    if (ticket.status !== 'open') throw wrongState('hold-not-open', 'The ticket does not wait for one of us.')
    if (ticket.heldUntil === null && ticket.waitsSince > now)
      throw wrongState('hold-waits', 'The ticket waits for something else already.')
    const data = { heldUntil: until, heldReason: reason, waitsSince: until, takenBy: null, takenUntil: null }
    const answered = text === null ? {} : { askedSince: null }
    await tx.ticket.update({ where: { id: ticketId }, data: { ...data, ...answered, version: { increment: 1 } } })
    await noteAct(tx, actor, ticket, { act: 'held', reason, text: asked.day, entryKey: noteKey }, now)
    const { carrierId, subscriberId } = ticket
    const about = { subject: `ticket:${ticketId}`, carrierId } as const
    const held = { subscriberId, reason, until: until.toISOString() }
    await recordEvent(tx, actor, { ...about, kind: 'ticket.held', data: held }, now)
    if (text !== null) {
      const entryId = await write(tx, actor, ticket, { text, entryKey }, now)
      await recordEvent(tx, actor, { ...about, kind: 'ticket.answered', data: { subscriberId, entryId } }, now)
    }
    await settleClocks(tx, ticketId, now)
  })
}

/** Ends a hold before its day: the ticket waits for us since now. */
export async function endHold(actor: Actor, input: z.input<typeof endHoldInput>, now = new Date()): Promise<void> {
  const { ticketId, version } = parseInput(endHoldInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.hold', ticketId)
    if (ticket.heldUntil === null || ticket.heldUntil <= now) throw wrongState('not-held', 'The ticket is not held.')
    refuseUnseen(ticket, version)
    const data = { ...notHeld, waitsSince: now, version: { increment: 1 } }
    await tx.ticket.update({ where: { id: ticketId }, data })
    await noteAct(tx, actor, ticket, { act: 'hold-ended' }, now)
    await settleClocks(tx, ticketId, now)
    const { carrierId, subscriberId } = ticket
    const happened = {
      subject: `ticket:${ticketId}`,
      kind: 'ticket.hold-ended',
      carrierId,
      data: { subscriberId },
    } as const
    await recordEvent(tx, actor, happened, now)
  })
}

function momentOf({ day, timeZone }: { day: string; timeZone: string }, now: Date): Date {
  const until = dayBegins(day, timeZone)
  if (until === null) throw badInput('day', 'hold-day-form', 'There is no such day.')
  if (until <= now) throw badInput('day', 'hold-day-past', 'That day has begun.')
  if (day > dayAhead(now, timeZone, longestHold))
    throw badInput('day', 'hold-day-far', `A ticket is held for ${longestHold} days at most.`)
  return until
}

async function write(
  tx: Tx,
  actor: Actor,
  ticket: TicketToChange,
  said: { text: string; entryKey: string },
  now: Date,
): Promise<string> {
  const { subscriberId: id } = ticket
  const { language } = await tx.subscriber.findUniqueOrThrow({ where: { id } })
  return addEntry(tx, ticket, { kind: 'to_subscriber', ...said, language, writtenBy: takerOf(actor) }, now)
}
