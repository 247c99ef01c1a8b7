import type { Advice } from '@/domain/incident/advice'
import type { Counts } from '@/domain/incident/count-incident'
import type { PageStanding } from '@/domain/incident/derive-status'
import type { Category } from '@/domain/record/category'
import type {
  ComponentStatus,
  Impact,
  IncidentKind,
  IncidentStatus,
  NoticeStatus,
  PromiseKind,
  PromiseStatus,
  WaveStatus,
} from '@/prisma/generated/enums'

export interface Both {
  en: string
  fr: string
}

/** Everything the public page says, read at one moment. Nothing in it is about one person, or for a segment. */
export interface PublicStatus {
  pageId: string
  name: string
  readAt: Date
  standing: PageStanding
  /** A person's word on the whole page, where there is one. */
  reason: Both | null
  components: PublicComponent[]
  /** All but drafts, the latest first. */
  incidents: PublicIncident[]
  /** Notices that carriers addressed to everybody of theirs, the latest first. */
  notices: PublicNotice[]
}

export interface PublicComponent {
  id: string
  groupId: string | null
  isGroup: boolean
  position: number
  name: Both
  description: { en: string | null; fr: string | null }
  status: ComponentStatus
  /** Why a person said so instead of what is derived. */
  reason: Both | null
  onlyShowIfDegraded: boolean
  showcase: boolean
  startDate: Date | null
  createdAt: Date
  updatedAt: Date
}

export interface PublicIncident {
  id: string
  number: number
  slug: string
  kind: IncidentKind
  title: Both
  status: Exclude<IncidentStatus, 'draft'>
  /** As bad as it ever was, or as a person said. */
  impact: Impact
  /** As bad as it is while it is open. */
  impactNow: Impact
  impactReason: Both | null
  startedAt: Date
  monitoringAt: Date | null
  resolvedAt: Date | null
  scheduledFor: Date | null
  scheduledUntil: Date | null
  createdAt: Date
  updatedAt: Date
  componentIds: string[]
  carriers: { id: string; name: string }[]
  /** The newest first. */
  updates: PublicUpdate[]
  promises: PublicPromise[]
  waves: PublicWave[]
  /** Every version; which holds now: standingAdvice(). */
  advice: Advice[]
  counts: { of: Counts; countedAt: Date } | null
  /** The newest version first. */
  postmortems: { version: number; body: Both; publishedAt: Date }[]
}

export interface PublicUpdate {
  id: string
  number: number
  status: Exclude<IncidentStatus, 'draft'>
  body: Both
  publishedAt: Date
  createdAt: Date
  backfilled: boolean
  told: boolean
  /** The number of the statement that it puts right. */
  corrects: number | null
  reason: Both | null
  components: { id: string; from: ComponentStatus; to: ComponentStatus }[] | null
}

export interface PublicPromise {
  id: string
  kind: PromiseKind
  category: Category | null
  text: Both | null
  madeAt: Date
  dueAt: Date
  status: PromiseStatus
  settledAt: Date | null
  keptLateAt: Date | null
}

export interface PublicWave {
  category: Category
  status: WaveStatus
  scheduledFor: Date | null
  note: Both | null
  updatedAt: Date
}

export interface PublicNotice {
  id: string
  number: number
  carrier: { id: string; name: string }
  incidentId: string | null
  status: Extract<NoticeStatus, 'published' | 'corrected' | 'withdrawn'>
  title: Both
  body: Both
  publishedAt: Date
  endedAt: Date | null
  endReason: Both | null
  correctsId: string | null
}
