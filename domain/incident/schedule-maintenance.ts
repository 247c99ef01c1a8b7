import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { addStatement } from '@/domain/incident/add-statement'
import { filingKey, moment, statement, title, touchedComponents } from '@/domain/incident/incident-inputs'
import { freeSlug } from '@/domain/incident/incident-slug'
import { alreadyMade } from '@/domain/incident/open-incident'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

export const scheduleMaintenanceInput = z.object({
  filingKey,
  titleEn: title,
  titleFr: title,
  bodyEn: statement,
  bodyFr: statement,
  scheduledFor: moment,
  scheduledUntil: moment,
  /** It lasts until somebody says that it is over; past its end it overruns, and that is said. */
  endsByHand: z.boolean().default(false),
  carrierIds: z.array(z.uuid('carrier-unknown')).max(1_000, 'too-many-carriers').default([]),
  components: touchedComponents.default([]),
  tell: z.boolean().default(true),
})

/** Announces work to come; it begins and ends by itself, and each step is said. Answers its id and permalink. */
export async function scheduleMaintenance(
  actor: Actor,
  input: z.input<typeof scheduleMaintenanceInput>,
  now = new Date(),
): Promise<{ id: string; slug: string }> {
  const {
    filingKey: id,
    carrierIds,
    components,
    bodyEn,
    bodyFr,
    tell,
    ...data
  } = parseInput(scheduleMaintenanceInput, input)
  authorizeEver(actor, 'incident.manage')
  refuseTimes(data, now)
  return transaction(actor, async tx => {
    const made = id && (await alreadyMade(tx, id))
    if (made) return made
    const known = await tx.carrier.count({ where: { id: { in: carrierIds } } })
    if (known !== new Set(carrierIds).size) throw badInput('carrierIds', 'carrier-unknown', 'A carrier does not exist.')
    const incident = await tx.incident.create({
      data: {
        ...data,
        ...(id ? { id } : {}),
        kind: 'maintenance',
        status: 'scheduled',
        startedAt: data.scheduledFor,
        slug: await freeSlug(tx, data.titleEn, data.scheduledFor),
        createdAt: now,
        updatedAt: now,
        carriers: { create: carrierIds.map(carrierId => ({ carrierId })) },
      },
    })
    const said = { bodyEn, bodyFr, tell, components, status: 'scheduled' as const, ...nothingElse }
    await addStatement(tx, actor, incident, said, { kind: 'incident.opened', now })
    return { id: incident.id, slug: incident.slug }
  })
}

/** What a statement of the portal itself, or on a maintenance, leaves out. */
export const nothingElse = {
  nextUpdateBy: null,
  promises: [],
  keeps: [],
  corrects: null,
  reasonEn: null,
  reasonFr: null,
  saidAt: null,
}

export function refuseTimes({ scheduledFor, scheduledUntil }: { scheduledFor: Date; scheduledUntil: Date }, now: Date) {
  if (scheduledFor <= now)
    throw badInput('scheduledFor', 'date-in-past', 'A maintenance is announced before it begins.')
  if (scheduledUntil <= scheduledFor)
    throw badInput('scheduledUntil', 'end-before-start', 'A maintenance ends after it begins.')
}
