import type { Actor } from '@/domain/actor'
import { type StopReason, stopReasons } from '@/domain/decision/end-bulk'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import type { BulkStatus, Category } from '@/prisma/generated/enums'

/** How far an approval of many has come. Counts are requests. */
export interface BulkView {
  id: string
  /** Null: every carrier. */
  carrierName: string | null
  category: Category | null
  filedUntil: Date
  counted: number
  status: BulkStatus
  asked: { at: Date; name: string | null; self: boolean }
  approved: number
  halfApproved: number
  refused: number
  /** Per code of a refusal, the most frequent first. */
  refusals: { code: string; count: number }[]
  endedAt: Date | null
  stopReason: StopReason | null
  decisionId: string | null
  /** Whether the reader may stop it now. */
  stops: boolean
}

const shape = { decision: { select: { id: true } } } satisfies Prisma.BulkApprovalInclude
type Loaded = Prisma.BulkApprovalGetPayload<{ include: typeof shape }>

const longest = 20

/** The latest ones, the newest first. */
export async function listBulks(actor: Actor): Promise<BulkView[]> {
  const { carrierId } = scope(actor, 'decision.read')
  const rows = await reader(actor).bulkApproval.findMany({
    where: carrierId === undefined ? {} : { carrierId },
    include: shape,
    orderBy: { id: 'desc' },
    take: longest,
  })
  return views(actor, rows)
}

export async function findBulk(actor: Actor, id: string): Promise<BulkView> {
  const { carrierId } = scope(actor, 'decision.read')
  const row = await reader(actor).bulkApproval.findFirst({
    where: { id, ...(carrierId === undefined ? {} : { carrierId }) },
    include: shape,
  })
  if (!row) throw notFound('approval of many')
  const [found] = await views(actor, [row])
  return found!
}

async function views(actor: Actor, rows: Loaded[]): Promise<BulkView[]> {
  const [staff, carriers] = await Promise.all([
    reader(actor).staff.findMany({
      where: { id: { in: rows.map(({ askedBy }) => askedBy) } },
      select: { id: true, name: true },
    }),
    reader(actor).carrier.findMany({
      where: { id: { in: rows.flatMap(({ carrierId }) => carrierId ?? []) } },
      select: { id: true, name: true },
    }),
  ])
  const names = new Map([...staff, ...carriers].map(({ id, name }) => [id, name]))
  const staffId = 'staffId' in actor ? actor.staffId : null
  return rows.map(row => {
    const { id, carrierId, category, filedUntil, counted, status, askedAt, askedBy, endedAt, decision } = row
    const { approved, halfApproved, refused } = row
    const refusals = Object.entries(row.refusals as Record<string, number>)
    return {
      ...{ id, category, filedUntil, counted, status, approved, halfApproved, refused, endedAt },
      carrierName: carrierId === null ? null : (names.get(carrierId) ?? null),
      asked: { at: askedAt, name: names.get(askedBy) ?? null, self: askedBy === staffId },
      refusals: refusals.map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
      stopReason: stopReasons.find(one => one === row.stopReason) ?? null,
      decisionId: decision?.id ?? null,
      stops: status === 'running' && may(actor, 'bulk.approve', { carrierId, subscriberId: null }),
    }
  })
}
