import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal, wrongState } from '@/domain/errors'
import { addStatement } from '@/domain/incident/add-statement'
import { filingKey, moment, oneLineReason, said, touchedComponents } from '@/domain/incident/incident-inputs'
import { belongsTo, isOpen, isOver, mayFollow } from '@/domain/incident/incident-status'
import { refuseMoments } from '@/domain/incident/refuse-moments'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import type { Incident } from '@/prisma/generated/client'

const statuses = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
] as const

export const addUpdateInput = said.extend({
  incidentId: z.uuid(),
  filingKey,
  /** The incident's version when the form was shown: refuses a statement that answers an older state of things. */
  version: z.coerce.number().int().optional(),
  status: z.enum(statuses, 'status-unknown'),
  /** Null: says nothing of components. Else all that are touched from now on. */
  components: touchedComponents.nullable().default(null),
  /** Ids of promises that this statement says are kept. */
  keeps: z.array(z.uuid('promise-unknown')).max(50, 'promise-unknown').default([]),
  /** The number of an earlier statement that this one puts right, with the reason in both languages. */
  corrects: z.coerce.number().int().positive().nullable().default(null),
  reasonEn: oneLineReason.nullable().default(null),
  reasonFr: oneLineReason.nullable().default(null),
  /** Null: said now. Else it is entered afterwards and shown as such. */
  saidAt: moment.nullable().default(null),
})
export type AddUpdateInput = z.input<typeof addUpdateInput>

/** The next statement on an incident or a maintenance; earlier ones stay as they were said. */
export async function addUpdate(
  actor: Actor,
  input: AddUpdateInput,
  now = new Date(),
): Promise<{ updateId: string; number: number }> {
  const { incidentId, filingKey: updateId, version, ...statement } = parseInput(addUpdateInput, input)
  authorizeEver(actor, 'incident.manage')
  return transaction(actor, async tx => {
    const incident = await lockIncident(tx, incidentId)
    const made = updateId && (await tx.incidentUpdate.findUnique({ where: { id: updateId, incidentId } }))
    if (made) return { updateId: made.id, number: made.number }
    if (version !== undefined && version !== incident.version)
      throw new Refusal('stale', 'incident-changed', 'Something was said of the incident since the form was shown.')
    await refuseUpdate(tx, incident, statement, now)
    return addStatement(tx, actor, incident, { ...statement, updateId }, { kind: 'incident.updated', now })
  })
}

type Update = Omit<z.output<typeof addUpdateInput>, 'incidentId' | 'version' | 'filingKey'>

/** Refuses what cannot be said of the incident now, each at its field. */
export async function refuseUpdate(tx: Tx, incident: Incident, update: Update, now: Date): Promise<void> {
  const { id: incidentId, kind, status: before, startedAt } = incident
  const { status, saidAt, keeps } = update
  if (before === 'draft') throw wrongState('incident-draft', 'The incident is not public yet: open it first.')
  const newest = await tx.incidentUpdate.findFirst({ where: { incidentId }, orderBy: { publishedAt: 'desc' } })
  const isNewest = saidAt === null || newest === null || newest.publishedAt <= saidAt
  if (isNewest ? !mayFollow(before, status) : !belongsTo(kind, status))
    throw badInput('status', 'status-cannot-follow', `An incident that is ${before} cannot become ${status}.`)
  // What is entered afterwards promises nothing, unless the incident opens anew with it.
  const promises = isOpen(status) && (saidAt === null || (isNewest && !isOpen(before)))
  const began = kind === 'maintenance' ? incident.createdAt : startedAt
  refuseMoments(update, { now, open: promises, over: isOver(status), startedAt: began })
  if (saidAt !== null && keeps.length > 0)
    throw badInput('keeps', 'keeps-afterwards', 'What is entered afterwards keeps no promise.')
  await refuseCorrection(tx, incidentId, update)
}

/** Two who speak of one incident at the same moment take turns, so that numbers and promises follow each other. */
export async function lockIncident(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT FROM incidents WHERE id = ${id}::uuid FOR UPDATE`
  const incident = await tx.incident.findUnique({ where: { id } })
  if (!incident) throw notFound('incident')
  return incident
}

interface Correction {
  corrects: number | null
  reasonEn: string | null
  reasonFr: string | null
}

async function refuseCorrection(
  tx: Tx,
  incidentId: string,
  { corrects, reasonEn, reasonFr }: Correction,
): Promise<void> {
  if (corrects === null) return
  const corrected = await tx.incidentUpdate.findUnique({
    where: { incidentId_number: { incidentId, number: corrects } },
  })
  if (!corrected) throw badInput('corrects', 'statement-unknown', `The incident has no statement ${corrects}.`)
  if (reasonEn === null) throw badInput('reasonEn', 'reason-missing', 'A correction says why, in English.')
  if (reasonFr === null) throw badInput('reasonFr', 'reason-missing', 'A correction says why, in French.')
}
