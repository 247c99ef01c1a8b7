import { dueAfter, type ServiceCalendar } from '@/domain/triage/service-clock'
import { priorities, serviceClocks } from '@/domain/triage/service-defaults'
import type { Targets } from '@/domain/triage/service-inputs'

/** When a ticket filed at a moment would be due. Null: not within ten years. */
export function previewService(calendar: ServiceCalendar, targets: Targets, at: Date) {
  return priorities.map(priority => ({
    priority,
    clocks: serviceClocks.map(clock => ({ clock, dueAt: dueAfter(calendar, at, targets[priority][clock] * 60_000) })),
  }))
}
