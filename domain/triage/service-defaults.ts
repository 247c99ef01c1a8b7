import type { ServiceCalendar } from '@/domain/triage/service-clock'
import type { ServiceClock, TicketKind, TicketPriority } from '@/prisma/generated/enums'

export const serviceClocks = ['first_response', 'decision', 'restore'] as const satisfies readonly ServiceClock[]
/** From the one that waits for least. */
export const priorities = ['normal', 'high', 'urgent'] as const satisfies readonly TicketPriority[]

/** What is measured of a ticket: only a restore is restored. */
export const clocksOf = (kind: TicketKind): readonly ServiceClock[] =>
  kind === 'restore' ? serviceClocks : ['first_response', 'decision']

/** Of a carrier that has said nothing: Monday to Friday, 09:00 to 17:00, UTC. */
export const defaultCalendar: ServiceCalendar = {
  zone: 'UTC',
  week: [1, 2, 3, 4, 5].map(weekday => ({ weekday, from: 9 * 60, to: 17 * 60 })),
  holidays: [],
  extraDays: [],
}

/** Working minutes, where a carrier has said nothing. The migration that brought clocks has them too. */
export const defaultTargets: Record<TicketPriority, Record<ServiceClock, number>> = {
  normal: { first_response: 8 * 60, decision: 16 * 60, restore: 40 * 60 },
  high: { first_response: 4 * 60, decision: 8 * 60, restore: 24 * 60 },
  urgent: { first_response: 60, decision: 4 * 60, restore: 8 * 60 },
}

/** The next higher one; the highest stays. */
export const raised = (priority: TicketPriority): TicketPriority =>
  priorities[Math.min(priorities.indexOf(priority) + 1, priorities.length - 1)]!

/** How long what goes over is gathered before leads are told of it in one mail. */
export const toldTogetherMs = 15 * 60_000
