import { serviceClocks } from '@/domain/triage/service-defaults'
import type { ServiceClock } from '@/prisma/generated/enums'

/**
 * One target of a ticket as people are told of it. due, over: `at` is when it is, or was, due. paused: since when it stands.
 * met, late: since when what was promised has been done.
 */
export interface ClockView {
  clock: ServiceClock
  state: 'due' | 'over' | 'paused' | 'met' | 'late'
  at: Date
}

interface ClockRow {
  clock: ServiceClock
  pausedSince: Date | null
  dueAt: Date | null
  metAt: Date | null
  breachedAt: Date | null
}

/** Without those of which nobody has worked out yet when they are due. */
export function clockViews(rows: readonly ClockRow[], now: Date): ClockView[] {
  const inOrder = [...rows].sort((a, b) => serviceClocks.indexOf(a.clock) - serviceClocks.indexOf(b.clock))
  return inOrder.flatMap(({ clock, pausedSince, dueAt, metAt, breachedAt }): ClockView[] => {
    if (metAt !== null) return [{ clock, state: breachedAt === null ? 'met' : 'late', at: metAt }]
    if (dueAt !== null) return [{ clock, state: dueAt < now ? 'over' : 'due', at: dueAt }]
    return pausedSince === null ? [] : [{ clock, state: 'paused', at: pausedSince }]
  })
}

/** The one that is due next, or has been over for the longest; else one that stands; null where all are met. */
export function nextBreach(views: readonly ClockView[]): ClockView | null {
  const [next] = views.filter(one => one.state === 'due' || one.state === 'over').sort((a, b) => +a.at - +b.at)
  return next ?? views.find(one => one.state === 'paused') ?? null
}
