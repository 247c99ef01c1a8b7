import type {
  ComponentStatus,
  Impact,
  IncidentPhase,
  Indicator,
  MaintenancePhase,
} from '@/formats/status-page/page-content'

/** RFC 3339 in UTC with milliseconds: "2009-10-10T10:00:00.000Z". */
type Timestamp = string

export interface PageBody {
  id: string
  name: string
  /** Absolute. */
  url: string
  /** IANA name. */
  time_zone: string
  updated_at: Timestamp
}

export interface ComponentBody {
  id: string
  name: string
  status: ComponentStatus
  created_at: Timestamp
  updated_at: Timestamp
  position: number
  description: string | null
  showcase: boolean
  /** A day: "2009-10-01". */
  start_date: string | null
  group_id: string | null
  page_id: string
  group: boolean
  only_show_if_degraded: boolean
  /** Ids of its children; only a group has it. */
  components?: string[]
}

export interface AffectedComponentBody {
  /** The component's id. */
  code: string
  name: string
  old_status: ComponentStatus
  new_status: ComponentStatus
}

export interface IncidentUpdateBody {
  id: string
  status: IncidentPhase | MaintenancePhase
  body: string
  incident_id: string
  created_at: Timestamp
  updated_at: Timestamp
  display_at: Timestamp
  affected_components: AffectedComponentBody[] | null
  deliver_notifications: boolean
  custom_tweet: null
  tweet_id: null
}

export interface IncidentBody {
  id: string
  name: string
  status: IncidentPhase | MaintenancePhase
  created_at: Timestamp
  updated_at: Timestamp
  monitoring_at: Timestamp | null
  resolved_at: Timestamp | null
  impact: Impact
  /** Absolute permalink. */
  shortlink: string
  started_at: Timestamp
  page_id: string
  /** The newest first. */
  incident_updates: IncidentUpdateBody[]
  components: ComponentBody[]
}

export interface MaintenanceBody extends IncidentBody {
  scheduled_for: Timestamp | null
  scheduled_until: Timestamp | null
}

export interface StatusBody {
  indicator: Indicator
  description: string
}

/** `/api/v2/status.json` */
export interface StatusFileBody {
  page: PageBody
  status: StatusBody
}

/** `/api/v2/components.json` */
export interface ComponentsFileBody {
  page: PageBody
  components: ComponentBody[]
}

/** `/api/v2/incidents.json` and `/api/v2/incidents/unresolved.json` */
export interface IncidentsFileBody {
  page: PageBody
  incidents: IncidentBody[]
}

/** `/api/v2/scheduled-maintenances.json`, `…/upcoming.json` and `…/active.json` */
export interface MaintenancesFileBody {
  page: PageBody
  scheduled_maintenances: MaintenanceBody[]
}

/** `/api/v2/summary.json` */
export interface SummaryFileBody extends ComponentsFileBody, IncidentsFileBody, MaintenancesFileBody, StatusFileBody {}
