import { type Actor, actorId } from '@/domain/actor'
import { type Line, storedLines } from '@/domain/compensation/lines'
import { notFound } from '@/domain/errors'
import { authorize, may, scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { isWide } from '@/domain/triage/rules/rule-inputs'
import type { CompensationRun, CompensationVersion } from '@/prisma/generated/client'
import type { NotifyFrom, RuleRunStatus, RuleStatus } from '@/prisma/generated/enums'

/** How a draft did when it was tried, or how far an active version has decided. Counts are subscribers. */
export interface CompensationRunView {
  status: RuleRunStatus
  askedAt: Date
  lookedAt: number
  granted: number
  /** By "line-0" and so on, and by the facts that kept others from it. */
  counts: Record<string, number>
  /** Minor units by currency. */
  amounts: Record<string, number>
  wide: boolean
}

export interface CompensationVersionView {
  id: string
  number: number
  status: RuleStatus
  lines: Line[]
  notifyDays: number
  notifyFrom: NotifyFrom
  zone: string
  edition: number
  writtenAt: Date
  activatedAt: Date | null
  endedAt: Date | null
  /** Why it was withdrawn; null of one that was not, or has only made way for the next. */
  endedReason: string | null
  tried: CompensationRunView | null
  decided: CompensationRunView | null
  /** Whether the reader has written in it. */
  own: boolean
}

export interface CompensationView {
  carrierId: string
  incidentId: string
  draft: CompensationVersionView | null
  active: CompensationVersionView | null
  /** Those that were active before, the newest first, each with who ended it. */
  earlier: (CompensationVersionView & { endedBy: string | null })[]
  exports: { id: string; madeAt: Date; count: number; digest: string; by: string | null }[]
  /** Granted, and not exported yet. */
  toExport: number
  may: { write: boolean; activate: boolean; withdraw: boolean; export: boolean }
}

export interface Concerned {
  carrier: { id: string; name: string }
  incident: { id: string; titleEn: string; titleFr: string }
  /** Somebody has begun to write rules. */
  written: boolean
}

/** Carriers and the incidents that concern them, the latest incident first: for each there may be rules. */
export async function listConcerned(actor: Actor): Promise<Concerned[]> {
  const { carrierId } = scope(actor, 'compensation.read-rules')
  const rows = await reader(actor).incidentCarrier.findMany({
    where: {
      incident: { status: { not: 'draft' }, kind: 'incident' },
      ...(carrierId === undefined ? {} : { carrierId }),
    },
    select: {
      carrier: { select: { id: true, name: true } },
      incident: { select: { id: true, titleEn: true, titleFr: true } },
    },
    orderBy: [{ incident: { number: 'desc' } }, { carrier: { name: 'asc' } }],
    take: 200,
  })
  const versions = await reader(actor).compensationVersion.groupBy({
    by: ['carrierId', 'incidentId'],
    where: carrierId === undefined ? {} : { carrierId },
  })
  const written = new Set(versions.map(one => `${one.carrierId} ${one.incidentId}`))
  return rows.map(row => ({ ...row, written: written.has(`${row.carrier.id} ${row.incident.id}`) }))
}

/** A carrier's rules for one incident: what decides, what is being written, and what billing was given. */
export async function readCompensation(
  actor: Actor,
  { carrierId, incidentId }: { carrierId: string; incidentId: string },
): Promise<CompensationView> {
  const about = { carrierId, subscriberId: null }
  authorize(actor, 'compensation.read-rules', about, 'carrier')
  const db = reader(actor)
  const concerned = await db.incidentCarrier.count({ where: { carrierId, incidentId } })
  if (concerned === 0) throw notFound('incident')
  const [versions, exports, toExport] = await Promise.all([
    db.compensationVersion.findMany({
      where: { carrierId, incidentId },
      include: { runs: true },
      orderBy: { number: 'desc' },
      take: 20,
    }),
    db.compensationExport.findMany({ where: { carrierId, incidentId }, orderBy: { madeAt: 'desc' }, take: 50 }),
    db.compensationDecision.count({
      where: { carrierId, incidentId, endedAt: null, grantKind: { not: null }, exportId: null },
    }),
  ])
  const staff = await db.staff.findMany({
    where: {
      id: { in: [...exports.map(({ madeBy }) => madeBy), ...versions.flatMap(({ endedBy }) => endedBy ?? [])] },
    },
    select: { id: true, name: true },
  })
  const self = actorId(actor) ?? ''
  const nameOf = (staffId: string | null) => staff.find(one => one.id === staffId)?.name ?? null
  const views = versions.map(one => ({ ...versionView(one, self), endedBy: nameOf(one.endedBy) }))
  const draft = views.find(({ status }) => status === 'draft') ?? null
  const active = views.find(({ status }) => status === 'active') ?? null
  return {
    ...{ carrierId, incidentId, draft, active, toExport },
    earlier: views.filter(({ status }) => status === 'superseded' || status === 'off'),
    exports: exports.map(({ id, madeAt, count, digest, madeBy }) => {
      return { id, madeAt, count, digest, by: nameOf(madeBy) }
    }),
    may: {
      write: may(actor, 'compensation.write', about),
      activate: draft !== null && !draft.own && may(actor, 'compensation.activate', about),
      withdraw: active !== null && !active.own && may(actor, 'compensation.withdraw', about),
      export: may(actor, 'compensation.export', about),
    },
  }
}

function versionView(row: CompensationVersion & { runs: CompensationRun[] }, self: string): CompensationVersionView {
  const { id, number, status, notifyDays, notifyFrom, zone, edition, writtenAt, activatedAt, ...ended } = row
  const tried = row.runs.find(run => run.kind === 'dry_run' && run.edition === edition)
  const decided = row.runs.find(run => run.kind === 'backlog')
  return {
    ...{ id, number, status, notifyDays, notifyFrom, zone, edition, writtenAt, activatedAt },
    ...{ endedAt: ended.endedAt, endedReason: ended.endedReason },
    lines: storedLines(row.lines),
    tried: tried ? runView(tried) : null,
    decided: decided ? runView(decided) : null,
    own: row.writers.includes(self),
  }
}

function runView({ status, askedAt, lookedAt, granted, counts, amounts }: CompensationRun): CompensationRunView {
  return {
    ...{ status, askedAt, lookedAt, granted },
    counts: counts as Record<string, number>,
    amounts: amounts as Record<string, number>,
    wide: isWide({ lookedAt, matched: granted }),
  }
}
