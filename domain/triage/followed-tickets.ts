import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import { changesOf, type Standing, standingOf, tagOf } from '@/domain/triage/tmf-status'
import type { TicketKind, TicketPriority } from '@/prisma/generated/enums'

const shape = {
  request: { select: { status: true, version: true } },
} satisfies Prisma.TicketInclude

export interface FollowedTicket {
  id: string
  subscriberId: string
  reference: string
  kind: TicketKind
  status: Standing
  subject: string | null
  priority: TicketPriority
  carrier: string
  /** The carrier's own account id. */
  subscriberAccountId: string
  /** The request whose ticket it is, or that it is about. */
  requestId: string | null
  /** The ticket in which it goes on. */
  mergedInto: string | null
  openedAt: Date
  version: number
  /** Known by it is whether any of this has changed. */
  tag: string
}

/** What was said, as the program may read it: notes are for those who work here. */
export interface FollowedEntry {
  id: string
  from: 'subscriber' | 'support'
  at: Date
  /** Null: it was removed. */
  text: string | null
}

export interface TicketWish {
  standings?: readonly Standing[] | undefined
  kind?: TicketKind | undefined
  priority?: TicketPriority | undefined
  accountId?: string | undefined
}

/** A page of the tickets that the actor may follow, in the order in which they were opened. */
export async function listFollowedTickets(
  actor: Actor,
  wish: TicketWish & { after?: { at: Date; id: string } | undefined; skip?: number; take: number },
  now = new Date(),
): Promise<FollowedTicket[]> {
  const { after, skip = 0, take } = wish
  const rows = await reader(actor).ticket.findMany({
    where: {
      AND: [
        await whereOf(actor, wish, now),
        after ? { OR: [{ openedAt: { gt: after.at } }, { openedAt: after.at, id: { gt: after.id } }] } : {},
      ],
    },
    include: shape,
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    ...{ skip, take },
  })
  return seen(actor, rows, now)
}

/** How many there are. */
export async function countFollowedTickets(actor: Actor, wish: TicketWish, now = new Date()): Promise<number> {
  return reader(actor).ticket.count({ where: await whereOf(actor, wish, now) })
}

/** One ticket, with what was said in it, the first first. */
export async function findFollowedTicket(
  actor: Actor,
  id: string,
  now = new Date(),
): Promise<FollowedTicket & { entries: FollowedEntry[] }> {
  const { carrierId } = scope(actor, 'ticket.follow')
  const where = { id, ...(carrierId === undefined ? {} : { carrierId }) }
  const row = await reader(actor).ticket.findFirst({ where, include: shape })
  if (!row) throw notFound('ticket')
  const [ticket] = await seen(actor, [row], now)
  const entries = await reader(actor).ticketEntry.findMany({
    where: { ticketId: id, kind: { not: 'note' } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  return {
    ...ticket!,
    entries: entries.map(({ id, kind, at, text, removedAt }) => ({
      ...{ id, at, from: kind === 'from_subscriber' ? 'subscriber' : 'support' },
      text: removedAt === null ? text : null,
    })),
  }
}

async function seen(
  actor: Actor,
  rows: Prisma.TicketGetPayload<{ include: typeof shape }>[],
  now: Date,
): Promise<FollowedTicket[]> {
  const people = await reader(actor).subscriber.findMany({
    where: { id: { in: rows.map(row => row.subscriberId) } },
    select: { id: true, accountId: true, carrier: { select: { slug: true } } },
  })
  const byId = new Map(people.map(one => [one.id, one]))
  return rows.map(row => {
    const { id, subscriberId, reference, kind, subject, priority, openedAt, mergedInto, request } = row
    const status = standingOf({ ...row, requestStatus: request?.status ?? null }, now)
    const version = changesOf(row, request)
    const person = byId.get(subscriberId)
    return {
      ...{ id, subscriberId, reference, kind, subject, priority, openedAt, mergedInto, status, version },
      carrier: person?.carrier.slug ?? '',
      subscriberAccountId: person?.accountId ?? '',
      requestId: row.requestId ?? row.aboutRequestId,
      tag: tagOf({ ...row, requestStatus: request?.status ?? null, requestVersion: request?.version ?? null }, now),
    }
  })
}

async function whereOf(actor: Actor, wish: TicketWish, now: Date): Promise<Prisma.TicketWhereInput> {
  const { standings, kind, priority, accountId } = wish
  const { carrierId } = scope(actor, 'ticket.follow')
  const within = carrierId === undefined ? {} : { carrierId }
  const people =
    accountId === undefined
      ? null
      : await reader(actor).subscriber.findMany({ where: { ...within, accountId }, select: { id: true } })
  return {
    ...within,
    ...(kind ? { kind } : {}),
    ...(priority ? { priority } : {}),
    ...(people ? { subscriberId: { in: people.map(({ id }) => id) } } : {}),
    ...(standings ? { OR: standings.map(one => standsAs(one, now)) } : {}),
  }
}

/** The rows that {@link standingOf} says this of. */
function standsAs(standing: Standing, now: Date): Prisma.TicketWhereInput {
  const other = { requestId: null, endedAs: null }
  switch (standing) {
    case 'open':
      return { ...other, status: 'open', OR: [{ takenUntil: null }, { takenUntil: { lte: now } }] }
    case 'taken':
      return { ...other, status: 'open', takenUntil: { gt: now } }
    case 'pending':
    case 'resolved':
      return { ...other, status: standing }
    case 'closed':
    case 'cancelled':
      return { requestId: null, endedAs: standing }
    default:
      return { request: { status: standing } }
  }
}
