import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { may, mayEver, scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import { isUndoable } from '@/domain/triage/mass/draft-mass-act'
import { type MassStopReason, massStopReasons } from '@/domain/triage/mass/end-mass-act'
import { type MassWhat, storedWhat, verbOf } from '@/domain/triage/mass/mass-what'
import { type QueueFilter, readFilter } from '@/domain/triage/queue-filter'
import type { Category, MassActStatus } from '@/prisma/generated/enums'

export interface MassActLine {
  id: string
  what: MassWhat
  status: MassActStatus
  /** Null: every carrier. */
  carrierName: string | null
  /** Of which tickets: one of three. */
  filter: QueueFilter | null
  incident: { id: string; title: { en: string; fr: string }; wave: Category | null } | null
  undoes: string | null
  /** How many tickets there are in it; of a draft nothing yet. */
  counted: number
  asked: { at: Date; name: string | null; self: boolean }
}

export interface MassActView extends MassActLine {
  textEn: string | null
  textFr: string | null
  done: number
  /** Approved once, where it takes two people. */
  half: number
  refused: number
  /** Per code of a refusal, the most frequent first. */
  refusals: { code: string; count: number }[]
  endedAt: Date | null
  /** When something was last done; before that, when it was begun. */
  movedAt: Date
  stopReason: MassStopReason | null
  decisionId: string | null
  /** To which incident it links. */
  linksTo: { en: string; fr: string } | null
  /** What the reader may do with it now. */
  begins: boolean
  stops: boolean
  undoable: boolean
}

const shape = {
  incident: { select: { titleEn: true, titleFr: true } },
  decision: { select: { id: true } },
} satisfies Prisma.MassActInclude
type Loaded = Prisma.MassActGetPayload<{ include: typeof shape }>

const longest = 30

/** The latest ones that were begun, the newest first; of an incident where one is named. */
export async function listMassActs(actor: Actor, incidentId: string | null = null): Promise<MassActLine[]> {
  const rows = await reader(actor).massAct.findMany({
    where: { ...scope(actor, 'mass.read'), status: { not: 'draft' }, ...(incidentId === null ? {} : { incidentId }) },
    include: shape,
    orderBy: { id: 'desc' },
    take: longest,
  })
  return lines(actor, rows)
}

/** One of them, also one that is still a draft. */
export async function findMassAct(actor: Actor, id: string): Promise<MassActView> {
  const row = await reader(actor).massAct.findFirst({
    where: { id, ...scope(actor, 'mass.read') },
    include: { ...shape, undos: { where: { status: { in: ['asked', 'running', 'done'] } }, select: { id: true } } },
  })
  if (!row) throw notFound('act on many')
  const [line] = await lines(actor, [row])
  const { done, half, refusals, movedAt } = await becameOf(actor, row)
  const { what, asked } = line!
  const target =
    what.act === 'link' || what.act === 'unlink'
      ? await reader(actor).incident.findUnique({ where: { id: what.incidentId } })
      : null
  const mayBegin = may(actor, verbOf(row.kind), { carrierId: row.carrierId, subscriberId: null })
  return {
    ...line!,
    ...{ textEn: row.textEn, textFr: row.textFr, endedAt: row.endedAt, movedAt: movedAt ?? asked.at },
    ...{ done, half, refused: refusals.reduce((sum, { count }) => sum + count, 0) },
    refusals: refusals.sort((a, b) => b.count - a.count),
    stopReason: massStopReasons.find(one => one === row.stopReason) ?? null,
    decisionId: mayEver(actor, 'decision.read') ? (row.decision?.id ?? null) : null,
    linksTo: target && { en: target.titleEn, fr: target.titleFr },
    begins: row.status === 'draft' && mayBegin,
    stops: row.status === 'running' && mayBegin,
    undoable: isUndoable(row, actor) && row.undos.length === 0 && done > 0,
  }
}

const counts = z.record(z.string(), z.int())
const keptCounts = z.strictObject({ done: z.int(), half: z.int(), refusals: counts })

/** What became of its tickets: by the targets, or as it was counted before there were any. */
async function becameOf(
  actor: Actor,
  { id, became }: Loaded,
): Promise<Pick<MassActView, 'done' | 'half' | 'refusals'> & { movedAt: Date | null }> {
  if (became !== null) {
    const { done, half, refusals } = keptCounts.parse(became)
    return { done, half, refusals: Object.entries(refusals).map(([code, count]) => ({ code, count })), movedAt: null }
  }
  const groups = await reader(actor).massTarget.groupBy({
    by: ['outcome'],
    where: { massActId: id },
    _count: true,
    _max: { at: true },
  })
  const of = (outcome: string) => groups.find(one => one.outcome === outcome)?._count ?? 0
  const refusals = groups.flatMap(({ outcome, _count: count }) =>
    outcome === null || outcome === 'done' || outcome === 'half' ? [] : [{ code: outcome, count }],
  )
  const movedAt = groups.reduce<Date | null>(
    (last, { _max: { at } }) => (last === null || (at !== null && at > last) ? at : last),
    null,
  )
  return { done: of('done'), half: of('half'), refusals, movedAt }
}

async function lines(actor: Actor, rows: Loaded[]): Promise<MassActLine[]> {
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
    const { id, status, carrierId, incidentId, incident, waveCategory: wave, undoes, counted, askedBy } = row
    return {
      ...{ id, status, undoes, counted, what: storedWhat(row.what) },
      carrierName: carrierId === null ? null : (names.get(carrierId) ?? null),
      filter: row.filter === null ? null : readFilter(row.filter),
      incident:
        incident === null || incidentId === null
          ? null
          : { id: incidentId, title: { en: incident.titleEn, fr: incident.titleFr }, wave },
      asked: { at: row.begunAt ?? row.draftedAt, name: names.get(askedBy) ?? null, self: askedBy === staffId },
    }
  })
}
