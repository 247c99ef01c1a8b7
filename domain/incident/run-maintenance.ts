import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { addStatement } from '@/domain/incident/add-statement'
import { lockIncident } from '@/domain/incident/add-update'
import { nothingElse } from '@/domain/incident/schedule-maintenance'
import { authorizeEver } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import type { Incident } from '@/prisma/generated/client'

/** What the portal says by itself of a maintenance, in both languages. */
export interface MaintenanceWords {
  begun: { en: string; fr: string }
  ended: { en: string; fr: string }
  overruns: { en: string; fr: string }
}

/**
 * Takes the step of a maintenance that is due: begin, end, or say that it overruns. Answers when to look again, null
 * once it is over. A step is taken once, however often this is called.
 */
export async function runMaintenance(
  actor: Actor,
  incidentId: string,
  words: MaintenanceWords,
  now = new Date(),
): Promise<Date | null> {
  authorizeEver(actor, 'incident.manage')
  return transaction(actor, async tx => {
    const incident = await lockIncident(tx, incidentId)
    const { scheduledFor, scheduledUntil, status } = incident
    if (incident.kind !== 'maintenance' || !scheduledFor || !scheduledUntil || status === 'completed') return null
    if (status === 'scheduled') {
      if (scheduledFor > now) return scheduledFor
      await say(tx, actor, incident, { status: 'in_progress', words: words.begun }, now)
      return scheduledUntil
    }
    if (scheduledUntil > now) return scheduledUntil
    if (!incident.endsByHand) {
      await say(tx, actor, incident, { status: 'completed', words: words.ended }, now)
      return null
    }
    await sayOverrun(tx, actor, incident, words, now)
    return null
  })
}

async function say(
  tx: Tx,
  actor: Actor,
  incident: Incident,
  { status, words }: { status: Incident['status']; words: { en: string; fr: string } },
  now: Date,
): Promise<void> {
  const statement = { ...nothingElse, status, bodyEn: words.en, bodyFr: words.fr, tell: true, components: null }
  await addStatement(tx, actor, incident, statement, { kind: 'incident.updated', now })
}

/** Said once for each end that was announced. */
async function sayOverrun(tx: Tx, actor: Actor, incident: Incident, words: MaintenanceWords, now: Date): Promise<void> {
  const { id, scheduledUntil, status } = incident
  const until = scheduledUntil?.toISOString() ?? ''
  const said = await tx.event.findMany({ where: { subject: `incident:${id}`, kind: 'incident.overran' } })
  if (said.some(event => JSON.parse(event.data).until === until)) return
  await recordEvent(
    tx,
    actor,
    { subject: `incident:${id}`, kind: 'incident.overran', carrierId: null, data: { until } },
    now,
  )
  await say(tx, actor, incident, { status, words: words.overruns }, now)
}
