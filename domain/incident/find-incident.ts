import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import type { Advice } from '@/domain/incident/advice'
import { type Counts, readCounts } from '@/domain/incident/count-incident'
import { deriveImpact } from '@/domain/incident/derive-status'
import { adviceOf } from '@/domain/incident/find-advice'
import { findTold, type Told } from '@/domain/incident/find-told'
import { htmlOf } from '@/domain/incident/preview-statement'
import type { Both } from '@/domain/incident/public-status'
import { authorizeEver } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { type Prisma, reader } from '@/domain/transaction'
import type { ComponentStatus, Incident } from '@/prisma/generated/client'
import type { Category, Impact, IncidentStatus, PromiseKind, PromiseStatus, WaveStatus } from '@/prisma/generated/enums'

/** What was said, by whom. */
export interface FoundStatement {
  number: number
  status: IncidentStatus
  /** Safe HTML. */
  html: Both
  publishedAt: Date
  createdAt: Date
  backfilled: boolean
  told: boolean
  corrects: number | null
  reason: Both | null
  /** Null: the portal itself. */
  author: string | null
  components: { name: Both; from: ComponentStatus; to: ComponentStatus }[]
}

export interface FoundPromise {
  id: string
  kind: PromiseKind
  category: Category | null
  text: Both | null
  madeBy: number
  dueAt: Date
  status: PromiseStatus
  settledBy: number | null
  keptLateAt: Date | null
  /** Who was told that it is overdue. */
  alarms: { level: number; name: string; createdAt: Date; sentAt: Date | null }[]
}

export interface FoundWave {
  category: Category
  status: WaveStatus
  scheduledFor: Date | null
  note: Both | null
  updatedAt: Date | null
  version: number | null
}

export type FoundIncident = Pick<
  Incident,
  | 'id'
  | 'number'
  | 'slug'
  | 'kind'
  | 'status'
  | 'version'
  | 'startedAt'
  | 'resolvedAt'
  | 'scheduledFor'
  | 'scheduledUntil'
  | 'endsByHand'
> & {
  title: Both
  impact: { is: Impact; override: Impact | null; reason: Both | null }
  carriers: { id: string; name: string }[]
  components: { id: string; name: Both; status: ComponentStatus }[]
  batches: { id: string; name: string }[]
  /** The newest first. */
  statements: FoundStatement[]
  /** The earliest due first. */
  promises: FoundPromise[]
  waves: FoundWave[]
  /** Every version, the oldest first, with who wrote it and how many subscribers were shown it. */
  advice: (Advice & { author: string | null; shown: number })[]
  counts: { of: Counts; countedAt: Date } | null
  /** The newest first. */
  /** The newest first; `html` is safe. */
  postmortems: {
    version: number
    bodyEn: string
    bodyFr: string
    html: Both
    publishedAt: Date
    author: string | null
  }[]
  /** The newest messages that told people of it, and how many there are altogether. */
  told: Told[]
  toldCount: number
}

const shape = {
  carriers: { include: { carrier: { select: { id: true, name: true } } } },
  components: { include: { component: true } },
  batches: { select: { id: true, name: true }, orderBy: { id: 'asc' } },
  updates: { orderBy: [{ publishedAt: 'desc' }, { number: 'desc' }] },
  promises: { orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], include: { alarms: { orderBy: { createdAt: 'asc' } } } },
  waves: true,
  advice: { orderBy: { publishedAt: 'asc' } },
  counts: true,
  postmortems: { orderBy: { version: 'desc' } },
} satisfies Prisma.IncidentInclude
type Row = Prisma.IncidentGetPayload<{ include: typeof shape }>

/**
 * Everything the console shows of one incident or maintenance, drafts too. Counting a message's deliveries takes as long as
 * it has recipients: `mostTold` says of how many.
 */
export async function findIncident(
  actor: Actor,
  id: string,
  { mostTold = 3 }: { mostTold?: number } = {},
): Promise<FoundIncident> {
  authorizeEver(actor, 'incident.console')
  const row = await reader(actor).incident.findUnique({ where: { id }, include: shape })
  if (!row) throw notFound('incident')
  const [nameOf, componentName, shown, told, toldCount] = await Promise.all([
    staffNames(actor, row),
    componentNames(actor),
    countShown(actor, row),
    findTold(row, mostTold),
    reader(actor).broadcast.count({ where: { incidentId: id } }),
  ])
  const { kind, status, impactOverride: override } = row
  const said = row.updates.flatMap(one => changesOf(one.components)).map(({ to }) => to)
  const now = row.components.map(one => one.status)
  return {
    ...row,
    title: { en: row.titleEn, fr: row.titleFr },
    impact: {
      is: deriveImpact({ kind, status, override }, [...said, ...now]),
      override,
      reason: both(row.impactReasonEn, row.impactReasonFr),
    },
    carriers: row.carriers.map(({ carrier }) => carrier).sort((a, b) => a.name.localeCompare(b.name)),
    components: row.components.map(({ component: { id, nameEn, nameFr }, status: fares }) => {
      return { id, name: { en: nameEn, fr: nameFr }, status: fares }
    }),
    statements: row.updates.map(one => ({
      number: one.number,
      status: one.status,
      html: htmlOf(one),
      publishedAt: one.publishedAt,
      createdAt: one.createdAt,
      backfilled: one.backfilled,
      told: one.told,
      corrects: one.corrects,
      reason: both(one.reasonEn, one.reasonFr),
      author: one.authorId && nameOf(one.authorId),
      components: changesOf(one.components).flatMap(({ id, from, to }) => {
        const name = componentName.get(id)
        return name === undefined || from === to ? [] : [{ name, from, to }]
      }),
    })),
    promises: row.promises.map(({ alarms, textEn, textFr, ...promise }) => ({
      ...promise,
      text: both(textEn, textFr),
      alarms: alarms.map(({ level, staffId, createdAt, sentAt }) => ({
        level,
        name: nameOf(staffId),
        createdAt,
        sentAt,
      })),
    })),
    waves: kind === 'maintenance' ? [] : wavesOf(row),
    advice: row.advice.map(one => ({
      ...adviceOf(one),
      author: one.authorId && nameOf(one.authorId),
      shown: shown.get(one.id) ?? 0,
    })),
    counts: row.counts && { of: readCounts(row.counts.counts), countedAt: row.counts.countedAt },
    postmortems: row.postmortems.map(({ authorId, ...one }) => ({
      ...one,
      html: htmlOf(one),
      author: authorId && nameOf(authorId),
    })),
    told,
    toldCount,
  }
}

const both = (en: string | null, fr: string | null): Both | null => (en && fr ? { en, fr } : null)

const wavesOf = (row: Row): FoundWave[] =>
  categories.map(category => {
    const wave = row.waves.find(one => one.category === category)
    if (!wave)
      return { category, status: 'not_scheduled', scheduledFor: null, note: null, updatedAt: null, version: null }
    const { status, scheduledFor, noteEn, noteFr, updatedAt, version } = wave
    return { category, status, scheduledFor, note: both(noteEn, noteFr), updatedAt, version }
  })

type Change = { id: string; from: ComponentStatus; to: ComponentStatus }
const changesOf = (json: unknown): Change[] => (Array.isArray(json) ? (json as Change[]) : [])

/** The names of all staff who wrote something of the incident or were told of it; those who left keep theirs. */
async function staffNames(actor: Actor, row: Row): Promise<(id: string) => string> {
  const ids = [
    ...[...row.updates, ...row.advice, ...row.postmortems].flatMap(one => one.authorId ?? []),
    ...row.promises.flatMap(one => one.alarms.map(alarm => alarm.staffId)),
  ]
  const people = await reader(actor).staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return id => people.find(one => one.id === id)?.name ?? id
}

/** Those that were removed are still called what they were. */
async function componentNames(actor: Actor): Promise<Map<string, Both>> {
  const rows = await reader(actor).component.findMany({ select: { id: true, nameEn: true, nameFr: true } })
  return new Map(rows.map(({ id, nameEn, nameFr }) => [id, { en: nameEn, fr: nameFr }]))
}

async function countShown(actor: Actor, row: Row): Promise<Map<string, number>> {
  const ids = row.advice.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const rows = await reader(actor).$queryRaw<{ id: string; people: number }[]>`
    SELECT advice_id::text AS id, count(DISTINCT subscriber_id)::int AS people FROM advice_shown
    WHERE advice_id = ANY (${ids}::uuid[]) GROUP BY advice_id`
  return new Map(rows.map(({ id, people }) => [id, people]))
}
