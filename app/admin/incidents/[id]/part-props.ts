import type { Visit } from '@/app/_shell/visit'
import type { FoundIncident } from '@/domain/incident/find-incident'

/** What the parts of an incident's page are given. */
export interface PartProps {
  visit: Visit
  incident: FoundIncident
  /** The reader may speak of it. */
  manages: boolean
}
