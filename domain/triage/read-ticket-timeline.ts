import type { Actor, Role } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import type { EventKind } from '@/domain/events'
import { scope } from '@/domain/policy'
import { type ByRule, type NamedRule, namesOfRules } from '@/domain/rule-names'
import { reader } from '@/domain/transaction'
import { serviceClocks } from '@/domain/triage/service-defaults'
import type { ServiceClock } from '@/prisma/generated/enums'

/** One thing that happened to a ticket. */
export interface TicketEvent {
  /** Place in the ticket's chain, from 1. */
  seq: number
  kind: EventKind
  at: Date
  by: { role: Role; self: boolean; name: string | null }
  /** Why, in codes. */
  reason: string | null
  /** Of a change by a person: what the ticket became, in codes. */
  became: { kind: string; priority: string } | null
  /** Of a rule's act: what it did, in codes. */
  what: string | null
  /** The rule by which it happened, and in which version. */
  rule: NamedRule | null
  /** Which target was missed. */
  clock: ServiceClock | null
}

const longest = 500

/** What an event's data may hold that a timeline tells. */
interface Told extends ByRule {
  reason?: unknown
  kind?: unknown
  priority?: unknown
  what?: unknown
  clock?: unknown
}

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
  const read = events.reverse().map(event => ({ ...event, told: JSON.parse(event.data) as Told }))
  const ruleOf = await namesOfRules(read.map(({ told }) => told))
  return read.map(({ seq, kind, at, actorRole, actorId, told }) => {
    return {
      ...{ seq, kind: kind as EventKind, at },
      by: {
        role: actorRole as Role,
        self: 'staffId' in actor && actor.staffId === actorId,
        name: names.get(actorId ?? '') ?? null,
      },
      reason: typeof told.reason === 'string' ? told.reason : null,
      became:
        kind === 'ticket.changed' && told.kind !== undefined
          ? { kind: String(told.kind), priority: String(told.priority) }
          : null,
      what: typeof told.what === 'string' ? told.what : null,
      rule: ruleOf(told),
      clock: serviceClocks.find(one => one === told.clock) ?? null,
    }
  })
}
