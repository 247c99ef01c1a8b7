import type { Actor } from '@/domain/actor'
import type { Both } from '@/domain/incident/public-status'
import { authorizeEver } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import type { Category, IncidentKind, IncidentStatus, PromiseKind } from '@/prisma/generated/enums'

export interface OverduePromise {
  id: string
  kind: PromiseKind
  category: Category | null
  text: Both | null
  dueAt: Date
}

export interface ListedIncident {
  id: string
  number: number
  kind: IncidentKind
  status: IncidentStatus
  title: Both
  startedAt: Date
  resolvedAt: Date | null
  scheduledFor: Date | null
  scheduledUntil: Date | null
  lastSaidAt: Date | null
  /** By when the next statement is promised, where its time has not passed. */
  nextUpdateBy: Date | null
  /** Due and not kept, the longest due first. */
  overdue: OverduePromise[]
  batches: number
}

const shape = {
  updates: { orderBy: { publishedAt: 'desc' }, take: 1, select: { publishedAt: true } },
  promises: { where: { status: { not: 'kept' }, keptLateAt: null }, orderBy: { dueAt: 'asc' } },
  _count: { select: { batches: true } },
} satisfies Prisma.IncidentInclude

const overStatuses = ['resolved', 'postmortem', 'completed'] as const satisfies readonly IncidentStatus[]
const mostCurrent = 500

/**
 * Incidents and maintenances of the console: `current` all that are not over, drafts too, the latest first; `over` a page of
 * the others, after the id that was seen last.
 */
export async function listIncidents(
  actor: Actor,
  { after, limit = 50 }: { after?: string; limit?: number } = {},
  now = new Date(),
): Promise<{ current: ListedIncident[]; over: ListedIncident[]; next: string | null }> {
  authorizeEver(actor, 'incident.console')
  const orderBy = [{ startedAt: 'desc' as const }, { id: 'desc' as const }]
  const isOver = { status: { in: [...overStatuses] } }
  const known = after === undefined || (await reader(actor).incident.count({ where: { id: after, ...isOver } })) > 0
  const [current, over] = await Promise.all([
    reader(actor).incident.findMany({
      where: { status: { notIn: [...overStatuses] } },
      include: shape,
      orderBy,
      take: mostCurrent,
    }),
    reader(actor).incident.findMany({
      where: isOver,
      include: shape,
      orderBy,
      take: limit + 1,
      ...(after !== undefined && known ? { cursor: { id: after }, skip: 1 } : {}),
    }),
  ])
  const page = known ? over.slice(0, limit) : []
  return {
    current: current.map(row => listed(row, now)),
    over: page.map(row => listed(row, now)),
    next: known && over.length > limit ? page.at(-1)!.id : null,
  }
}

function listed(row: Prisma.IncidentGetPayload<{ include: typeof shape }>, now: Date): ListedIncident {
  const { id, number, kind, status, startedAt, resolvedAt, scheduledFor, scheduledUntil } = row
  const due = row.promises.filter(one => one.dueAt <= now)
  const next = row.promises.find(one => one.kind === 'next_update' && one.dueAt > now)
  return {
    id,
    number,
    kind,
    status,
    title: { en: row.titleEn, fr: row.titleFr },
    startedAt,
    resolvedAt,
    scheduledFor,
    scheduledUntil,
    lastSaidAt: row.updates[0]?.publishedAt ?? null,
    nextUpdateBy: next?.dueAt ?? null,
    overdue: due.map(one => ({
      id: one.id,
      kind: one.kind,
      category: one.category,
      text: one.textEn && one.textFr ? { en: one.textEn, fr: one.textFr } : null,
      dueAt: one.dueAt,
    })),
    batches: row._count.batches,
  }
}
