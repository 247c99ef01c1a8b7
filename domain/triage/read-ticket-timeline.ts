import type { Actor, Role } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import type { EventKind } from '@/domain/events'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** One thing that happened to a ticket. */
export interface TicketEvent {
  /** Place in the ticket's chain, from 1. */
  seq: number
  kind: EventKind
  at: Date
  by: { role: Role; self: boolean; name: string | null }
  /** Why, in codes. */
  reason: string | null
  /** Of a change: what the ticket became, in codes. */
  became: { kind: string; priority: string } | null
}

const longest = 500

/** What happened to a ticket, oldest first, for who works here: the newest 500. */
export async function readTicketTimeline(actor: Actor, ticketId: string): Promise<TicketEvent[]> {
  const ticket = await reader(actor).ticket.findFirst({ where: { id: ticketId, ...scope(actor, 'ticket.history') } })
  if (!ticket) throw notFound('ticket')
  const events = await reader(actor).event.findMany({
    where: { subject: `ticket:${ticket.id}` },
    select: { seq: true, kind: true, at: true, actorRole: true, actorId: true, data: true },
    orderBy: { seq: 'desc' },
    take: longest,
  })
  const ids = events.flatMap(one => (['subscriber', 'system'].includes(one.actorRole) ? [] : (one.actorId ?? [])))
  const staff = await reader(actor).staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(staff.map(({ id, name }) => [id, name]))
  return events.reverse().map(({ seq, kind, at, actorRole, actorId, data }) => {
    const told = JSON.parse(data) as Record<string, unknown>
    return {
      ...{ seq, kind: kind as EventKind, at },
      by: {
        role: actorRole as Role,
        self: 'staffId' in actor && actor.staffId === actorId,
        name: names.get(actorId ?? '') ?? null,
      },
      reason: typeof told.reason === 'string' ? told.reason : null,
      became: kind === 'ticket.changed' ? { kind: String(told.kind), priority: String(told.priority) } : null,
    }
  })
}
