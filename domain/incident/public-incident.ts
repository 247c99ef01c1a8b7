import { readCounts } from '@/domain/incident/count-incident'
import { deriveImpact } from '@/domain/incident/derive-status'
import { adviceOf } from '@/domain/incident/find-advice'
import { changesOf, impactEver } from '@/domain/incident/incident-impact'
import type { Both, PublicIncident, PublicUpdate } from '@/domain/incident/public-status'
import { categories } from '@/domain/record/category'
import type { Prisma } from '@/domain/transaction'
import type { IncidentStatus } from '@/prisma/generated/enums'

/** What an incident's row has to come with, to be read by the public. */
export const withAll = {
  components: true,
  updates: { orderBy: [{ publishedAt: 'desc' }, { number: 'desc' }] },
  promises: { orderBy: [{ madeAt: 'asc' }, { dueAt: 'asc' }] },
  waves: true,
  advice: { orderBy: { publishedAt: 'asc' } },
  counts: true,
  postmortems: { orderBy: { version: 'desc' } },
  carriers: { include: { carrier: { select: { id: true, name: true } } } },
} satisfies Prisma.IncidentInclude
export type IncidentRow = Prisma.IncidentGetPayload<{ include: typeof withAll }>

const bothOf = (en: string, fr: string): Both => ({ en, fr })
const bothOrNone = (en: string | null, fr: string | null): Both | null => (en && fr ? bothOf(en, fr) : null)
const isPublic = (status: IncidentStatus): status is Exclude<IncidentStatus, 'draft'> => status !== 'draft'

/** One incident's row as the public may read it. */
export function incidentOf(row: IncidentRow): PublicIncident {
  const { status } = row
  if (!isPublic(status)) throw new Error(`The incident ${row.id} is a draft and not for the public.`)
  const { id, number, slug, kind, startedAt, monitoringAt, resolvedAt, scheduledFor, scheduledUntil } = row
  return {
    id,
    number,
    slug,
    kind,
    title: bothOf(row.titleEn, row.titleFr),
    status,
    impact: impactEver(row),
    impactNow: deriveImpact(
      { kind, status, override: row.impactOverride },
      row.components.map(one => one.status),
    ),
    impactReason: bothOrNone(row.impactReasonEn, row.impactReasonFr),
    startedAt,
    monitoringAt,
    resolvedAt,
    scheduledFor,
    scheduledUntil,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    componentIds: row.components.map(one => one.componentId),
    carriers: row.carriers.map(one => one.carrier),
    updates: row.updates.flatMap(updateOf),
    promises: row.promises.map(({ textEn, textFr, ...one }) => ({
      id: one.id,
      kind: one.kind,
      category: one.category,
      text: bothOrNone(textEn, textFr),
      madeAt: one.madeAt,
      dueAt: one.dueAt,
      status: one.status,
      settledAt: one.settledAt,
      keptLateAt: one.keptLateAt,
    })),
    waves: kind === 'maintenance' ? [] : wavesOf(row),
    advice: row.advice.map(adviceOf),
    counts: row.counts && { of: readCounts(row.counts.counts), countedAt: row.counts.countedAt },
    postmortems: row.postmortems.map(({ version, bodyEn, bodyFr, publishedAt }) => ({
      version,
      body: bothOf(bodyEn, bodyFr),
      publishedAt,
    })),
  }
}

/** Each category always has a status: one that nobody has spoken of is not scheduled. */
const wavesOf = (row: IncidentRow): PublicIncident['waves'] =>
  categories.map(category => {
    const wave = row.waves.find(one => one.category === category)
    return {
      category,
      status: wave?.status ?? 'not_scheduled',
      scheduledFor: wave?.scheduledFor ?? null,
      note: bothOrNone(wave?.noteEn ?? null, wave?.noteFr ?? null),
      updatedAt: wave?.updatedAt ?? row.createdAt,
    }
  })

function updateOf(row: IncidentRow['updates'][number]): PublicUpdate[] {
  const { id, number, status, publishedAt, createdAt, backfilled, told, corrects } = row
  if (!isPublic(status)) return []
  const body = bothOf(row.bodyEn, row.bodyFr)
  const reason = bothOrNone(row.reasonEn, row.reasonFr)
  const components = changesOf(row.components)
  return [{ id, number, status, body, publishedAt, createdAt, backfilled, told, corrects, reason, components }]
}
