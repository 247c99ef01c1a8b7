import { z } from 'zod'
import { badInput } from '@/domain/errors'
import { readCoded } from '@/domain/notification/read-coded'
import { dueAfter, type ServiceCalendar } from '@/domain/triage/service-clock'
import { priorities, serviceClocks } from '@/domain/triage/service-defaults'
import { overlapIn, parseDays, parseExtraDays, parseShifts, parseTarget } from '@/domain/triage/service-text'
import { isZone } from '@/domain/triage/zone-offset'
import type { ServiceClock, TicketPriority } from '@/prisma/generated/enums'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Targets = Record<TicketPriority, Record<ServiceClock, number>>
export type TargetField = `${TicketPriority}-${ServiceClock}`

export const targetFields = priorities.flatMap(priority =>
  serviceClocks.map(clock => ({ priority, clock, field: `${priority}-${clock}` as const satisfies TargetField })),
)

/** Texts as a form has them: domain/triage/service-text.ts says their forms. */
export const serviceInput = z.object({
  carrierId: z.uuid({ error: 'no-such-carrier' }),
  /** What was shown: 0 where the carrier had said nothing. */
  calendarVersion: z.coerce.number({ error: 'bad-input' }).int().min(0),
  targetVersion: z.coerce.number({ error: 'bad-input' }).int().min(0),
  zone: z.string({ error: 'zone-unknown' }).trim().max(100, { error: 'zone-unknown' }),
  ...(Object.fromEntries(weekdays.map(day => [day, shortText('shift-form')])) as Record<
    (typeof weekdays)[number],
    ReturnType<typeof shortText>
  >),
  holidays: longText(),
  extraDays: longText(),
  ...(Object.fromEntries(targetFields.map(({ field }) => [field, shortText('target-form')])) as Record<
    TargetField,
    ReturnType<typeof shortText>
  >),
})
export type ServiceInput = z.input<typeof serviceInput>

function shortText(code: string) {
  return z.string({ error: code }).max(500, { error: code }).default('')
}
function longText() {
  return z.string({ error: 'day-form' }).max(10_000, { error: 'days-many' }).default('')
}

export interface ServiceWish {
  carrierId: string
  calendarVersion: number
  targetVersion: number
  calendar: ServiceCalendar
  targets: Targets
}

const mostDays = 400
/** 90 days around the clock. */
const longestMinutes = 90 * 1440
const yearMs = 366 * 86_400_000

/** What a form says, as the clock takes it. Refuses what cannot be, naming the field. */
export function readServiceInput(input: unknown, now: Date): ServiceWish {
  const asked = readCoded(serviceInput, input)
  if (!isZone(asked.zone)) throw badInput('zone', 'zone-unknown', 'There is no such time zone.')
  const week = weekdays.flatMap((name, at) =>
    read(name, parseShifts(asked[name])).map(shift => ({ weekday: at + 1, ...shift })),
  )
  const overlap = overlapIn(week)
  if (overlap !== null) throw badInput(weekdays[overlap - 1]!, 'shifts-overlap', 'Two shifts overlap.')
  const holidays = read('holidays', parseDays(asked.holidays))
  const extraDays = read('extraDays', parseExtraDays(asked.extraDays))
  if (holidays.length > mostDays) throw badInput('holidays', 'days-many', 'These are too many days.')
  if (extraDays.length > mostDays) throw badInput('extraDays', 'days-many', 'These are too many days.')
  if (week.length === 0) throw badInput('monday', 'never-open', 'There is no shift in the week.')
  const calendar = { zone: asked.zone, week, holidays, extraDays }
  const targets = targetsOf(asked, calendar, now)
  return { ...asked, calendar, targets }
}

function targetsOf(asked: z.output<typeof serviceInput>, calendar: ServiceCalendar, now: Date): Targets {
  const targets: Partial<Record<TicketPriority, Partial<Record<ServiceClock, number>>>> = {}
  for (const { priority, clock, field } of targetFields) {
    const minutes = read(field, parseTarget(asked[field]))
    if (minutes === 0) throw badInput(field, 'target-none', 'A target of no time is none.')
    const dueAt = minutes > longestMinutes ? null : dueAfter(calendar, now, minutes * 60_000)
    if (dueAt === null || dueAt.getTime() - now.getTime() > yearMs)
      throw badInput(field, 'target-far', 'By these working hours it takes longer than a year.')
    targets[priority] = { ...targets[priority], [clock]: minutes }
  }
  return targets as Targets
}

function read<T>(field: string, parsed: T | string): T {
  if (typeof parsed === 'string') throw badInput(field, parsed, 'What was entered cannot be read.')
  return parsed
}
