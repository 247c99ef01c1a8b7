import { isAtWork, isOpen } from '@/domain/incident/incident-status'
import type { ComponentStatus, Impact, IncidentKind, IncidentStatus } from '@/prisma/generated/enums'

/** The worse stands later. */
const bySeverity = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const satisfies readonly ComponentStatus[]

const impactOf = {
  operational: 'none',
  under_maintenance: 'maintenance',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
} as const satisfies Record<ComponentStatus, Impact>

const impacts = ['none', 'maintenance', 'minor', 'major', 'critical'] as const satisfies readonly Impact[]

export const worse = (a: ComponentStatus, b: ComponentStatus): ComponentStatus =>
  bySeverity.indexOf(a) >= bySeverity.indexOf(b) ? a : b

interface Touching {
  kind: IncidentKind
  status: IncidentStatus
  /** How the component fares because of it, as last said. */
  componentStatus: ComponentStatus
}

/** How a component fares: what a person said of it, else the worst that an open incident or a maintenance at work says. */
export function deriveComponentStatus(
  override: ComponentStatus | null,
  touching: readonly Touching[],
): ComponentStatus {
  if (override !== null) return override
  return touching.reduce<ComponentStatus>((worst, { kind, status, componentStatus }) => {
    if (kind === 'maintenance') return isAtWork(status) ? worse(worst, 'under_maintenance') : worst
    return isOpen(status) ? worse(worst, componentStatus) : worst
  }, 'operational')
}

/** How bad an incident is: what a person said, else the worst of its components; with none of them, minor while it is open. */
export function deriveImpact(
  { kind, status, override }: { kind: IncidentKind; status: IncidentStatus; override: Impact | null },
  components: readonly ComponentStatus[],
): Impact {
  if (override !== null) return override
  if (kind === 'maintenance') return 'maintenance'
  if (components.length === 0) return isOpen(status) ? 'minor' : 'none'
  return impactOf[components.reduce(worse)]
}

/** How the whole page stands. Maintenance is told apart: the indicator is never "maintenance". */
export interface PageStanding {
  indicator: 'none' | 'minor' | 'major' | 'critical'
  /** Which sentence says it. */
  sentence: 'all-well' | 'maintenance' | 'minor' | 'major' | 'critical'
}

/** The page's standing: what a person said, else the worst of open incidents and of components. */
export function derivePageStanding(
  override: Impact | null,
  openImpacts: readonly Impact[],
  components: readonly ComponentStatus[],
): PageStanding {
  const worst =
    override ??
    [...openImpacts, ...components.map(status => impactOf[status])].reduce<Impact>(
      (a, b) => (impacts.indexOf(a) >= impacts.indexOf(b) ? a : b),
      'none',
    )
  if (worst === 'none') return { indicator: 'none', sentence: 'all-well' }
  if (worst === 'maintenance') return { indicator: 'none', sentence: 'maintenance' }
  return { indicator: worst, sentence: worst }
}

/** A group fares as the worst of what is in it. */
export const deriveGroupStatus = (children: readonly ComponentStatus[]): ComponentStatus =>
  children.reduce<ComponentStatus>(worse, 'operational')
