import { type Actor, actorId } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import { type RuleAction, storedAction } from '@/domain/triage/rules/action'
import { type Condition, storedConditions } from '@/domain/triage/rules/conditions'
import { isWide } from '@/domain/triage/rules/rule-inputs'
import type { RuleRun, RuleVersion } from '@/prisma/generated/client'
import type { RuleRunKind, RuleRunStatus, RuleStatus } from '@/prisma/generated/enums'

/** One version of a rule, and how it went when it was tried and carried out. */
export interface VersionView {
  id: string
  number: number
  status: RuleStatus
  name: string
  position: number
  conditions: Condition[]
  action: RuleAction
  /** To which incident it links; null: the action is another one. */
  incidentTitle: { en: string; fr: string } | null
  edition: number
  written: { at: Date; by: Person }
  activated: { at: Date; by: Person } | null
  ended: { at: Date; by: Person } | null
  /** Of the draft as it is now: tried before it was changed is not tried. */
  tried: RunView | null
  backlog: RunView | null
}

/** Counts are tickets. */
export interface RunView {
  id: string
  kind: RuleRunKind
  status: RuleRunStatus
  askedAt: Date
  endedAt: Date | null
  total: number
  lookedAt: number
  matched: number
  /** It means nearly all that waits, or there was nothing to see what it means by. */
  wide: boolean
  /** Per code of what comes of it, the most frequent first; without those that it does not mean. */
  counts: { code: string; count: number }[]
  /** The first that it means. `href` is null where it has no request. */
  sample: { reference: string; requestId: string | null; code: string }[]
}

interface Person {
  name: string | null
  self: boolean
}

export interface RuleView {
  id: string
  carrierId: string | null
  /** Null: every carrier. */
  carrierName: string | null
  /** The newest first. */
  versions: VersionView[]
  draft: VersionView | null
  active: VersionView | null
  /** Tickets on which it acted within the last 24 hours, and when it last did. */
  lately: { count: number; last: Date | null }
  mayWrite: boolean
  /** Whether the reader may activate the draft: they have not written in it. */
  mayActivate: boolean
}

const shape = {
  versions: {
    orderBy: { number: 'desc' },
    include: { runs: { orderBy: { id: 'desc' }, take: 5 } },
  },
} satisfies Prisma.TriageRuleInclude
type Loaded = Prisma.TriageRuleGetPayload<{ include: typeof shape }>

const dayMs = 24 * 3_600_000
const longest = 200

/** The rules that the actor may see: what is active first, in the order in which it is asked. */
export async function listRules(actor: Actor, now = new Date()): Promise<RuleView[]> {
  const { carrierId } = scope(actor, 'rule.read')
  const rows = await reader(actor).triageRule.findMany({
    where: carrierId === undefined ? {} : { carrierId },
    include: shape,
    orderBy: { id: 'asc' },
    take: longest,
  })
  const all = await Promise.all(rows.map(row => view(actor, row, now)))
  const rank = ({ active, carrierId: of, versions }: RuleView) =>
    [active ? 0 : 1, of === null ? 0 : 1, (active ?? versions[0])?.position ?? 0] as const
  return all.sort((a, b) => {
    const [x, y] = [rank(a), rank(b)]
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]
  })
}

export async function findRule(actor: Actor, id: string, now = new Date()): Promise<RuleView> {
  const { carrierId } = scope(actor, 'rule.read')
  const row = await reader(actor).triageRule.findFirst({
    where: { id, ...(carrierId === undefined ? {} : { carrierId }) },
    include: shape,
  })
  if (!row) throw notFound('rule')
  return view(actor, row, now)
}

async function view(actor: Actor, row: Loaded, now: Date): Promise<RuleView> {
  const { id, carrierId, versions: rows } = row
  const ids = rows.map(version => version.id)
  const since = new Date(now.getTime() - dayMs)
  const db = reader(actor)
  const people = [
    ...new Set(rows.flatMap(one => [...one.writers, one.activatedBy, one.endedBy].flatMap(who => who ?? []))),
  ]
  const [count, last, staff, carrier, tickets, incidents] = await Promise.all([
    db.ruleAct.count({ where: { versionId: { in: ids }, at: { gt: since } } }),
    db.ruleAct.aggregate({ where: { versionId: { in: ids } }, _max: { at: true } }),
    db.staff.findMany({ where: { id: { in: people } }, select: { id: true, name: true } }),
    carrierId === null ? null : db.carrier.findUnique({ where: { id: carrierId }, select: { name: true } }),
    sampledTickets(
      actor,
      rows.flatMap(one => one.runs),
    ),
    linkedTo(actor, rows),
  ])
  const known: Known = {
    names: new Map(staff.map(one => [one.id, one.name])),
    self: actorId(actor),
    tickets,
    incidents,
  }
  const versions = rows.map(one => versionView(one, known))
  const draft = versions.find(({ status }) => status === 'draft') ?? null
  const object = { carrierId, subscriberId: null }
  const wrote = rows.find(({ status }) => status === 'draft')?.writers.includes(known.self ?? '') ?? false
  return {
    ...{ id, carrierId, versions, draft },
    carrierName: carrier?.name ?? null,
    active: versions.find(({ status }) => status === 'active') ?? null,
    lately: { count, last: last._max.at },
    mayWrite: may(actor, 'rule.write', object),
    mayActivate: draft !== null && !wrote && may(actor, 'rule.activate', object),
  }
}

interface Known {
  names: Map<string, string>
  self: string | null
  tickets: Map<string, { reference: string; requestId: string | null }>
  incidents: Map<string, { en: string; fr: string }>
}

const sampleOf = ({ sample }: RuleRun) => sample as unknown as { ticketId: string; code: string }[]

async function sampledTickets(actor: Actor, runs: RuleRun[]): Promise<Known['tickets']> {
  const ids = runs.flatMap(run => sampleOf(run).map(({ ticketId }) => ticketId))
  const rows = await reader(actor).ticket.findMany({
    where: { id: { in: ids } },
    select: { id: true, reference: true, requestId: true },
  })
  return new Map(rows.map(row => [row.id, row]))
}

async function linkedTo(actor: Actor, rows: RuleVersion[]): Promise<Known['incidents']> {
  const actions = rows.map(({ action }) => storedAction(action))
  const ids = actions.flatMap(action => (action.act === 'link' ? [action.incidentId] : []))
  if (ids.length === 0) return new Map()
  const found = await reader(actor).incident.findMany({
    where: { id: { in: ids } },
    select: { id: true, titleEn: true, titleFr: true },
  })
  return new Map(found.map(({ id, titleEn, titleFr }) => [id, { en: titleEn, fr: titleFr }]))
}

function versionView(row: RuleVersion & { runs: RuleRun[] }, known: Known): VersionView {
  const { id, number, status, name, position, edition, runs } = row
  const person = (staffId: string | null): Person => ({
    name: known.names.get(staffId ?? '') ?? null,
    self: staffId === known.self,
  })
  const tried = runs.find(run => run.kind === 'dry_run' && run.edition === edition)
  const backlog = runs.find(run => run.kind === 'backlog')
  const action = storedAction(row.action)
  return {
    ...{ id, number, status, name, position, edition, action },
    conditions: storedConditions(row.conditions),
    incidentTitle: action.act === 'link' ? (known.incidents.get(action.incidentId) ?? null) : null,
    written: { at: row.writtenAt, by: person(row.writers.at(-1) ?? null) },
    activated: row.activatedAt && { at: row.activatedAt, by: person(row.activatedBy) },
    ended: row.endedAt && { at: row.endedAt, by: person(row.endedBy) },
    tried: tried ? runView(tried, known) : null,
    backlog: backlog ? runView(backlog, known) : null,
  }
}

function runView(run: RuleRun, { tickets }: Known): RunView {
  const { id, kind, status, askedAt, endedAt, total, lookedAt, matched } = run
  const counts = Object.entries(run.counts as Record<string, number>).filter(([code]) => code !== 'none')
  return {
    ...{ id, kind, status, askedAt, endedAt, total, lookedAt, matched, wide: isWide(run) },
    counts: counts.map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
    sample: sampleOf(run).flatMap(({ ticketId, code }) => {
      const ticket = tickets.get(ticketId)
      return ticket ? [{ reference: ticket.reference, requestId: ticket.requestId, code }] : []
    }),
  }
}
