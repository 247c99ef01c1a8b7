import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { addStaffMessage } from '@/domain/notification/add-staff-message'
import { authorizeEver } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { leadsOf } from '@/domain/triage/leads-of'
import { raised, toldTogetherMs } from '@/domain/triage/service-defaults'
import { calendarById } from '@/domain/triage/service-plan'
import { dueOf } from '@/domain/triage/ticket-clock-state'
import type { ServiceClock, TicketPriority } from '@/prisma/generated/enums'

// A few at a time: each takes its ticket's place in line, and people wait for none of it.
const atOnce = 20

/**
 * Notes what has gone over its target: the ticket's priority rises by one, its chain says so, and the carrier's leads are
 * told, all in one transaction, so that it happens once however many workers look. Tickets that somebody is changing at this
 * moment are left for the next time. Answers how many; stops between two steps where the signal says so.
 */
export async function markBreaches(actor: Actor, now = new Date(), signal?: AbortSignal): Promise<number> {
  authorizeEver(actor, 'service.watch')
  for (let more = true; more && !signal?.aborted; ) more = await transaction(actor, reckonSome)
  let marked = 0
  for (let more = true; more && !signal?.aborted; ) {
    const count = await transaction(actor, tx => markSome(tx, actor, now))
    marked += count
    more = count === atOnce
  }
  return marked
}

/** When clocks are due that a migration has started: it cannot tell. Answers whether there may be more. */
async function reckonSome(tx: Tx): Promise<boolean> {
  const rows = await tx.$queryRaw<{ ticket_id: string; clock: string }[]>`
    SELECT ticket_id, clock FROM ticket_clocks WHERE NOT reckoned LIMIT ${atOnce} FOR UPDATE SKIP LOCKED`
  for (const { ticket_id: ticketId, clock } of rows) {
    const where = { ticketId_clock: { ticketId, clock: clockNamed(clock) } }
    const row = await tx.ticketClock.findUniqueOrThrow({ where })
    const { runningSince, metAt, calendarId, minutes, usedMs } = row
    const calendar = await calendarById(tx, calendarId)
    const dueAt =
      metAt === null && runningSince !== null ? dueOf(calendar, minutes, Number(usedMs), runningSince) : row.dueAt
    await tx.ticketClock.update({ where, data: { reckoned: true, dueAt: row.breachedAt === null ? dueAt : row.dueAt } })
  }
  return rows.length === atOnce
}

interface Over {
  ticket_id: string
  clock: string
  carrier_id: string
  subscriber_id: string
  request_id: string | null
  priority: TicketPriority
  due_at: Date
}

async function markSome(tx: Tx, actor: Actor, now: Date): Promise<number> {
  const over = await tx.$queryRaw<Over[]>`
    SELECT c.ticket_id, c.clock, c.carrier_id, c.subscriber_id, t.request_id, t.priority, c.due_at
    FROM ticket_clocks c JOIN tickets t ON t.id = c.ticket_id
    WHERE c.met_at IS NULL AND c.breached_at IS NULL AND c.due_at < ${now}
    ORDER BY c.due_at, c.ticket_id LIMIT ${atOnce} FOR UPDATE OF c, t SKIP LOCKED`
  const priorities = new Map<string, TicketPriority>()
  for (const { ticket_id: ticketId, clock: name, carrier_id: carrierId, subscriber_id: subscriberId, ...one } of over) {
    const clock = clockNamed(name)
    const priority = raised(priorities.get(ticketId) ?? one.priority)
    priorities.set(ticketId, priority)
    await tx.ticketClock.update({ where: { ticketId_clock: { ticketId, clock } }, data: { breachedAt: now } })
    // Not a change that makes a person's decision stale: they decide all the sooner.
    // No person’s act: rules may still decide it.
    await tx.ticket.update({ where: { id: ticketId }, data: { priority, ruled: { increment: 1 } } })
    const subject = one.request_id === null ? (`ticket:${ticketId}` as const) : (`request:${one.request_id}` as const)
    const data = { clock, priority, dueAt: one.due_at.toISOString(), ticketId, subscriberId }
    await recordEvent(tx, actor, { subject, kind: 'ticket.breached', carrierId, data }, now)
  }
  // In one order, so that two workers never wait for each other.
  for (const carrierId of [...new Set(over.map(one => one.carrier_id))].sort()) await tellLeads(tx, carrierId, now)
  return over.length
}

/** Once each for a quarter of an hour, sent when that is over: a bad morning is no hundred mails. */
async function tellLeads(tx: Tx, carrierId: string, now: Date): Promise<void> {
  const since = new Date(Math.floor(now.getTime() / toldTogetherMs) * toldTogetherMs)
  // What was noted at its end may become visible a moment later.
  const runAt = new Date(since.getTime() + toldTogetherMs + 60_000)
  for (const staffId of await leadsOf(tx, carrierId)) {
    const dedupKey = `breached:${carrierId}:${since.toISOString()}:${staffId}`
    await addStaffMessage(tx, { template: 'breached', staffId, carrierId, dedupKey, since }, runAt)
  }
}

const clockNamed = (name: string): ServiceClock => name.replace('-', '_') as ServiceClock
