import { deriveImpact } from '@/domain/incident/derive-status'
import type { ComponentStatus, Impact, IncidentKind, IncidentStatus } from '@/prisma/generated/enums'

/** What a statement said of a component. */
export interface ComponentChange {
  id: string
  from: ComponentStatus
  to: ComponentStatus
}

/** What the column of a statement's components holds; null where it says nothing of them. */
export const changesOf = (json: unknown): ComponentChange[] | null =>
  Array.isArray(json) ? (json as ComponentChange[]) : null

interface Judged {
  kind: IncidentKind
  status: IncidentStatus
  impactOverride: Impact | null
  updates: { components: unknown }[]
  components: { status: ComponentStatus }[]
}

/** How bad an incident ever was: that its components are in order again does not make it smaller. */
export function impactEver({ kind, status, impactOverride: override, updates, components }: Judged): Impact {
  const said = updates.flatMap(update => changesOf(update.components) ?? []).map(({ to }) => to)
  return deriveImpact({ kind, status, override }, [...said, ...components.map(one => one.status)])
}
