import { deriveComponentStatus, deriveGroupStatus, derivePageStanding } from '@/domain/incident/derive-status'
import { changesOf } from '@/domain/incident/incident-impact'
import { isAtWork, isOpen } from '@/domain/incident/incident-status'
import { type IncidentRow, incidentOf, withAll } from '@/domain/incident/public-incident'
import type { Both, PublicComponent, PublicStatus } from '@/domain/incident/public-status'
import { reader, type Tx } from '@/domain/transaction'
import type { ComponentStatus } from '@/prisma/generated/enums'

/** Everything the public page says, but for notices. Public by nature: nobody is asked who they are. */
export async function readPublicStatus(
  db: Tx = reader('every-carrier'),
  now = new Date(),
): Promise<Omit<PublicStatus, 'notices'>> {
  const page = await db.statusPage.findUniqueOrThrow({ where: { single: 1 } })
  const rows = await db.incident.findMany({
    where: { status: { not: 'draft' } },
    include: withAll,
    orderBy: [{ startedAt: 'desc' }, { number: 'desc' }],
  })
  const components = await readComponents(db, lastSaid(rows))
  const incidents = rows.map(incidentOf)
  const open = incidents.filter(one => isOpen(one.status) || isAtWork(one.status))
  return {
    pageId: page.id,
    name: page.name,
    readAt: now,
    standing: derivePageStanding(
      page.indicatorOverride,
      open.map(one => one.impactNow),
      components.map(one => one.status),
    ),
    reason: page.indicatorOverride === null ? null : reasonOf(page),
    components,
    incidents,
  }
}

const bothOf = (en: string, fr: string) => ({ en, fr })

const reasonOf = (row: { overrideReasonEn: string | null; overrideReasonFr: string | null }): Both | null =>
  row.overrideReasonEn && row.overrideReasonFr ? bothOf(row.overrideReasonEn, row.overrideReasonFr) : null

/** When statements last said that a component fares otherwise than before, by its id. */
function lastSaid(rows: readonly IncidentRow[]): Map<string, Date> {
  const last = new Map<string, Date>()
  for (const { components, publishedAt } of rows.flatMap(row => row.updates))
    for (const { id, from, to } of changesOf(components) ?? []) {
      const known = last.get(id)
      if (from !== to && (known === undefined || known < publishedAt)) last.set(id, publishedAt)
    }
  return last
}

const later = (dates: readonly Date[]): Date => new Date(Math.max(...dates.map(Number)))

async function readComponents(db: Tx, said: ReadonlyMap<string, Date>): Promise<PublicComponent[]> {
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
  // What status pages' clients look at to see that a component fares otherwise.
  const changedAt = (row: (typeof rows)[number]): Date => {
    const parts = row.isGroup ? rows.filter(one => one.groupId === row.id) : []
    return later([row, ...parts].flatMap(one => [one.updatedAt, said.get(one.id) ?? one.updatedAt]))
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
    reason: row.statusOverride === null ? null : reasonOf(row),
    onlyShowIfDegraded: row.onlyShowIfDegraded,
    showcase: row.showcase,
    startDate: row.startDate,
    createdAt: row.createdAt,
    updatedAt: changedAt(row),
  }))
}
