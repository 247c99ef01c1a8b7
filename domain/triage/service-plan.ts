import { z } from 'zod'
import type { Tx } from '@/domain/transaction'
import type { ServiceCalendar } from '@/domain/triage/service-clock'
import { defaultCalendar, defaultTargets } from '@/domain/triage/service-defaults'
import type { ServiceCalendar as CalendarRow } from '@/prisma/generated/client'
import type { ServiceClock, TicketPriority } from '@/prisma/generated/enums'

/** What a carrier's tickets are promised at this moment. */
export interface ServicePlan {
  /** Null: the default one. */
  calendarId: string | null
  /** Null: the default ones. */
  targetVersion: number | null
  minutes: Record<ServiceClock, number>
}

/** The newest versions, for one priority. */
export async function planFor(tx: Tx, carrierId: string, priority: TicketPriority): Promise<ServicePlan> {
  const [row] = await tx.$queryRaw<{ calendar_id: string | null; target_version: number | null }[]>`
    SELECT (SELECT id FROM service_calendars WHERE carrier_id = ${carrierId}::uuid ORDER BY version DESC LIMIT 1) AS calendar_id,
      (SELECT max(version) FROM service_targets WHERE carrier_id = ${carrierId}::uuid) AS target_version`
  const { calendar_id: calendarId = null, target_version: targetVersion = null } = row ?? {}
  if (targetVersion === null) return { calendarId, targetVersion, minutes: defaultTargets[priority] }
  const targets = await tx.serviceTarget.findMany({ where: { carrierId, version: targetVersion, priority } })
  const minutes = { ...defaultTargets[priority] }
  for (const one of targets) minutes[one.clock] = one.minutes
  return { calendarId, targetVersion, minutes }
}

/** What a carrier has said last, or the defaults; a version of 0: nothing. */
export async function serviceOf(tx: Tx, carrierId: string) {
  const newest = { where: { carrierId }, orderBy: { version: 'desc' } } as const
  const [row, last] = await Promise.all([tx.serviceCalendar.findFirst(newest), tx.serviceTarget.findFirst(newest)])
  const rows = await tx.serviceTarget.findMany({ where: { carrierId, version: last?.version ?? 0 } })
  const targets = structuredClone(defaultTargets)
  for (const { priority, clock, minutes } of rows) targets[priority][clock] = minutes
  return {
    calendarVersion: row?.version ?? 0,
    targetVersion: last?.version ?? 0,
    savedAt: [row?.madeAt, last?.madeAt].filter(at => at !== undefined).sort((a, b) => +b - +a)[0] ?? null,
    calendar: row === null ? defaultCalendar : calendarOfRow(row),
    targets,
  }
}

const shift = { from: z.number(), to: z.number() }
const storedWeek = z.array(z.object({ weekday: z.number(), ...shift }))
const storedDays = z.array(z.object({ day: z.string(), shifts: z.array(z.object(shift)) }))

export const calendarOfRow = ({ zone, week, holidays, extraDays }: CalendarRow): ServiceCalendar => ({
  zone,
  week: storedWeek.parse(week),
  holidays,
  extraDays: storedDays.parse(extraDays),
})

// Rows of calendars never change. Whose a calendar is was decided where its id was read.
const known = new Map<string, ServiceCalendar>()
const mostKnown = 1_000

/** The calendar that a clock goes by. */
export async function calendarById(tx: Tx, id: string | null): Promise<ServiceCalendar> {
  if (id === null) return defaultCalendar
  const before = known.get(id)
  if (before !== undefined) return before
  const calendar = calendarOfRow(await tx.serviceCalendar.findUniqueOrThrow({ where: { id } }))
  if (known.size >= mostKnown) known.clear()
  known.set(id, calendar)
  return calendar
}
