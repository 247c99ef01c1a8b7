import type { IncidentKind, IncidentStatus } from '@/prisma/generated/enums'

/** Which state a statement may bring, by the state before it. Guards and buttons read this one table. */
export const nextStatuses = {
  draft: ['investigating', 'identified', 'monitoring', 'resolved'],
  investigating: ['investigating', 'identified', 'monitoring', 'resolved'],
  identified: ['investigating', 'identified', 'monitoring', 'resolved'],
  monitoring: ['investigating', 'identified', 'monitoring', 'resolved'],
  // What comes back is told under the same incident.
  resolved: ['investigating', 'identified', 'monitoring', 'resolved'],
  postmortem: ['postmortem'],
  scheduled: ['scheduled', 'in_progress', 'completed'],
  in_progress: ['in_progress', 'verifying', 'completed'],
  verifying: ['in_progress', 'verifying', 'completed'],
  completed: ['completed'],
} as const satisfies Record<IncidentStatus, readonly IncidentStatus[]>

export const mayFollow = (before: IncidentStatus, after: IncidentStatus): boolean =>
  (nextStatuses[before] as readonly IncidentStatus[]).includes(after)

/** States in which people wait for an incident's end: each statement promises the next. */
export const openStatuses = ['investigating', 'identified', 'monitoring'] as const satisfies readonly IncidentStatus[]

export const isOpen = (status: IncidentStatus): boolean => (openStatuses as readonly IncidentStatus[]).includes(status)

/** States that end what was wrong or done: everything is in order again, and no next statement is promised. */
export const isOver = (status: IncidentStatus): boolean =>
  status === 'resolved' || status === 'postmortem' || status === 'completed'

export const maintenanceStatuses = [
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
] as const satisfies readonly IncidentStatus[]

/** States in which a maintenance is at work: its components are under maintenance. */
export const isAtWork = (status: IncidentStatus): boolean => status === 'in_progress' || status === 'verifying'

export const belongsTo = (kind: IncidentKind, status: IncidentStatus): boolean =>
  (kind === 'maintenance') === (maintenanceStatuses as readonly IncidentStatus[]).includes(status)
