import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '@/domain/actor'
import { notFound, Refusal } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { authorize } from '@/domain/policy'
import { isUniqueViolation, type Tx, transaction } from '@/domain/transaction'
import { priorities, serviceClocks } from '@/domain/triage/service-defaults'
import { readServiceInput, type ServiceInput, type ServiceWish } from '@/domain/triage/service-inputs'
import { serviceOf } from '@/domain/triage/service-plan'

/**
 * Makes the next version of a carrier's calendar and of its targets, of whichever has changed. It holds for tickets from then
 * on: what was promised stays promised. Refused as stale where somebody else has saved since it was shown.
 */
export async function saveService(actor: Actor, input: ServiceInput, now = new Date()): Promise<void> {
  const wish = readServiceInput(input, now)
  try {
    await transaction(actor, tx => saveStep(tx, actor, wish, now))
  } catch (error) {
    if (isUniqueViolation(error)) throw changed()
    throw error
  }
}

async function saveStep(tx: Tx, actor: Actor, wish: ServiceWish, now: Date): Promise<void> {
  const carrier = await tx.carrier.findUnique({ where: { id: wish.carrierId } })
  authorize(actor, 'service.manage', { carrierId: carrier?.id ?? null, subscriberId: null }, 'carrier')
  if (!carrier) throw notFound('carrier')
  const carrierId = carrier.id
  const before = await serviceOf(tx, carrierId)
  if (before.calendarVersion !== wish.calendarVersion || before.targetVersion !== wish.targetVersion) throw changed()
  const by = { madeBy: 'staffId' in actor ? actor.staffId : null, madeAt: now }
  const newCalendar = !isDeepStrictEqual(before.calendar, wish.calendar)
  const newTargets = !isDeepStrictEqual(before.targets, wish.targets)
  const [calendarVersion, targetVersion] = [
    before.calendarVersion + Number(newCalendar),
    before.targetVersion + Number(newTargets),
  ]
  if (newCalendar) {
    const { zone, week, holidays, extraDays } = wish.calendar
    const data = { carrierId, version: calendarVersion, zone, holidays: [...holidays], ...by }
    const json = {
      week: week.map(({ weekday, from, to }) => ({ weekday, from, to })),
      extraDays: extraDays.map(({ day, shifts }) => ({ day, shifts: shifts.map(({ from, to }) => ({ from, to })) })),
    }
    await tx.serviceCalendar.create({ data: { ...data, ...json } })
  }
  if (newTargets)
    await tx.serviceTarget.createMany({
      data: priorities.flatMap(priority =>
        serviceClocks.map(clock => ({
          ...{ carrierId, version: targetVersion, priority, clock, minutes: wish.targets[priority][clock] },
          ...by,
        })),
      ),
    })
  if (!newCalendar && !newTargets) return
  const data = { calendarVersion, targetVersion }
  await recordEvent(tx, actor, { subject: `carrier:${carrierId}`, kind: 'service.saved', carrierId, data }, now)
}

const changed = () => new Refusal('stale', 'changed-meanwhile', 'Somebody else has saved since this was shown.')
