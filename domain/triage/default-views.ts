import type { QueueFilter } from '@/domain/triage/queue-filter'

export const defaultViewNames = [
  'decide',
  'unassigned',
  'mine',
  'longest',
  'held',
  'second',
  'late',
  'escalated',
  'all',
] as const
export type DefaultView = (typeof defaultViewNames)[number]

/** The views that everybody has. The queue opens with the first. */
export const defaultViews: Record<DefaultView, QueueFilter> = {
  decide: { state: ['filed', 'asked'] },
  unassigned: { assignee: 'nobody' },
  mine: { assignee: 'me' },
  longest: { status: 'open' },
  held: { state: ['held'] },
  second: { approval: 'second' },
  late: { sla: 'over' },
  escalated: { escalation: 'open' },
  all: {},
}
