import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { addStatement } from '@/domain/incident/add-statement'
import { lockIncident } from '@/domain/incident/add-update'
import { statement } from '@/domain/incident/incident-inputs'
import { nothingElse } from '@/domain/incident/schedule-maintenance'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

export const publishPostmortemInput = z.object({
  incidentId: z.uuid(),
  bodyEn: statement,
  bodyFr: statement,
  /** The statement on the timeline that says it is there. */
  saidEn: statement,
  saidFr: statement,
  tell: z.boolean().default(true),
  /** The version that the form showed, 0 where there was none: refuses a text that knows nothing of a newer one. */
  after: z.coerce.number().int().optional(),
})

/** What was learnt from an incident that is over, on a page of its own; a later version stands beside the earlier. */
export async function publishPostmortem(
  actor: Actor,
  input: z.input<typeof publishPostmortemInput>,
  now = new Date(),
): Promise<{ version: number }> {
  const { incidentId, bodyEn, bodyFr, saidEn, saidFr, tell, after } = parseInput(publishPostmortemInput, input)
  authorizeEver(actor, 'incident.manage')
  return transaction(actor, async tx => {
    const incident = await lockIncident(tx, incidentId)
    if (incident.status !== 'resolved' && incident.status !== 'postmortem')
      throw wrongState('incident-not-over', 'Looking back comes after an incident is resolved.')
    const last = await tx.postmortemVersion.findFirst({ where: { incidentId }, orderBy: { version: 'desc' } })
    // The button was pressed twice: a version is worth its page only where it says something else.
    if (last?.bodyEn === bodyEn && last.bodyFr === bodyFr) return { version: last.version }
    if (after !== undefined && after !== (last?.version ?? 0))
      throw new Refusal('stale', 'postmortem-changed', 'A version was published since the form was shown.')
    const version = (last?.version ?? 0) + 1
    const authorId = 'staffId' in actor ? actor.staffId : null
    await tx.postmortemVersion.create({ data: { incidentId, version, bodyEn, bodyFr, publishedAt: now, authorId } })
    const said = { ...nothingElse, status: 'postmortem' as const, bodyEn: saidEn, bodyFr: saidFr, components: null }
    await addStatement(tx, actor, incident, { ...said, tell: false }, { kind: 'incident.updated', now })
    const data = { version, tell }
    await recordEvent(
      tx,
      actor,
      { subject: `incident:${incidentId}`, kind: 'postmortem.published', carrierId: null, data },
      now,
    )
    return { version }
  })
}
