import type { Tx } from '@/domain/transaction'
import { clocksOf } from '@/domain/triage/service-defaults'
import { calendarById, planFor } from '@/domain/triage/service-plan'
import { type ClockFacts, dueOf, type RunningClock, settled, usedBy } from '@/domain/triage/ticket-clock-state'
import type { RequestStatus, ServiceClock, TicketKind, TicketPriority, TicketStatus } from '@/prisma/generated/enums'

interface Opened {
  id: string
  carrierId: string
  subscriberId: string
  kind: TicketKind
  priority: TicketPriority
}

/** Starts what is measured of a new ticket, in its own transaction: `from` may lie ahead. */
export async function startClocks(tx: Tx, ticket: Opened, from: Date): Promise<void> {
  const { id: ticketId, carrierId, subscriberId, kind, priority } = ticket
  const { calendarId, targetVersion, minutes } = await planFor(tx, carrierId, priority)
  const calendar = await calendarById(tx, calendarId)
  await tx.ticketClock.createMany({
    data: clocksOf(kind).map(clock => ({
      ...{ ticketId, clock, carrierId, subscriberId, calendarId, targetVersion, minutes: minutes[clock] },
      ...{ startedAt: from, runningSince: from, dueAt: dueOf(calendar, minutes[clock], 0, from) },
    })),
  })
}

/**
 * Brings a ticket's clocks to where it stands: to be called in the transaction of whatever changes its state, its request's or
 * what was answered, after that. Called again for the same, it changes nothing. A target that was met stays met.
 */
export async function settleClocks(tx: Tx, ticketId: string, now: Date): Promise<void> {
  const rows = await clocksFor(tx, ticketId)
  for (const row of rows) {
    const calendar = await calendarById(tx, row.calendar_id)
    const before = clockOf(row)
    const after = settled(calendar, before, factsOf(row), now)
    if (after === before) continue
    const { clock, minutes: _, usedMs, ...moved } = after
    await tx.ticketClock.update({
      where: { ticketId_clock: { ticketId, clock } },
      // What nobody has worked out when it is due still has to be.
      data: { ...moved, usedMs: BigInt(Math.round(usedMs)) },
    })
  }
}

/**
 * After a person has given a ticket another priority: what still runs and is not over gets that priority's newest target, with
 * what has counted so far. A breach that raises the priority does not shorten what was promised.
 */
export async function retargetClocks(tx: Tx, ticketId: string, now: Date): Promise<void> {
  const rows = await clocksFor(tx, ticketId)
  const [first] = rows
  if (first === undefined) return
  const { minutes, targetVersion } = await planFor(tx, first.carrier_id, first.priority)
  for (const row of rows) {
    const clock = clockOf(row)
    if (clock.breachedAt !== null || (clock.dueAt !== null && clock.dueAt < now)) continue
    const calendar = await calendarById(tx, row.calendar_id)
    const usedMs = usedBy(calendar, clock, now)
    const from = clock.runningSince !== null && clock.runningSince < now ? now : clock.runningSince
    const dueAt = from === null ? null : dueOf(calendar, minutes[clock.clock], usedMs, from)
    await tx.ticketClock.update({
      where: { ticketId_clock: { ticketId, clock: clock.clock } },
      data: { minutes: minutes[clock.clock], targetVersion, usedMs: BigInt(usedMs), runningSince: from, dueAt },
    })
  }
}

interface Row {
  carrier_id: string
  priority: TicketPriority
  status: TicketStatus
  merged_into: string | null
  held_until: Date | null
  waits_since: Date
  request_status: RequestStatus | null
  wait_reason: string | null
  decided_at: Date | null
  answered_at: Date | null
  clock: string
  calendar_id: string | null
  minutes: number
  running_since: Date | null
  paused_since: Date | null
  used_ms: bigint
  due_at: Date | null
  breached_at: Date | null
}

/** Those that have not come to their end, locked, with what they depend on. */
function clocksFor(tx: Tx, ticketId: string): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT t.carrier_id, t.priority, t.status, t.merged_into, t.held_until, t.waits_since, r.status AS request_status, r.wait_reason, r.decided_at,
      (SELECT min(e.at) FROM ticket_entries e
        WHERE e.ticket_id = t.id AND e.kind = 'to-subscriber' AND e.written_by IS NOT NULL) AS answered_at,
      c.clock, c.calendar_id, c.minutes, c.running_since, c.paused_since, c.used_ms, c.due_at, c.breached_at
    FROM ticket_clocks c JOIN tickets t ON t.id = c.ticket_id LEFT JOIN restore_requests r ON r.id = t.request_id
    WHERE c.ticket_id = ${ticketId}::uuid AND c.met_at IS NULL ORDER BY c.clock FOR UPDATE OF c`
}

const clockOf = (row: Row): RunningClock => ({
  clock: row.clock.replace('-', '_') as ServiceClock,
  minutes: row.minutes,
  runningSince: row.running_since,
  pausedSince: row.paused_since,
  usedMs: Number(row.used_ms),
  dueAt: row.due_at,
  breachedAt: row.breached_at,
})

const factsOf = (row: Row): ClockFacts => ({
  // They stand while it goes on in another one: nothing is due here, and nothing was done here either.
  status: row.merged_into === null ? row.status : 'pending',
  // That we chose to wait is no pause: what was promised stays due.
  waitsSince: row.held_until === null ? row.waits_since : new Date(0),
  request:
    row.request_status === null
      ? null
      : { status: row.request_status, reason: row.wait_reason, decidedAt: row.decided_at },
  answeredAt: row.answered_at,
})
