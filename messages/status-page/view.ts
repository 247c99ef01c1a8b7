import type { Language } from '@/messages/language'

type Both = Record<Language, string>
type Category = 'contacts' | 'calendar' | 'tasks' | 'notes' | 'photos'
type ComponentStatus = 'operational' | 'degraded_performance' | 'partial_outage' | 'major_outage' | 'under_maintenance'
export type Phase =
  | 'investigating'
  | 'identified'
  | 'monitoring'
  | 'resolved'
  | 'postmortem'
  | 'scheduled'
  | 'in_progress'
  | 'verifying'
  | 'completed'

/** What the public pages are written from. Texts of people are Markdown. */
export interface StatusView {
  name: string
  readAt: Date
  standing: { sentence: 'all-well' | 'maintenance' | 'minor' | 'major' | 'critical' }
  reason: Both | null
  components: ComponentView[]
  /** The latest first. */
  incidents: IncidentView[]
  notices: NoticeView[]
}

export interface ComponentView {
  id: string
  groupId: string | null
  isGroup: boolean
  name: Both
  description: Record<Language, string | null>
  status: ComponentStatus
  reason: Both | null
  onlyShowIfDegraded: boolean
}

export interface IncidentView {
  id: string
  slug: string
  kind: 'incident' | 'maintenance'
  title: Both
  status: Phase
  impact: 'none' | 'minor' | 'major' | 'critical' | 'maintenance'
  impactReason: Both | null
  startedAt: Date
  resolvedAt: Date | null
  scheduledFor: Date | null
  scheduledUntil: Date | null
  carriers: { id: string; name: string }[]
  updates: UpdateView[]
  promises: PromiseView[]
  waves: {
    category: Category
    status: 'not_scheduled' | 'validating' | 'scheduled' | 'releasing' | 'released' | 'paused' | 'not_recoverable'
    scheduledFor: Date | null
    note: Both | null
  }[]
  /** What holds now, the narrowest scope first. */
  adviceNow: AdviceView[]
  /** What held before, the latest first. */
  adviceEarlier: AdviceView[]
  counts: { of: CountsView; countedAt: Date } | null
  postmortems: { version: number; body: Both; publishedAt: Date }[]
}

export interface UpdateView {
  number: number
  status: Phase
  body: Both
  publishedAt: Date
  createdAt: Date
  backfilled: boolean
  corrects: number | null
  reason: Both | null
  components: { id: string; from: ComponentStatus; to: ComponentStatus }[] | null
}

export interface PromiseView {
  id: string
  kind: 'next_update' | 'category_back' | 'other'
  category: Category | null
  text: Both | null
  dueAt: Date
  status: 'pending' | 'kept' | 'missed'
  keptLateAt: Date | null
}

export interface AdviceView {
  id: string
  carrierId: string | null
  deviceModel: string | null
  version: number
  publishedAt: Date
  does: Record<Language, string[]>
  doNots: Record<Language, string[]>
}

interface CountsView {
  affected: number
  restoredPeople: number
  categories: Record<
    Category,
    {
      expected: number
      expectedUnknown: number
      complete: number
      partial: number
      damaged: number
      restored: number
      people: number
    }
  >
}

export interface NoticeView {
  id: string
  number: number
  carrier: { name: string }
  incidentId: string | null
  status: 'published' | 'corrected' | 'withdrawn'
  title: Both
  body: Both
  publishedAt: Date
  endedAt: Date | null
  endReason: Both | null
}
