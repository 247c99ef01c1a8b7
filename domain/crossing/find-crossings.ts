import type { Actor } from '@/domain/actor'
import { crossingStanding, isLive, type Side, sideOf } from '@/domain/crossing/crossing-status'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { allows } from '@/domain/restore/request-status'
import { type Prisma, reader } from '@/domain/transaction'
import type { Category, CrossingStatus, RequestStatus } from '@/prisma/generated/enums'

/** What the two persons are told of each other: the carrier's account id, and counts. Never a word of what the other has. */
export interface CrossingView {
  id: string
  /** Which of the two reads it. */
  side: Side
  sourceAccountId: string
  targetAccountId: string
  status: CrossingStatus
  /** Null: nobody has consented on this side yet. */
  consented: { own: Date | null; other: Date | null }
  expiresAt: Date
  opensAt: Date | null
  /** How far the request has come; null before both consented. */
  request: RequestStatus | null
  finishedAt: Date | null
  /** The target's own request, told to the target alone. */
  requestId: string | null
  /** Records. `there`: in the other account at the end, whoever put them there; null until it has ended. */
  categories: { category: Category; asked: number; there: number | null; notThere: number | null }[]
  actions: ('consent' | 'refuse' | 'undo')[]
}

const shape = {
  source: { select: { accountId: true } },
  target: { select: { accountId: true } },
  sourceRequest: { select: { items: true } },
  request: {
    select: {
      status: true,
      undoUntil: true,
      finishedAt: true,
      runs: { include: { categories: true }, orderBy: { createdAt: 'desc' } },
    },
  },
} satisfies Prisma.CrossingInclude
type Loaded = Prisma.CrossingGetPayload<{ include: typeof shape }>

/** What others ask to have put into the actor's accounts, and theirs into others'; the newest first. */
export async function listOwnCrossings(actor: Actor, now = new Date()): Promise<CrossingView[]> {
  const where = ownOnly(actor)
  const rows = await reader(actor).crossing.findMany({ where, include: shape, orderBy: { id: 'desc' }, take: 50 })
  return Promise.all(rows.map(row => view(actor, row, now)))
}

export async function findOwnCrossing(actor: Actor, id: string, now = new Date()): Promise<CrossingView> {
  const row = await reader(actor).crossing.findFirst({ where: { id, ...ownOnly(actor) }, include: shape })
  if (!row) throw notFound('crossing')
  return view(actor, row, now)
}

/** Theirs, once two of support have agreed: before, neither is shown the other. */
function ownOnly(actor: Actor): Prisma.CrossingWhereInput {
  const { carrierId, subscriberId } = scope(actor, 'crossing.read')
  if (carrierId === undefined || subscriberId === undefined) throw notFound('crossing')
  return { carrierId, expiresAt: { not: null }, OR: [{ sourceId: subscriberId }, { targetId: subscriberId }] }
}

async function view(actor: Actor, row: Loaded, now: Date): Promise<CrossingView> {
  const { subscriberId } = scope(actor, 'crossing.read')
  const side = sideOf(row, subscriberId!)!
  const { request, sourceConsentedAt, targetConsentedAt } = row
  const status = crossingStanding(row, now)
  const [own, other] =
    side === 'source' ? [sourceConsentedAt, targetConsentedAt] : [targetConsentedAt, sourceConsentedAt]
  const about = { carrierId: row.carrierId, subscriberId: subscriberId! }
  const mayConsent = may(actor, 'crossing.consent', about)
  const isOpen = status === 'open' || (status === 'filed' && request?.status === 'filed')
  const canUndo =
    request !== null &&
    allows('undo', request.status) &&
    (request.undoUntil === null || request.undoUntil > now) &&
    request.runs.every(run => run.kind === 'restore')
  return {
    id: row.id,
    side,
    sourceAccountId: row.source.accountId,
    targetAccountId: row.target.accountId,
    status,
    consented: { own, other },
    expiresAt: row.expiresAt!,
    opensAt: row.opensAt,
    request: request?.status ?? null,
    finishedAt: request?.finishedAt ?? null,
    requestId: side === 'target' ? row.requestId : null,
    categories: await countsOf(row),
    actions: [
      ...(mayConsent && status === 'open' && own === null ? ['consent' as const] : []),
      ...(mayConsent && isLive(status) && isOpen ? ['refuse' as const] : []),
      ...(canUndo && may(actor, 'crossing.undo', about) ? ['undo' as const] : []),
    ],
  }
}

/**
 * Whether a record was created, or equals one that was there, is not told apart, nor why one could not be put there: that
 * would say what the other account holds.
 */
async function countsOf({ carrierId, sourceId, sourceRequest, request }: Loaded): Promise<CrossingView['categories']> {
  // The target's right ends at their own holdings: these are counted for both.
  const holdings = await reader({ role: 'system', name: 'crossing' }).holding.findMany({
    where: { carrierId, subscriberId: sourceId, id: { in: sourceRequest.items.map(one => one.holdingId) } },
    select: { category: true, complete: true, partial: true, damaged: true },
  })
  const restore = request?.runs.find(run => run.kind === 'restore')
  const hasEnded = request?.status === 'done'
  return categories.flatMap((category): CrossingView['categories'] => {
    const mine = holdings.filter(one => one.category === category)
    if (mine.length === 0) return []
    const asked = mine.reduce((sum, one) => sum + one.complete + one.partial + one.damaged, 0)
    const row = restore?.categories.find(one => one.category === category)
    if (!row || !hasEnded) return [{ category, asked, there: null, notThere: null }]
    const counts = row.counts as Record<string, number>
    const there = (counts.created ?? 0) + (counts.keptBoth ?? 0) + (counts.merged ?? 0) + (counts.alreadyPresent ?? 0)
    return [{ category, asked, there, notThere: Math.max(0, (row.planned ?? asked) - there) }]
  })
}
