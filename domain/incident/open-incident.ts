import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { addStatement } from '@/domain/incident/add-statement'
import { componentStatuses, filingKey, moment, said, title, touchedComponents } from '@/domain/incident/incident-inputs'
import { freeSlug } from '@/domain/incident/incident-slug'
import { isOpen, isOver } from '@/domain/incident/incident-status'
import { refuseMoments } from '@/domain/incident/refuse-moments'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { type Tx, transaction } from '@/domain/transaction'

export const openIncidentInput = said.extend({
  /** A draft that intake made of an incident nobody had heard of; null for a new one. */
  incidentId: z.uuid().nullable().default(null),
  filingKey,
  titleEn: title,
  titleFr: title,
  status: z.enum(['investigating', 'identified', 'monitoring', 'resolved'], 'status-unknown').default('investigating'),
  startedAt: moment,
  /** Null: said now. Else it is entered afterwards and shown as such. */
  saidAt: moment.nullable().default(null),
  carrierIds: z.array(z.uuid('carrier-unknown')).max(1_000, 'too-many-carriers').default([]),
  components: touchedComponents.default([]),
})
export type OpenIncidentInput = z.input<typeof openIncidentInput>
export { componentStatuses }

/** Makes an incident public with its first statement. Answers its id and permalink. */
export async function openIncident(
  actor: Actor,
  input: OpenIncidentInput,
  now = new Date(),
): Promise<{ id: string; slug: string }> {
  const read = parseInput(openIncidentInput, input)
  authorizeEver(actor, 'incident.manage')
  refuseOpening(read, now)
  const { incidentId, filingKey: id, titleEn, titleFr, startedAt, carrierIds, ...statement } = read
  return transaction(actor, async tx => {
    const known = id && (await alreadyMade(tx, id))
    if (known) return known
    const data = { titleEn, titleFr, startedAt, updatedAt: now, ...(id && incidentId === null ? { id } : {}) }
    const incident = incidentId === null ? await create(tx, data, now) : await complete(tx, incidentId, data, now)
    await nameCarriers(tx, incident.id, carrierIds)
    await tx.wave.createMany({
      data: categories.map(category => ({ incidentId: incident.id, category, updatedAt: now })),
      skipDuplicates: true,
    })
    await addStatement(
      tx,
      actor,
      incident,
      { ...statement, keeps: [], corrects: null, reasonEn: null, reasonFr: null },
      { kind: 'incident.opened', now },
    )
    return { id: incident.id, slug: incident.slug }
  })
}

/** What the same form has made before; of two that are sent at once, the second waits for the first. */
export async function alreadyMade(tx: Tx, id: string): Promise<{ id: string; slug: string } | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 8))`
  return tx.incident.findUnique({ where: { id }, select: { id: true, slug: true } })
}

/** Refuses times that cannot be, each at its field. */
export function refuseOpening(opening: z.output<typeof openIncidentInput>, now: Date): void {
  const { startedAt, status } = opening
  if (startedAt > now) throw badInput('startedAt', 'date-in-future', 'An incident begins before it is told of.')
  refuseMoments(opening, { now, open: isOpen(status), over: isOver(status), startedAt })
}

const create = async (tx: Tx, data: { id?: string; titleEn: string; titleFr: string; startedAt: Date }, now: Date) =>
  tx.incident.create({
    data: { ...data, slug: await freeSlug(tx, data.titleEn, data.startedAt), createdAt: now },
    select: { id: true, slug: true, kind: true, status: true },
  })

/** Two who complete the same draft: the second finds that it is none any more. */
async function complete(tx: Tx, id: string, data: { titleEn: string; titleFr: string; startedAt: Date }, now: Date) {
  await tx.$queryRaw`SELECT FROM incidents WHERE id = ${id}::uuid FOR UPDATE`
  const draft = await tx.incident.findUnique({
    where: { id },
    select: { id: true, slug: true, kind: true, status: true },
  })
  if (!draft) throw notFound('incident')
  if (draft.status !== 'draft') throw wrongState('incident-not-draft', 'The incident is public already.')
  // For everybody it is there from now on, however long the draft lay.
  await tx.incident.update({ where: { id }, data: { ...data, createdAt: now } })
  return draft
}

async function nameCarriers(tx: Tx, incidentId: string, carrierIds: string[]): Promise<void> {
  const known = await tx.carrier.count({ where: { id: { in: carrierIds } } })
  if (known !== new Set(carrierIds).size)
    throw badInput('carrierIds', 'carrier-unknown', 'A carrier that the incident names does not exist.')
  await tx.incidentCarrier.createMany({
    data: carrierIds.map(carrierId => ({ incidentId, carrierId })),
    skipDuplicates: true,
  })
}
