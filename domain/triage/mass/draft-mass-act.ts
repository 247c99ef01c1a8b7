import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { personOf } from '@/domain/decision/move-decision'
import { badInput, notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize, may } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { type Tx, transaction } from '@/domain/transaction'
import { isLinkable, refuseUnlinkable } from '@/domain/triage/link-ticket'
import { macroText } from '@/domain/triage/macro-inputs'
import { inverseOf, type MassWhat, massWhat, speaks, storedWhat, verbOf } from '@/domain/triage/mass/mass-what'
import { readFilter } from '@/domain/triage/queue-filter'
import { normalTag } from '@/domain/triage/tag'
import { formKey } from '@/domain/triage/ticket-inputs'
import { walkOf } from '@/domain/triage/walk-queue'
import type { MassAct } from '@/prisma/generated/client'

const whose = z.union([
  /** Of an incident, or of one wave of it. */
  z.strictObject({ incidentId: z.uuid('incident-missing'), waveCategory: z.enum(categories).nullable() }),
  /** Of a filter of the queue. */
  z.strictObject({ filter: z.record(z.string(), z.unknown()) }),
])
const texts = z.strictObject({ textEn: macroText, textFr: macroText })

const replyInput = z.object({ whose, ...texts.shape, askingKey: formKey })
const actInput = z.object({
  whose,
  what: massWhat,
  /** Said to each, where the act says something; null: nothing is. */
  said: texts.nullable().default(null),
  askingKey: formKey,
})
const undoInput = z.object({ massActId: z.uuid(), askingKey: formKey })

/** Writes what is to be said to many, to be looked at before it is begun. The same key answers the draft that there is. */
export async function draftReply(
  actor: Actor,
  input: z.input<typeof replyInput>,
  now = new Date(),
): Promise<{ massActId: string }> {
  const { whose, askingKey, ...said } = parseInput(replyInput, input)
  return draft(actor, { whose, what: { act: 'reply' }, said, askingKey }, now)
}

/** Says what is to be done to many, to be looked at before it is begun. */
export async function draftAct(
  actor: Actor,
  input: z.input<typeof actInput>,
  now = new Date(),
): Promise<{ massActId: string }> {
  return draft(actor, parseInput(actInput, input), now)
}

async function draft(actor: Actor, asked: z.output<typeof actInput>, now: Date): Promise<{ massActId: string }> {
  const { askingKey, said, what } = asked
  const own = 'carrierId' in actor ? actor.carrierId : null
  const filter = 'filter' in asked.whose ? readFilter(asked.whose.filter) : null
  const carrierId = filter?.carrier ?? own
  authorize(actor, verbOf(what.act), { carrierId, subscriberId: null }, 'act on many')
  const askedBy = personOf(actor)
  if (what.act === 'unlink' || what.act === 'reopen' || (said !== null && !speaks(what.act)))
    throw badInput('act', 'act-unknown', 'This is nothing that is begun so.')
  if (what.act === 'decline' && what.reason === 'other' && what.note === '')
    throw badInput('note', 'note-missing', 'Say why, for the subscribers to read.')
  const incident = 'filter' in asked.whose ? null : asked.whose
  // A filter that names a colleague is about the same people whoever reads it later.
  if (filter !== null) await walkOf(actor, filter, now)
  const row = {
    ...{ carrierId, kind: what.act, what: normal(what), askedBy, askingKey, draftedAt: now },
    ...(filter === null ? {} : { filter: forEver(filter, askedBy) }),
    ...(incident ?? {}),
    ...(said ?? {}),
  }
  return transaction(actor, async tx => {
    if (incident !== null && !(await isLinkable(tx, { ...incident, carrierId }))) throw notFound('incident')
    if (what.act === 'link') await refuseUnlinkable(tx, { ...what, carrierId })
    return keep(tx, row)
  })
}

function normal(what: MassWhat): MassWhat {
  if (what.act !== 'tag' && what.act !== 'untag') return what
  const tag = normalTag(what.tag)
  if (tag === null) throw badInput('tag', 'tag-form', 'A tag is letters, digits and hyphens.')
  return { ...what, tag }
}

const forEver = <Filter extends { assignee?: string | undefined }>(filter: Filter, staffId: string): Filter =>
  filter.assignee === 'me' ? { ...filter, assignee: staffId } : filter

/** Says that what an act has done is to be taken back, where that can be: each by the rules of a single one. */
export async function draftUndo(
  actor: Actor,
  input: z.input<typeof undoInput>,
  now = new Date(),
): Promise<{ massActId: string }> {
  const { massActId: undoes, askingKey } = parseInput(undoInput, input)
  return transaction(actor, async tx => {
    const act = await tx.massAct.findUnique({ where: { id: undoes } })
    authorize(actor, 'mass.act', { carrierId: act?.carrierId ?? null, subscriberId: null }, 'act on many')
    if (!act) throw notFound('act on many')
    const what = inverseOf(storedWhat(act.what))
    if (!isUndoable(act, actor) || what === null)
      throw badInput('act', 'cannot-undo', 'What this act has done is not taken back so.')
    const { carrierId } = act
    return keep(tx, { carrierId, kind: what.act, what, undoes, askedBy: personOf(actor), askingKey, draftedAt: now })
  })
}

/** Whether the actor may have what it did taken back. */
export const isUndoable = ({ status, what, carrierId, undoes }: MassAct, actor: Actor): boolean =>
  (status === 'done' || status === 'stopped') &&
  undoes === null &&
  inverseOf(storedWhat(what)) !== null &&
  may(actor, 'mass.act', { carrierId, subscriberId: null })

async function keep(
  tx: Tx,
  row: Parameters<Tx['massAct']['create']>[0]['data'] & { askedBy: string; askingKey: string },
): Promise<{ massActId: string }> {
  const { askedBy, askingKey } = row
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`mass:${askedBy}`}, 7))) AS taken`
  const before = await tx.massAct.findUnique({ where: { askedBy_askingKey: { askedBy, askingKey } } })
  return { massActId: before?.id ?? (await tx.massAct.create({ data: row })).id }
}
