import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { Prisma, reader, type Tx } from '@/domain/transaction'
import { keysOf, type QueueFilter, queueFields, statusesOf } from '@/domain/triage/queue-filter'
import type { Place } from '@/domain/triage/queue-place'

/**
 * So many tickets are looked at for one page where several fields narrow the list: what is rare never makes a page read the
 * whole backlog.
 */
export const mostLookedAt = 2_000

/** A list of tickets as the database is asked for it. */
export interface Walk {
  /** Null: every carrier's. */
  carrierId: string | null
  statuses: readonly string[]
  /** The keys whose ranges are walked, and for each further field those of which a ticket has to have one. */
  keys: readonly string[]
  others: readonly (readonly string[])[]
  waitsUntil: Date | null
}

/** How a filter's list is walked for the actor: along the field that leaves the fewest, the others looked up. */
export async function walkOf(actor: Actor, filter: QueueFilter, now: Date): Promise<Walk> {
  const { carrierId: own } = scope(actor, 'queue.read')
  const asked = filter.carrier
  const all: Walk = {
    carrierId: own ?? asked ?? null,
    // Of another carrier there is nothing.
    statuses: own !== undefined && asked !== undefined && asked !== own ? [] : statusesOf(filter),
    keys: ['all'],
    others: [],
    waitsUntil: filter.waited === undefined ? null : new Date(now.getTime() - filter.waited * 3_600_000),
  }
  const staffId = 'staffId' in actor ? actor.staffId : null
  const fields = queueFields.flatMap(field => {
    const keys = keysOf(field, filter, staffId)
    return keys === null ? [] : [keys]
  })
  if (fields.length < 2) return { ...all, keys: fields[0] ?? all.keys }
  const sizes = await Promise.all(fields.map(keys => sizeOf(reader(actor), { ...all, keys }, mostLookedAt)))
  const fewest = sizes.indexOf(Math.min(...sizes))
  return { ...all, keys: fields[fewest]!, others: fields.filter((_, at) => at !== fewest) }
}

/** What a walk meets first, in its order, `most` at the most: from each range of the index no more than that. */
function candidates(walk: Walk, descending: boolean, most: number, from: Place | null): Prisma.Sql {
  const { carrierId, statuses, keys, waitsUntil } = walk
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const further = descending ? Prisma.sql`<` : Prisma.sql`>`
  const behind =
    from === null
      ? Prisma.empty
      : Prisma.sql`AND (k.waits_since, k.ticket_id) ${further} (${from.waitsSince}, ${from.ticketId}::uuid)`
  const long = waitsUntil === null ? Prisma.empty : Prisma.sql`AND k.waits_since <= ${waitsUntil}`
  const whose = carrierId === null ? Prisma.empty : Prisma.sql`WHERE id = ${carrierId}::uuid`
  return Prisma.sql`
    SELECT DISTINCT r.waits_since, r.ticket_id
    FROM (SELECT id FROM carriers ${whose}) c
    CROSS JOIN unnest(${statuses}::text[]) AS s(status) CROSS JOIN unnest(${keys}::text[]) AS d(key)
    CROSS JOIN LATERAL (
      SELECT k.waits_since, k.ticket_id FROM queue_keys k
      WHERE k.carrier_id = c.id AND k.status = s.status AND k.key = d.key ${behind} ${long}
      ORDER BY k.waits_since ${direction}, k.ticket_id ${direction} LIMIT ${most}
    ) r
    ORDER BY r.waits_since ${direction}, r.ticket_id ${direction} LIMIT ${most}`
}

// OFFSET 0: looked up for one ticket after the other, until there are enough.
const fitting = (others: Walk['others']): Prisma.Sql =>
  others.length === 0
    ? Prisma.sql`true`
    : Prisma.join(
        others.map(
          keys => Prisma.sql`
            EXISTS (SELECT FROM queue_keys o WHERE o.ticket_id = k.ticket_id AND o.key = ANY(${keys}::text[]) OFFSET 0)`,
        ),
        ' AND ',
      )

/** One page's places as SQL: those that fit, one more than `take` where there are more, then where a bounded walk stopped. */
export function pageSql(walk: Walk, page: { descending: boolean; take: number; from: Place | null }): Prisma.Sql {
  const { descending, take, from } = page
  const look = lookedAt(walk, take)
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const back = descending ? Prisma.sql`ASC` : Prisma.sql`DESC`
  return Prisma.sql`
    WITH candidates AS MATERIALIZED (${candidates(walk, descending, look, from)}),
    fitting AS (
      SELECT k.waits_since, k.ticket_id FROM candidates k WHERE ${fitting(walk.others)}
      ORDER BY k.waits_since ${direction}, k.ticket_id ${direction} LIMIT ${take + 1}
    ),
    last AS (
      SELECT k.waits_since, k.ticket_id FROM candidates k
      WHERE (SELECT count(*) FROM candidates) = ${look} ORDER BY k.waits_since ${back}, k.ticket_id ${back} LIMIT 1
    )
    SELECT waits_since AS "waitsSince", ticket_id AS "ticketId", true AS fits FROM fitting
    UNION ALL SELECT waits_since, ticket_id, false FROM last`
}

export interface Walked {
  places: Place[]
  /** From where the list goes on; null at its end. */
  next: Place | null
}

/** The next `take` places of a list after `from`, or before it where the direction says so. */
export async function walkPage(
  tx: Tx,
  walk: Walk,
  page: { descending: boolean; take: number; from: Place | null },
): Promise<Walked> {
  const rows = await tx.$queryRaw<(Place & { fits: boolean })[]>(pageSql(walk, page))
  const order = page.descending ? -1 : 1
  const places = rows
    .filter(({ fits }) => fits)
    .map(({ waitsSince, ticketId }) => ({ waitsSince, ticketId }))
    .sort((one, other) => order * compare(one, other))
  if (places.length > page.take) return { places: places.slice(0, page.take), next: places[page.take - 1]! }
  const stopped = rows.find(({ fits }) => !fits)
  return { places, next: stopped === undefined ? null : { waitsSince: stopped.waitsSince, ticketId: stopped.ticketId } }
}

const compare = (one: Place, other: Place): number =>
  one.waitsSince.getTime() - other.waitsSince.getTime() || (one.ticketId < other.ticketId ? -1 : 1)

/** How many tickets a walk's ranges hold, up to a bound. */
async function sizeOf(tx: Tx, walk: Walk, most: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (${candidates(walk, false, most, null)}) c`
  return row?.n ?? 0
}

/** How many tickets of a list there are, of those that one walk looks at; `more`: there may be others. */
export async function countWalk(tx: Tx, walk: Walk, most: number): Promise<{ count: number; more: boolean }> {
  const [row] = await tx.$queryRaw<{ n: number; looked: number }[]>(countSql(walk, most))
  const { n, looked } = row ?? { n: 0, looked: 0 }
  return { count: Math.min(n, most), more: n > most || looked === lookedAt(walk, most) }
}

/** A count as SQL: `n` that fit of `looked`. */
export function countSql(walk: Walk, most: number): Prisma.Sql {
  return Prisma.sql`
    WITH candidates AS MATERIALIZED (${candidates(walk, false, lookedAt(walk, most), null)})
    SELECT count(*) FILTER (WHERE ${fitting(walk.others)})::int AS n, count(*)::int AS looked FROM candidates k`
}

const lookedAt = (walk: Walk, most: number): number => (walk.others.length === 0 ? most + 1 : mostLookedAt)
