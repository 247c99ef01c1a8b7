import type { Actor } from '@/domain/actor'
import { deriveComponentStatus, deriveGroupStatus } from '@/domain/incident/derive-status'
import { isAtWork, isOpen } from '@/domain/incident/incident-status'
import type { Both } from '@/domain/incident/public-status'
import { authorizeEver } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import type { ComponentStatus, Impact } from '@/prisma/generated/enums'

export interface ListedComponent {
  id: string
  groupId: string | null
  isGroup: boolean
  name: Both
  description: { en: string | null; fr: string | null }
  onlyShowIfDegraded: boolean
  /** As the public reads it. */
  status: ComponentStatus
  /** As incidents have it, whatever a person said. */
  derived: ComponentStatus
  override: { reason: Both; at: Date | null } | null
  /** Incidents and maintenances that are not over and touch it. */
  touchedBy: { id: string; title: Both }[]
}

const shape = { incidents: { include: { incident: true } } } satisfies Prisma.ComponentInclude
type Row = Prisma.ComponentGetPayload<{ include: typeof shape }>

/** The parts of the service as they stand on the page, each group before what is in it, and a person's word on the page. */
export async function listComponents(actor: Actor): Promise<{
  components: ListedComponent[]
  page: { override: Impact; reason: Both; at: Date | null } | null
}> {
  authorizeEver(actor, 'incident.console')
  const [rows, page] = await Promise.all([
    reader(actor).component.findMany({
      where: { removedAt: null },
      include: shape,
      orderBy: [{ position: 'asc' }, { createdAt: 'asc' }],
    }),
    reader(actor).statusPage.findUniqueOrThrow({ where: { single: 1 } }),
  ])
  const listed = rows.map(componentOf)
  const childrenOf = (id: string) => listed.filter(one => one.groupId === id)
  const withGroups = listed.map(one => {
    if (!one.isGroup) return one
    const children = childrenOf(one.id)
    const status = deriveGroupStatus(children.map(child => child.status))
    return { ...one, status, derived: deriveGroupStatus(children.map(child => child.derived)) }
  })
  const top = withGroups.filter(one => one.groupId === null)
  const { indicatorOverride: override, overrideAt: at } = page
  return {
    components: top.flatMap(one => [one, ...withGroups.filter(child => child.groupId === one.id)]),
    page: override && { override, reason: reasonOf(page), at },
  }
}

const reasonOf = (row: { overrideReasonEn: string | null; overrideReasonFr: string | null }): Both => ({
  en: row.overrideReasonEn ?? '',
  fr: row.overrideReasonFr ?? '',
})

function componentOf(row: Row): ListedComponent {
  const touching = row.incidents.filter(({ incident: { status } }) => status === 'scheduled' || isUnderWay(status))
  const said = touching.map(({ incident, status }) => ({ ...incident, componentStatus: status }))
  const { statusOverride, overrideAt } = row
  return {
    id: row.id,
    groupId: row.groupId,
    isGroup: row.isGroup,
    name: { en: row.nameEn, fr: row.nameFr },
    description: { en: row.descriptionEn, fr: row.descriptionFr },
    onlyShowIfDegraded: row.onlyShowIfDegraded,
    status: deriveComponentStatus(statusOverride, said),
    derived: deriveComponentStatus(null, said),
    override: statusOverride && { reason: reasonOf(row), at: overrideAt },
    touchedBy: touching.map(({ incident }) => ({
      id: incident.id,
      title: { en: incident.titleEn, fr: incident.titleFr },
    })),
  }
}

const isUnderWay = (status: Row['incidents'][number]['incident']['status']): boolean =>
  isOpen(status) || isAtWork(status)
