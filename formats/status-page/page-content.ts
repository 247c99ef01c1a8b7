/** The status page as it is published, in one language: what JSON, feeds and alerts are written from. */
export interface PageContent {
  id: string
  name: string
  /** Absolute, without a trailing slash. */
  url: string
  /** IANA name. */
  timeZone: string
  /** When this content was read from the database. */
  updatedAt: Date
  /** BCP 47. */
  language: 'en' | 'fr'
  indicator: Indicator
  /** One sentence: how things stand. */
  description: string
  /** In their order on the page; a group comes before its children. */
  components: ComponentContent[]
  /** Incidents and maintenances of any state but drafts, the latest first. */
  incidents: IncidentContent[]
}

export type Indicator = 'none' | 'minor' | 'major' | 'critical'
export type Impact = Indicator | 'maintenance'

export type ComponentStatus =
  | 'operational'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
  | 'under_maintenance'

export interface ComponentContent {
  id: string
  name: string
  description: string | null
  status: ComponentStatus
  createdAt: Date
  updatedAt: Date
  position: number
  showcase: boolean
  onlyShowIfDegraded: boolean
  /** A day, "2009-10-01", or null. */
  startDate: string | null
  groupId: string | null
  isGroup: boolean
}

export type IncidentPhase = 'investigating' | 'identified' | 'monitoring' | 'resolved' | 'postmortem'
export type MaintenancePhase = 'scheduled' | 'in_progress' | 'verifying' | 'completed'

export interface IncidentContent {
  id: string
  /** Counts up over all incidents; never given twice. */
  number: number
  slug: string
  kind: 'incident' | 'maintenance'
  title: string
  status: IncidentPhase | MaintenancePhase
  impact: Impact
  createdAt: Date
  updatedAt: Date
  startedAt: Date
  monitoringAt: Date | null
  resolvedAt: Date | null
  /** Of a maintenance; null for an incident. */
  scheduledFor: Date | null
  scheduledUntil: Date | null
  /** Ids of PageContent.components that it touches. */
  componentIds: string[]
  /** The newest first. */
  updates: UpdateContent[]
}

export interface UpdateContent {
  id: string
  status: IncidentPhase | MaintenancePhase
  /** Markdown as it was written. */
  body: string
  /** The same as sanitized HTML. */
  bodyHtml: string
  createdAt: Date
  /** When it was said: earlier than createdAt for what was entered afterwards. */
  displayAt: Date
  /** Entered after the fact. */
  backfilled: boolean
  /** The number of the statement that it puts right, and why; null where it does not. */
  corrects: { number: number; reason: string } | null
  /** Whether it was sent to subscribers. */
  delivered: boolean
  /** Null: it says nothing of components. */
  components: { id: string; name: string; oldStatus: ComponentStatus; newStatus: ComponentStatus }[] | null
}

/** One alert: an incident's latest statement, or a notice that is addressed to everybody. */
export interface AlertContent {
  id: string
  sentAt: Date
  /** Alert: the first message. Update: replaces those named in `references`. Cancel: takes them back. */
  messageType: 'Alert' | 'Update' | 'Cancel'
  /** Earlier messages of the same matter, the oldest first. */
  references: { id: string; sentAt: Date }[]
  /** From a demonstration: must not be taken for real. */
  isTest: boolean
  severity: 'Extreme' | 'Severe' | 'Moderate' | 'Minor' | 'Unknown'
  urgency: 'Immediate' | 'Expected' | 'Future' | 'Past' | 'Unknown'
  certainty: 'Observed' | 'Likely' | 'Possible' | 'Unlikely' | 'Unknown'
  /** When it begins, and when the message is out of date; null where nobody knows. */
  onset: Date | null
  expires: Date | null
  /** One for each language. */
  texts: {
    language: 'en' | 'fr'
    senderName: string
    event: string
    headline: string
    /** Plain text. */
    description: string
    instruction: string | null
    web: string
  }[]
  /** Whom it concerns, in words, for the area: a carrier's subscribers. */
  areaDescription: string
}
