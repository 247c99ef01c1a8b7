import type { Actor, Role } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import type { EventKind } from '@/domain/events'
import { scope } from '@/domain/policy'
import { type NamedRule, namesOfRules } from '@/domain/rule-names'
import { reader } from '@/domain/transaction'
import { serviceClocks } from '@/domain/triage/service-defaults'
import type { ServiceClock } from '@/prisma/generated/enums'

/** One thing that happened to a request. */
export interface TimelineEntry {
  /** Place in the request's chain, from 1; every change of the request takes the next. */
  seq: number
  kind: EventKind
  at: Date
  by: {
    role: Role
    /** Whether it was the reader. */
    self: boolean
    /** A staff member's name, told to staff only. */
    name: string | null
  }
  /** What a decision of two people is about, in codes. */
  what: string | null
  /** Why it waits, is held or was declined, in codes. */
  reason: string | null
  /** The rule by which it happened, and in which version; told to staff with its name. */
  rule: NamedRule | null
  /** Which target was missed. */
  clock: ServiceClock | null
}

const longest = 500

/** What happened to a request, oldest first. Throws a Refusal "not-found" for one that is not the actor's to see. */
export async function readTimeline(actor: Actor, requestId: string): Promise<TimelineEntry[]> {
  const request = await reader(actor).restoreRequest.findFirst({
    where: { id: requestId, ...scope(actor, 'timeline.read') },
    select: { id: true },
  })
  if (!request) throw notFound('request')
  const events = await reader(actor).event.findMany({
    where: { subject: `request:${request.id}` },
    select: { seq: true, kind: true, at: true, actorRole: true, actorId: true, data: true },
    orderBy: { seq: 'asc' },
    take: longest,
  })
  const isStaff = actor.role !== 'subscriber'
  const names = isStaff ? await staffNames(actor, events) : new Map<string, string>()
  const read = events.map(event => ({ ...event, said: JSON.parse(event.data) as Said }))
  const ruleOf = await namesOfRules(isStaff ? read.map(({ said }) => said) : [])
  return read.map(({ seq, kind, at, actorRole, actorId, said }) => {
    const { reason, what, clock } = said
    const self = 'staffId' in actor ? actor.staffId === actorId : actorRole === actor.role
    return {
      seq,
      kind: kind as EventKind,
      at,
      by: { role: actorRole as Role, self, name: names.get(actorId ?? '') ?? null },
      what: typeof what === 'string' ? what : null,
      reason: typeof reason === 'string' ? reason : null,
      rule: ruleOf(said),
      clock: serviceClocks.find(one => one === clock) ?? null,
    }
  })
}

/** What an event's data may hold that a timeline tells. */
interface Said {
  reason?: unknown
  what?: unknown
  clock?: unknown
  ruleId?: string
  ruleVersion?: number
}

async function staffNames(
  actor: Actor,
  events: { actorRole: string; actorId: string | null }[],
): Promise<Map<string, string>> {
  const outsiders = ['subscriber', 'system', 'anonymous']
  const ids = events.flatMap(({ actorRole, actorId }) => (outsiders.includes(actorRole) ? [] : (actorId ?? [])))
  if (ids.length === 0) return new Map()
  const staff = await reader(actor).staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(staff.map(({ id, name }) => [id, name]))
}
