import { system } from '@/domain/actor'
import { reader } from '@/domain/transaction'
import { saveService } from '@/domain/triage/save-service'
import { defaultTargets } from '@/domain/triage/service-defaults'
import { targetFields, weekdays } from '@/domain/triage/service-inputs'
import { targetText } from '@/domain/triage/service-text'

const everyDay = (week: string, saturday: string, sunday = '') =>
  weekdays.map(day => [day, day === 'saturday' ? saturday : day === 'sunday' ? sunday : week] as const)

const holidays = ['2026-12-25', '2027-01-01', '2027-07-01'].join('\n')
const carriers = {
  harbor: { zone: 'America/Los_Angeles', days: everyDay('06:00-22:00', '08:00-18:00', '08:00-18:00'), extraDays: '' },
  boreal: {
    zone: 'America/Toronto',
    days: everyDay('08:00-12:00, 13:00-20:00', '09:00-13:00'),
    extraDays: '2026-12-24 08:00-12:00',
  },
} as const

/** Two carriers that do not work at the same hours, with the same targets. */
export async function tellService(): Promise<void> {
  for (const [slug, { zone, days, extraDays }] of Object.entries(carriers)) {
    const { id: carrierId } = await reader('every-carrier').carrier.findUniqueOrThrow({ where: { slug } })
    const targets = targetFields.map(
      ({ priority, clock, field }) => [field, targetText(defaultTargets[priority][clock])] as const,
    )
    await saveService(system('demonstration'), {
      ...Object.fromEntries([...days, ...targets]),
      ...{ carrierId, calendarVersion: 0, targetVersion: 0, zone, holidays, extraDays },
    })
  }
}
