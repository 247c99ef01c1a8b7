import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { addStatement } from '@/domain/incident/add-statement'
import { lockIncident } from '@/domain/incident/add-update'
import { moment, statement } from '@/domain/incident/incident-inputs'
import { isAtWork } from '@/domain/incident/incident-status'
import { nothingElse, refuseTimes } from '@/domain/incident/schedule-maintenance'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import type { Incident } from '@/prisma/generated/client'

export const moveMaintenanceInput = z.object({
  incidentId: z.uuid(),
  version: z.coerce.number().int().optional(),
  /** Of one at work: as it is. */
  scheduledFor: moment,
  scheduledUntil: moment,
  bodyEn: statement,
  bodyFr: statement,
  tell: z.boolean().default(true),
})

/** Other times for a maintenance: of one to come both, of one at work its end. People are told why. */
export async function moveMaintenance(
  actor: Actor,
  input: z.input<typeof moveMaintenanceInput>,
  now = new Date(),
): Promise<void> {
  const { incidentId, version, scheduledFor, scheduledUntil, ...said } = parseInput(moveMaintenanceInput, input)
  authorizeEver(actor, 'incident.manage')
  await transaction(actor, async tx => {
    const incident = await lockIncident(tx, incidentId)
    // The button was pressed twice: it stands where it is asked to.
    if (version === incident.version - 1 && standsAt(incident, scheduledFor, scheduledUntil)) return
    if (version !== undefined && version !== incident.version)
      throw new Refusal('stale', 'incident-changed', 'Something was said of the maintenance since the form was shown.')
    const atWork = isAtWork(incident.status)
    if (incident.kind !== 'maintenance' || !(atWork || incident.status === 'scheduled'))
      throw wrongState('maintenance-over', 'Only a maintenance that is to come or at work can be moved.')
    if (atWork) {
      if (scheduledFor.getTime() !== incident.scheduledFor?.getTime())
        throw badInput('scheduledFor', 'maintenance-begun', 'The maintenance has begun: only its end can be moved.')
      if (scheduledUntil <= now) throw badInput('scheduledUntil', 'date-in-past', 'The new end is to come.')
    } else refuseTimes({ scheduledFor, scheduledUntil }, now)
    const startedAt = atWork ? incident.startedAt : scheduledFor
    await tx.incident.update({ where: { id: incidentId }, data: { scheduledFor, scheduledUntil, startedAt } })
    await recordEvent(
      tx,
      actor,
      {
        subject: `incident:${incidentId}`,
        kind: 'incident.moved',
        carrierId: null,
        data: { kind: 'maintenance', from: scheduledFor.toISOString(), until: scheduledUntil.toISOString() },
      },
      now,
    )
    const statement = { ...said, status: incident.status, components: null, ...nothingElse }
    await addStatement(tx, actor, incident, statement, { kind: 'incident.updated', now })
  })
}

const standsAt = (incident: Incident, from: Date, until: Date): boolean =>
  incident.scheduledFor?.getTime() === from.getTime() && incident.scheduledUntil?.getTime() === until.getTime()
