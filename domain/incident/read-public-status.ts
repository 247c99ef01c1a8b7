import { readCounts } from '@/domain/incident/count-incident'
import {
  deriveComponentStatus,
  deriveGroupStatus,
  deriveImpact,
  derivePageStanding,
} from '@/domain/incident/derive-status'
import { adviceOf } from '@/domain/incident/find-advice'
import { isAtWork, isOpen } from '@/domain/incident/incident-status'
import type { Both, PublicComponent, PublicIncident, PublicStatus, PublicUpdate } from '@/domain/incident/public-status'
import { categories } from '@/domain/record/category'
import { type Prisma, reader, type Tx } from '@/domain/transaction'
import type { ComponentStatus, IncidentStatus } from '@/prisma/generated/enums'

const withAll = {
  components: true,
  updates: { orderBy: [{ publishedAt: 'desc' }, { number: 'desc' }] },
  promises: { orderBy: [{ madeAt: 'asc' }, { dueAt: 'asc' }] },
  waves: true,
  advice: { orderBy: { publishedAt: 'asc' } },
  counts: true,
  postmortems: { orderBy: { version: 'desc' } },
  carriers: { include: { carrier: { select: { id: true, name: true } } } },
} satisfies Prisma.IncidentInclude
type Row = Prisma.IncidentGetPayload<{ include: typeof withAll }>

/** Everything the public page says, but for notices. Public by nature: nobody is asked who they are. */
export async function readPublicStatus(db: Tx = reader(), now = new Date()): Promise<Omit<PublicStatus, 'notices'>> {
  const page = await db.statusPage.findUniqueOrThrow({ where: { single: 1 } })
  const rows = await db.incident.findMany({
    where: { status: { not: 'draft' } },
    include: withAll,
    orderBy: [{ startedAt: 'desc' }, { number: 'desc' }],
  })
  const components = await readComponents(db)
  const incidents = rows.map(incidentOf)
  const open = incidents.filter(one => isOpen(one.status) || isAtWork(one.status))
  return {
    pageId: page.id,
    name: page.name,
    readAt: now,
    standing: derivePageStanding(
      page.indicatorOverride,
      open.map(one => one.impact),
      components.map(one => one.status),
    ),
    reason: page.overrideReason,
    components,
    incidents,
  }
}

const bothOf = (en: string, fr: string): Both => ({ en, fr })
const bothOrNone = (en: string | null, fr: string | null): Both | null => (en && fr ? bothOf(en, fr) : null)
const isPublic = (status: IncidentStatus): status is Exclude<IncidentStatus, 'draft'> => status !== 'draft'

/** One incident's row as the public may read it. */
function incidentOf(row: Row): PublicIncident {
  const { status } = row
  if (!isPublic(status)) throw new Error(`The incident ${row.id} is a draft and not for the public.`)
  const { id, number, slug, kind, impactReason, startedAt, monitoringAt, resolvedAt, scheduledFor, scheduledUntil } =
    row
  const worstSaid = row.updates.flatMap(update => changesOf(update.components) ?? []).map(one => one.to)
  const now = row.components.map(one => one.status)
  return {
    id,
    number,
    slug,
    kind,
    title: bothOf(row.titleEn, row.titleFr),
    status,
    // What is over is shown as bad as it was, although its components are in order again.
    impact: deriveImpact({ kind, status, override: row.impactOverride }, isOpen(status) ? now : worstSaid),
    impactReason,
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
const wavesOf = (row: Row): PublicIncident['waves'] =>
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

function updateOf(row: Row['updates'][number]): PublicUpdate[] {
  const { id, number, status, publishedAt, createdAt, backfilled, told, corrects } = row
  if (!isPublic(status)) return []
  const body = bothOf(row.bodyEn, row.bodyFr)
  const reason = bothOrNone(row.reasonEn, row.reasonFr)
  const components = changesOf(row.components)
  return [{ id, number, status, body, publishedAt, createdAt, backfilled, told, corrects, reason, components }]
}

const changesOf = (json: unknown): PublicUpdate['components'] =>
  Array.isArray(json) ? (json as NonNullable<PublicUpdate['components']>) : null

async function readComponents(db: Tx): Promise<PublicComponent[]> {
  const rows = await db.component.findMany({
    where: { removedAt: null },
    include: { incidents: { include: { incident: { select: { kind: true, status: true } } } } },
    orderBy: [{ position: 'asc' }, { createdAt: 'asc' }],
  })
  const own = new Map<string, ComponentStatus>(
    rows.map(row => [
      row.id,
      deriveComponentStatus(
        row.statusOverride,
        row.incidents.map(({ incident, status }) => ({ ...incident, componentStatus: status })),
      ),
    ]),
  )
  const statusOf = (row: (typeof rows)[number]): ComponentStatus => {
    if (!row.isGroup) return own.get(row.id) ?? 'operational'
    return deriveGroupStatus(rows.filter(one => one.groupId === row.id).map(one => own.get(one.id) ?? 'operational'))
  }
  const top = rows.filter(row => row.groupId === null)
  const ordered = top.flatMap(row => [row, ...rows.filter(one => one.groupId === row.id)])
  return ordered.map(row => ({
    id: row.id,
    groupId: row.groupId,
    isGroup: row.isGroup,
    position: row.position,
    name: bothOf(row.nameEn, row.nameFr),
    description: { en: row.descriptionEn, fr: row.descriptionFr },
    status: statusOf(row),
    reason: row.statusOverride === null ? null : row.overrideReason,
    onlyShowIfDegraded: row.onlyShowIfDegraded,
    showcase: row.showcase,
    startDate: row.startDate,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }))
}
