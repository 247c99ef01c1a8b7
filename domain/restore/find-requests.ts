import { type Actor, actorId } from '@/domain/actor'
import { crossingStanding } from '@/domain/crossing/crossing-status'
import { notFound } from '@/domain/errors'
import { may, type PolicyVerb, scope } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { coolingOf } from '@/domain/restore/crossed'
import { readCheck } from '@/domain/restore/file-for-check'
import { asReference } from '@/domain/restore/new-reference'
import { allows, openStatuses, type RequestAction } from '@/domain/restore/request-status'
import { searchPeople } from '@/domain/restore/search-people'
import { isWaitReason, type WaitReason } from '@/domain/restore/wait-reason'
import { type Prisma, reader } from '@/domain/transaction'
import { ruleWorker } from '@/domain/triage/rules/action'
import { clockViews } from '@/domain/triage/service-view'
import type { Category, RequestStatus } from '@/prisma/generated/enums'

/** How far one category of a request has come. Counts are records; null where not known yet. */
export interface CategoryProgress {
  category: Category
  expected: number | null
  found: number
  planned: number | null
  settled: number
  verified: number
  step: string
  trouble: WaitReason | null
  counts: Record<string, number>
}

const summaryShape = {
  account: { select: { id: true, label: true, kind: true, coolingUntil: true } },
  approvals: { select: { approvedBy: true } },
  subscriber: {
    select: { id: true, accountId: true, name: true, language: true, carrier: { select: { name: true } } },
  },
  items: true,
  ticket: {
    select: {
      id: true,
      tags: true,
      status: true,
      priority: true,
      takenBy: true,
      takenUntil: true,
      taker: { select: { name: true } },
      clocks: true,
      check: true,
    },
  },
  crossing: {
    select: { id: true, status: true, opensAt: true, sourceId: true, source: { select: { accountId: true } } },
  },
  runs: { include: { categories: true }, orderBy: { createdAt: 'desc' } },
} satisfies Prisma.RestoreRequestInclude
/** Of one request also what it was divided into, and the last that was asked about it between two persons. */
const wholeShape = {
  ...summaryShape,
  splitFrom: { select: { id: true, reference: true } },
  parts: { select: { id: true, reference: true }, orderBy: { id: 'asc' } },
  crossings: {
    select: { decisionId: true, status: true, expiresAt: true, target: { select: { accountId: true } } },
    orderBy: { id: 'desc' },
    take: 1,
  },
} satisfies Prisma.RestoreRequestInclude
type Loaded = Prisma.RestoreRequestGetPayload<{ include: typeof summaryShape }>
type Whole = Prisma.RestoreRequestGetPayload<{ include: typeof wholeShape }>

export type RequestView = Awaited<ReturnType<typeof views>>[number]
export type WholeRequest = Awaited<ReturnType<typeof findRequest>>

/** A subscriber's own requests, newest first. */
export async function listOwnRequests(actor: Actor) {
  const rows = await reader(actor).restoreRequest.findMany({
    where: scope(actor, 'request.list'),
    include: summaryShape,
    orderBy: { filedAt: 'desc' },
    take: 100,
  })
  return views(actor, rows)
}

/**
 * Requests for support's queue, a page at a time by keyset: the oldest waiting first, of those that are over the newest.
 * `search` finds a reference, however it is typed, and people by parts of their name, mail address or account id.
 */
export async function listQueue(
  actor: Actor,
  input: { status?: RequestStatus; search?: string; after?: string; take?: number } = {},
) {
  const take = Math.min(input.take ?? 50, 200)
  const over = input.status !== undefined && !(openStatuses as readonly RequestStatus[]).includes(input.status)
  const order = over ? 'desc' : 'asc'
  const within = scope(actor, 'queue.read')
  // A page that begins after a request of somebody else's is as empty as one after a request that is not there.
  if (input.after && (await reader(actor).restoreRequest.count({ where: { id: input.after, ...within } })) === 0)
    return { requests: [], next: null }
  const found = input.search ? await searchPeople(actor, input.search) : []
  const rows = await reader(actor).restoreRequest.findMany({
    where: {
      ...within,
      ...(input.status ? { status: input.status } : {}),
      ...(input.search ? { OR: [{ reference: asReference(input.search) }, { subscriberId: { in: found } }] } : {}),
    },
    include: summaryShape,
    orderBy: [{ filedAt: order }, { id: order }],
    take: take + 1,
    ...(input.after ? { cursor: { id: input.after }, skip: 1 } : {}),
  })
  const page = rows.slice(0, take)
  return {
    requests: await views(actor, page),
    next: rows.length > take ? page.at(-1)!.id : null,
  }
}

/** How many requests stand in each state, for the queue's tabs. */
export async function countQueue(actor: Actor): Promise<Partial<Record<RequestStatus, number>>> {
  const rows = await reader(actor).restoreRequest.groupBy({
    by: ['status'],
    where: scope(actor, 'queue.read'),
    _count: { _all: true },
  })
  return Object.fromEntries(rows.map(row => [row.status, row._count._all]))
}

/** Requests by their ids, in the order given; those that are not the actor's to see are left out. */
export async function listRequests(actor: Actor, ids: readonly string[]): Promise<RequestView[]> {
  const rows = await reader(actor).restoreRequest.findMany({
    where: { id: { in: ids.slice(0, 200) }, ...scope(actor, 'queue.read') },
    include: summaryShape,
  })
  const found = new Map((await views(actor, rows)).map(view => [view.id, view]))
  return ids.flatMap(id => found.get(id) ?? [])
}

export async function findRequest(actor: Actor, id: string) {
  const row = await reader(actor).restoreRequest.findFirst({
    where: { id, ...scope(actor, 'request.read') },
    include: wholeShape,
  })
  if (!row) throw notFound('request')
  const [found] = await views(actor, [row])
  const isOwn = actor.role === 'subscriber'
  const { splitFrom, parts } = row
  return {
    ...found!,
    splitFrom,
    parts,
    /** Somebody else has filed it for its subscriber. */
    filedFor: row.ticket?.check != null,
    check: isOwn ? null : await readCheck(reader(actor), actor, row.ticket?.check ?? null),
    sent: isOwn ? null : sentOf(row),
  }
}

/** Into whose account it was last asked to go instead, for who works here: the subscriber reads it elsewhere, once they may. */
function sentOf({ crossings: [last] }: Whole) {
  if (last === undefined) return null
  const { decisionId, target } = last
  return { decisionId, into: target.accountId, status: crossingStanding(last, new Date()) }
}

/** Finds by the reference that people read out, for the actor's own. */
export async function findRequestByReference(actor: Actor, reference: string) {
  const row = await reader(actor).restoreRequest.findFirst({
    where: { reference: reference.trim().toUpperCase(), ...scope(actor, 'request.read') },
    include: summaryShape,
  })
  if (!row) throw notFound('request')
  const [found] = await views(actor, [row])
  return found!
}

const verbs: Partial<Record<RequestAction, PolicyVerb>> = {
  approve: 'request.approve',
  decline: 'request.decline',
  resume: 'request.resume',
  undo: 'request.undo',
}

async function views(actor: Actor, rows: Loaded[]) {
  const holdings = await reader(actor).holding.findMany({
    where: { id: { in: rows.flatMap(row => row.items.map(item => item.holdingId)) } },
    include: { batch: { select: { name: true } } },
    orderBy: { asOf: 'desc' },
  })
  return rows.map(row => {
    const asked = new Set(row.items.map(item => item.holdingId))
    const mine = holdings.filter(holding => asked.has(holding.id))
    return view(actor, row, mine)
  })
}

type LoadedHolding = Prisma.HoldingGetPayload<{ include: { batch: { select: { name: true } } } }>

function view(actor: Actor, row: Loaded, holdings: LoadedHolding[]) {
  const restore = row.runs.find(run => run.kind === 'restore') ?? null
  const undo = row.runs.find(run => run.kind === 'undo') ?? null
  const asked = categories.filter(category => row.items.some(item => item.category === category))
  const actions = (Object.keys(verbs) as RequestAction[]).filter(
    action =>
      allows(action, row.status) &&
      may(actor, verbs[action]!, row) &&
      // Whoever vouched for who asked is not who decides.
      !(action === 'approve' && row.ticket?.check?.recordedBy === actorId(actor)) &&
      !(action === 'undo' && (undo || isPast(row.undoUntil))),
  )
  return {
    id: row.id,
    carrierId: row.carrierId,
    reference: row.reference,
    status: row.status,
    rule: row.rule,
    filedAt: row.filedAt,
    decidedAt: row.decidedAt,
    /** A rule has approved it, and no person (domain/triage/rules). */
    byRule: row.decidedBy === ruleWorker,
    finishedAt: row.finishedAt,
    declineReason: row.declineReason,
    declineNote: row.declineNote,
    waitReason: isWaitReason(row.waitReason) ? row.waitReason : null,
    undoUntil: row.undoUntil,
    version: row.version,
    account: { ...row.account, coolingUntil: coolingOf(row) },
    /** Whose records it takes by a crossing, by the carrier's account id; null: its subscriber's own. */
    crossing: row.crossing && {
      id: row.crossing.id,
      sourceId: row.crossing.sourceId,
      from: row.crossing.source.accountId,
      over: row.crossing.status !== 'filed',
    },
    ticketId: row.ticket?.id ?? null,
    /** Whether the actor may work on it: it waits for one of us. */
    takeable: row.ticket?.status === 'open' && may(actor, 'ticket.take', row),
    taken: actor.role === 'subscriber' ? null : takenOf(row, actor),
    /** What was promised about it and how that stands, for whoever works here. */
    service: actor.role === 'subscriber' ? [] : clockViews(row.ticket?.clocks ?? [], new Date()),
    priority: actor.role === 'subscriber' ? null : (row.ticket?.priority ?? null),
    /** The tags that support gave it, and the ticket they are on. */
    tagged: actor.role === 'subscriber' ? null : row.ticket && { ticketId: row.ticket.id, tags: row.ticket.tags },
    /** To a new account it takes two; how many are there, and whether the reader's is one. */
    approvals: { count: row.approvals.length, own: row.approvals.some(one => one.approvedBy === actorId(actor)) },
    subscriber: row.subscriber,
    undoing: undo !== null,
    startedAt: restore?.startedAt ?? null,
    holdings: holdings.map(({ id, category, asOf, batch, complete, partial, damaged }) => {
      return { id, category, asOf, batch: batch.name, complete, partial, damaged }
    }),
    categories: asked.map((category): CategoryProgress => {
      const progress = restore?.categories.find(one => one.category === category)
      const mine = holdings.filter(one => one.category === category)
      return {
        category,
        expected: mine[0]?.expected ?? null,
        found: mine.reduce((sum, one) => sum + one.complete + one.partial + one.damaged, 0),
        planned: progress?.planned ?? null,
        settled: progress?.settled ?? 0,
        verified: progress?.verified ?? 0,
        step: progress?.step ?? 'check',
        trouble: isWaitReason(progress?.trouble) ? progress.trouble : null,
        counts: (progress?.counts ?? {}) as Record<string, number>,
      }
    }),
    actions,
  }
}

/** Who works on it now, for the others who work here. */
function takenOf({ ticket }: Loaded, actor: Actor) {
  if (!ticket?.taker || ticket.takenUntil === null || isPast(ticket.takenUntil)) return null
  return { name: ticket.taker.name, own: ticket.takenBy === actorId(actor), until: ticket.takenUntil }
}

const isPast = (date: Date | null): boolean => date !== null && date < new Date()
