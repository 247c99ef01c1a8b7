import { type Actor, actorId } from '@/domain/actor'
import { contentStanding } from '@/domain/content-right'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { type Category, categories } from '@/domain/record/category'
import { readCheck } from '@/domain/restore/file-for-check'
import { type Prisma, reader } from '@/domain/transaction'
import { clockViews } from '@/domain/triage/service-view'
import { allowsTicket, ticketStatusOf, waitsForSubscriber } from '@/domain/triage/ticket-status'

const shape = {
  request: { select: { status: true, waitReason: true, items: { select: { category: true } } } },
  about: { select: { id: true, reference: true, items: { select: { category: true } } } },
  taker: { select: { name: true } },
  into: { select: { id: true, reference: true } },
  merged: { select: { id: true, reference: true }, orderBy: { id: 'asc' } },
  items: { select: { category: true, title: true, file: true, ordinal: true }, orderBy: { id: 'asc' } },
  clocks: { select: { clock: true, pausedSince: true, dueAt: true, metAt: true, breachedAt: true } },
  check: true,
} satisfies Prisma.TicketInclude
type Loaded = Prisma.TicketGetPayload<{ include: typeof shape }>

export type TicketView = Awaited<ReturnType<typeof findTicket>>

/** One ticket, without what was said in it. */
export async function findTicket(actor: Actor, id: string) {
  return view(actor, await load(actor, { id }))
}

/** The ticket beside a request. */
export async function findTicketOfRequest(actor: Actor, requestId: string) {
  return view(actor, await load(actor, { requestId }))
}

async function load(actor: Actor, which: { id: string } | { requestId: string }): Promise<Loaded> {
  const where = { ...which, ...scope(actor, 'ticket.read') }
  const row = await reader(actor).ticket.findFirst({ where, include: shape })
  if (!row) throw notFound('ticket')
  return row
}

async function view(actor: Actor, row: Loaded) {
  const subscriber = await reader(actor).subscriber.findUniqueOrThrow({
    where: { id: row.subscriberId },
    select: { id: true, accountId: true, name: true, language: true, carrier: { select: { name: true } } },
  })
  const { id, reference, kind, subject, status, priority, openedAt, version, carrierId, requestId, items } = row
  const isStaff = actor.role !== 'subscriber'
  const isHere = row.mergedInto === null
  // What records are called is content: support was told by whoever may see it.
  const seesNames = isStaff || (await contentStanding(actor)).kind === 'open'
  return {
    ...{ id, reference, kind, subject, status, priority, openedAt, version, carrierId, requestId },
    items: items.map(({ title, ...one }) => ({ ...one, title: seesNames ? title : null })),
    about: row.about && { id: row.about.id, reference: row.about.reference },
    categories: categoriesOf(row),
    subscriber,
    waitsSince: row.waitsSince,
    resolvedReason: row.resolvedReason,
    /** Since when something that the subscriber wrote waits for an answer. */
    askedSince: row.askedSince,
    /** How the carrier made sure who asked, where a colleague opened it for them. */
    check: isStaff ? await readCheck(reader(actor), actor, row.check) : null,
    waitsForYou: waitsForSubscriber(row),
    takeable: allowsTicket('take', status) && may(actor, 'ticket.take', row),
    taken: isStaff ? takenOf(actor, row) : null,
    /** What support has promised itself and its carrier: not the subscriber's, and of what goes on in another ticket not here. */
    service: isStaff && isHere ? clockViews(row.clocks, new Date()) : [],
    /** Where it goes on. */
    into: row.into,
    /** What goes on in it. */
    merged: row.merged,
    escalatedAt: row.escalatedAt,
    held: isStaff ? heldOf(row) : null,
    may: {
      reply: may(actor, 'ticket.reply', row),
      answer: may(actor, 'ticket.answer', row) && isHere,
      note: may(actor, 'ticket.note', row) && isHere,
      change: may(actor, 'ticket.change', row) && isHere,
      watch: may(actor, 'ticket.watch', row) && isHere,
      merge: may(actor, 'ticket.merge', row) && isHere && mayMerge(row),
      unmerge: may(actor, 'ticket.merge', row) && !isHere,
      escalate: may(actor, 'ticket.escalate', row) && isHere && row.escalatedAt === null && status !== 'resolved',
      settle: may(actor, 'ticket.settle', row) && isHere && row.escalatedAt !== null,
      hold: may(actor, 'ticket.hold', row) && isHere && mayHold(row),
      remove: may(actor, 'entry.remove', row),
      resolve: may(actor, 'ticket.change', row) && isHere && mayResolve(row),
      reopen: may(actor, 'ticket.change', row) && isHere && row.request === null && allowsTicket('reopen', status),
    },
  }
}

/** What kinds of data it is about: what was named as missing, else what its restore asked for. */
function categoriesOf({ items, request, about }: Loaded): Category[] {
  const named = items.length > 0 ? items : (request ?? about)?.items
  return categories.filter(category => named?.some(one => one.category === category))
}

/** What was escalated is settled first, and a request decided. */
function mayMerge({ escalatedAt, request }: Loaded): boolean {
  return escalatedAt === null && (request === null || ticketStatusOf(request.status, request.waitReason) === 'resolved')
}

/** What waits for something else already is not held. */
const mayHold = ({ status, heldUntil, waitsSince }: Loaded): boolean =>
  status === 'open' && (heldUntil !== null || waitsSince <= new Date())

function heldOf({ heldUntil, heldReason }: Loaded) {
  return heldUntil === null || heldUntil <= new Date() ? null : { until: heldUntil, reason: heldReason ?? '' }
}

/** Of a restore only that what was written needs no answer: its request does the rest. */
function mayResolve({ status, request }: Loaded): boolean {
  if (!allowsTicket('resolve', status)) return false
  if (request === null) return true
  const resting = ticketStatusOf(request.status, request.waitReason)
  return status === 'open' && resting !== 'open'
}

/** Who works on it now, for the others who work here. */
function takenOf(actor: Actor, { taker, takenBy, takenUntil }: Loaded) {
  if (taker === null || takenUntil === null || takenUntil < new Date()) return null
  return { name: taker.name, own: takenBy === actorId(actor), until: takenUntil }
}
