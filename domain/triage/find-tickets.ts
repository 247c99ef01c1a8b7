import { type Actor, actorId } from '@/domain/actor'
import { scope } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Prisma, reader } from '@/domain/transaction'
import { type QueueFilter, readFilter } from '@/domain/triage/queue-filter'
import { readPlace, writePlace } from '@/domain/triage/queue-place'
import { clockViews } from '@/domain/triage/service-view'
import { countWalk, walkOf, walkPage } from '@/domain/triage/walk-queue'
import type { Language } from '@/prisma/generated/enums'

const lineShape = {
  taker: { select: { name: true } },
  keys: { select: { key: true } },
  clocks: { select: { clock: true, pausedSince: true, dueAt: true, metAt: true, breachedAt: true } },
} satisfies Prisma.TicketInclude
type Loaded = Prisma.TicketGetPayload<{ include: typeof lineShape }>

export type TicketLine = Awaited<ReturnType<typeof linesOf>>[number]

export interface TicketPage {
  tickets: TicketLine[]
  /** Signed places in this list for this reader; null where it ends. */
  next: string | null
  previous: string | null
  /** False: so many other tickets lie between that the page ends before it is full. */
  whole: boolean
}

/**
 * One page of the tickets that a filter leaves, by how long they wait: keyset, so that a page costs the same wherever it is.
 * Refuses a filter that there is not, and a place of another list or reader, at its field.
 */
export async function findTickets(
  actor: Actor,
  outside: { secrets: Secrets },
  input: { filter?: unknown; newestFirst?: boolean; after?: string; before?: string; take?: number },
  now = new Date(),
): Promise<TicketPage> {
  const filter = readFilter(input.filter ?? {})
  const list = { filter, newestFirst: input.newestFirst ?? false }
  const take = Math.min(Math.max(input.take ?? 50, 1), 200)
  const { secrets } = outside
  const backwards = input.before !== undefined
  const [field, given] = backwards ? (['before', input.before] as const) : (['after', input.after] as const)
  const from = given === undefined ? null : readPlace(secrets, actor, list, given, field)
  const walk = await walkOf(actor, filter, now)
  const tx = reader(actor)
  const { places, next } = await walkPage(tx, walk, { descending: list.newestFirst !== backwards, take, from })
  const shown = backwards ? places.toReversed() : places
  const ids = shown.map(({ ticketId }) => ticketId)
  const write = (place: (typeof places)[number] | null | undefined) =>
    place == null ? null : writePlace(secrets, actor, list, place)
  return {
    // What left the list meanwhile is not in it.
    tickets: await linesOf(actor, ids, now),
    next: backwards ? write(shown.at(-1) ?? from) : write(next),
    previous: backwards ? write(next) : from === null ? null : write(shown[0] ?? from),
    whole: places.length === take || next === null,
  }
}

/** Tickets by their ids, in the order given; those that are not the actor's to see are left out. */
export function listTickets(actor: Actor, ids: readonly string[], now = new Date()): Promise<TicketLine[]> {
  return linesOf(actor, ids.slice(0, 200), now)
}

async function linesOf(actor: Actor, ids: readonly string[], now: Date) {
  const where = { id: { in: [...ids] }, ...scope(actor, 'queue.read') }
  const rows = await reader(actor).ticket.findMany({ where, include: lineShape })
  const people = await reader(actor).subscriber.findMany({
    where: { id: { in: rows.map(({ subscriberId }) => subscriberId) } },
    select: { id: true, accountId: true, name: true, language: true, carrier: { select: { name: true } } },
  })
  const ticketOf = new Map(rows.map(row => [row.id, row]))
  const personOf = new Map(people.map(person => [person.id, person]))
  return ids.flatMap(id => {
    const row = ticketOf.get(id)
    const person = row && personOf.get(row.subscriberId)
    return row === undefined || person === undefined ? [] : [lineOf(actor, row, person, now)]
  })
}

interface Person {
  id: string
  accountId: string
  name: string | null
  language: Language
  carrier: { name: string }
}

function lineOf(actor: Actor, row: Loaded, subscriber: Person, now: Date) {
  const { id, reference, kind, status, subject, priority, tags, requestId, carrierId, version } = row
  const isTaken = row.taker !== null && row.takenUntil !== null && row.takenUntil > now
  const keyed = (name: string) =>
    row.keys.flatMap(({ key }) => (key.startsWith(`${name}:`) ? [key.slice(name.length + 1)] : []))
  return {
    ...{ id, reference, kind, status, subject, priority, tags, requestId, carrierId, version, subscriber },
    openedAt: row.openedAt,
    waitsSince: row.waitsSince,
    state: keyed('state')[0] ?? null,
    categories: keyed('category'),
    // What goes on in another ticket is promised there.
    isMerged: row.mergedInto !== null,
    service: row.mergedInto === null ? clockViews(row.clocks, now) : [],
    taken: isTaken ? { name: row.taker!.name, own: row.takenBy === actorId(actor) } : null,
  }
}

/** So many are counted of a list at the most: what follows says "1,000+". */
export const mostCounted = 1_000

export interface Count {
  count: number
  /** There are more, or may be: only so many were looked at. */
  more: boolean
}

/** How many tickets each filter leaves, in their order, at a bounded cost. */
export function countTickets(actor: Actor, filters: readonly QueueFilter[], now = new Date()): Promise<Count[]> {
  return Promise.all(
    filters.map(async filter => countWalk(reader(actor), await walkOf(actor, readFilter(filter), now), mostCounted)),
  )
}
