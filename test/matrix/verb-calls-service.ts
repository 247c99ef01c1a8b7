import { transaction } from '@/domain/transaction'
import { markBreaches } from '@/domain/triage/mark-breaches'
import { listServiceCarriers, readService } from '@/domain/triage/read-service'
import { saveService } from '@/domain/triage/save-service'
import { defaultCalendar, defaultTargets } from '@/domain/triage/service-defaults'
import { targetFields, weekdays } from '@/domain/triage/service-inputs'
import { shiftsText, targetText } from '@/domain/triage/service-text'
import type { Calls } from '@/test/matrix/verb-entry'
import type { House } from '@/test/matrix/verb-world'

/** The form of a carrier that has said nothing. */
export const serviceTexts: Record<string, string> = {
  ...{ zone: defaultCalendar.zone, holidays: '', extraDays: '' },
  ...Object.fromEntries(
    weekdays.map((name, at) => [name, shiftsText(defaultCalendar.week.filter(one => one.weekday === at + 1))]),
  ),
  ...Object.fromEntries(
    targetFields.map(({ priority, clock, field }) => [field, targetText(defaultTargets[priority][clock])]),
  ),
}

async function nothingSaid(_world: unknown, house: House): Promise<House> {
  const { carrierId } = house
  await transaction('every-carrier', async tx => {
    await tx.serviceTarget.deleteMany({ where: { carrierId } })
    await tx.serviceCalendar.deleteMany({ where: { carrierId } })
  })
  return house
}

export const serviceCalls: Calls = {
  'triage/read-service.ts listServiceCarriers': {
    verb: 'service.read',
    about: 'carrier list',
    tells: false,
    call: (_, actor) => listServiceCarriers(actor),
  },
  'triage/read-service.ts readService': {
    verb: 'service.read',
    about: 'carrier',
    call: (_, actor, { carrierId }) => readService(actor, carrierId),
  },
  'triage/save-service.ts saveService': {
    verb: 'service.manage',
    about: 'carrier',
    changes: true,
    prepare: nothingSaid,
    call: (_, actor, { carrierId }) => {
      const own = { carrierId, calendarVersion: 0, targetVersion: 0, zone: 'Europe/Paris', 'urgent-decision': '2:00' }
      return saveService(actor, { ...serviceTexts, ...own })
    },
  },
  'triage/mark-breaches.ts markBreaches': {
    verb: 'service.watch',
    about: 'all',
    call: (_, actor) => markBreaches(actor, new Date(0)),
  },
}
