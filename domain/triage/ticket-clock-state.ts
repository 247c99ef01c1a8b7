import { isWaitReason, waitReasons } from '@/domain/restore/wait-reason'
import { businessMs, dueAfter, type ServiceCalendar } from '@/domain/triage/service-clock'
import type { RequestStatus, ServiceClock, TicketStatus } from '@/prisma/generated/enums'

/** What a ticket's clocks depend on. */
export interface ClockFacts {
  status: TicketStatus
  /** In the future: it waits for nobody before then. */
  waitsSince: Date
  /** Null: the ticket of something else than a restore. */
  request: { status: RequestStatus; reason: string | null; decidedAt: Date | null } | null
  /** When a person first wrote to the subscriber. */
  answeredAt: Date | null
}

/** One clock as its row has it; unmet. */
export interface RunningClock {
  clock: ServiceClock
  minutes: number
  runningSince: Date | null
  pausedSince: Date | null
  usedMs: number
  dueAt: Date | null
  breachedAt: Date | null
}

export type SettledClock = RunningClock & { metAt: Date | null }

/** Since when what was promised has been done; null: not yet. */
export function metAtOf(clock: ServiceClock, facts: ClockFacts, now: Date): Date | null {
  const { request, answeredAt } = facts
  const isOver = facts.status === 'resolved'
  if (clock === 'restore') return isOver ? now : null
  const isDecided = request === null ? isOver : request.status !== 'filed'
  const decidedAt = isDecided ? (request?.decidedAt ?? now) : null
  if (clock === 'decision' || answeredAt === null) return decidedAt
  return decidedAt === null || answeredAt < decidedAt ? answeredAt : decidedAt
}

/** Nobody here can do anything before the subscriber does. What the workers have goes on counting. */
export function waitsForSubscriber({ status, request }: ClockFacts): boolean {
  if (status !== 'pending') return false
  if (request === null || request.status === 'filed') return true
  return isWaitReason(request.reason) && waitReasons[request.reason].needs === 'subscriber'
}

/** The clock as it must stand now; the same object where nothing about it changes. */
export function settled(
  calendar: ServiceCalendar,
  before: RunningClock,
  facts: ClockFacts,
  now: Date,
): SettledClock | RunningClock {
  const metAt = metAtOf(before.clock, facts, now)
  if (metAt !== null) return finished(calendar, before, metAt, now)
  const from = facts.waitsSince > now ? facts.waitsSince : now
  const isPaused = before.pausedSince !== null
  if (waitsForSubscriber(facts)) return isPaused ? before : paused(calendar, before, now)
  if (isPaused) return running(calendar, before, before.usedMs, from)
  // One approval is there, and the other cannot come before a wait is over.
  const isPutOff = from > now && before.runningSince!.getTime() !== from.getTime()
  return isPutOff ? running(calendar, before, usedBy(calendar, before, now), from) : before
}

/** What had counted by a moment, in milliseconds. */
export function usedBy(calendar: ServiceCalendar, clock: RunningClock, at: Date): number {
  const { usedMs, runningSince } = clock
  return runningSince === null || runningSince >= at ? usedMs : usedMs + businessMs(calendar, runningSince, at)
}

/** Over already, whether or not anybody has noted it: it stays due when it was. */
const isOver = ({ breachedAt, dueAt }: RunningClock, at: Date) => breachedAt !== null || (dueAt !== null && dueAt < at)

function finished(calendar: ServiceCalendar, before: RunningClock, metAt: Date, now: Date): SettledClock {
  const late = before.breachedAt === null && isOver(before, metAt)
  return {
    ...before,
    metAt,
    usedMs: usedBy(calendar, before, metAt),
    runningSince: null,
    pausedSince: null,
    breachedAt: late ? now : before.breachedAt,
  }
}

function paused(calendar: ServiceCalendar, before: RunningClock, now: Date): RunningClock {
  return {
    ...before,
    usedMs: usedBy(calendar, before, now),
    runningSince: null,
    pausedSince: now,
    dueAt: isOver(before, now) ? before.dueAt : null,
  }
}

function running(calendar: ServiceCalendar, before: RunningClock, usedMs: number, from: Date): RunningClock {
  return {
    ...before,
    usedMs,
    runningSince: from,
    pausedSince: null,
    dueAt: isOver(before, from) ? before.dueAt : dueOf(calendar, before.minutes, usedMs, from),
  }
}

/** When so many minutes are over, of which some have been used. */
export const dueOf = (calendar: ServiceCalendar, minutes: number, usedMs: number, from: Date): Date | null =>
  dueAfter(calendar, from, minutes * 60_000 - usedMs)
