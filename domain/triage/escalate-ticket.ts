import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { addStaffMessage } from '@/domain/notification/add-staff-message'
import { parseInput } from '@/domain/parse-input'
import { type Tx, transaction } from '@/domain/transaction'
import { escalateInput, settleInput } from '@/domain/triage/joined-inputs'
import { leadsOf } from '@/domain/triage/leads-of'
import { noteAct } from '@/domain/triage/note-act'
import { raised } from '@/domain/triage/service-defaults'
import { retargetClocks, settleClocks } from '@/domain/triage/settle-clocks'
import { takerOf } from '@/domain/triage/taker'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import {
  notHeld,
  refuseTakenTicket,
  refuseUnseen,
  type TicketToChange,
  ticketToChange,
} from '@/domain/triage/ticket-to-change'

/**
 * Asks a lead to look, and says why: the priority rises by one step, whoever had the ticket lets go of it, and it is not held any
 * longer. The carrier's leads and whoever watches it are told. Refuses one that is escalated or resolved.
 */
export async function escalateTicket(
  actor: Actor,
  input: z.input<typeof escalateInput>,
  now = new Date(),
): Promise<void> {
  const { ticketId, version, reason, note } = parseInput(escalateInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.escalate', ticketId)
    if (ticket.escalatedAt !== null) throw wrongState('escalated', 'The ticket is escalated already.')
    if (ticket.status === 'resolved') throw wrongState('escalate-resolved', 'The ticket is resolved.')
    refuseUnseen(ticket, version)
    refuseTakenTicket(ticket, actor, now)
    const { carrierId, subscriberId } = ticket
    const priority = raised(ticket.priority)
    const free = { takenBy: null, takenUntil: null, ...(ticket.heldUntil && { ...notHeld, waitsSince: now }) }
    const data = { ...free, priority, escalatedAt: now, version: { increment: 1 } }
    await tx.ticket.update({ where: { id: ticketId }, data })
    if (priority !== ticket.priority) await retargetClocks(tx, ticketId, now)
    await settleClocks(tx, ticketId, now)
    await noteAct(tx, actor, ticket, { act: 'escalated', reason, text: note ?? '' }, now)
    const told = { subscriberId, reason, priority, priorityBefore: ticket.priority }
    await recordEvent(
      tx,
      actor,
      { subject: `ticket:${ticketId}`, kind: 'ticket.escalated', carrierId, data: told },
      now,
    )
    await tellOfIt(tx, ticket, takerOf(actor))
  })
}

/** Each once, who leads and watches too. */
async function tellOfIt(tx: Tx, ticket: TicketToChange, by: string): Promise<void> {
  const { id: ticketId, carrierId } = ticket
  const change = `escalated-${ticket.version + 1}`
  const leads = (await leadsOf(tx, carrierId)).filter(id => id !== by)
  for (const staffId of leads) {
    const dedupKey = `escalated:${ticketId}:${change}:${staffId}`
    await addStaffMessage(tx, { template: 'escalated', staffId, carrierId, ticketId, dedupKey })
  }
  await tellWatchers(tx, ticket, { what: 'escalated', by, change, butNot: leads })
}

/** Says that what was escalated is settled. The priority stays as it is: whoever changes it says so. */
export async function settleTicket(actor: Actor, input: z.input<typeof settleInput>, now = new Date()): Promise<void> {
  const { ticketId, version } = parseInput(settleInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.settle', ticketId)
    if (ticket.escalatedAt === null) throw wrongState('not-escalated', 'The ticket is not escalated.')
    refuseUnseen(ticket, version)
    await tx.ticket.update({ where: { id: ticketId }, data: { escalatedAt: null, version: { increment: 1 } } })
    await noteAct(tx, actor, ticket, { act: 'settled' }, now)
    const { carrierId, subscriberId } = ticket
    const happened = {
      subject: `ticket:${ticketId}`,
      kind: 'ticket.settled',
      carrierId,
      data: { subscriberId },
    } as const
    await recordEvent(tx, actor, happened, now)
  })
}
