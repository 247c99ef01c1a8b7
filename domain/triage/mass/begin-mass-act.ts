import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { decisionMs } from '@/domain/decision/decision-status'
import { personOf } from '@/domain/decision/move-decision'
import { badInput, notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { setOf } from '@/domain/triage/mass/mass-set'
import { verbOf } from '@/domain/triage/mass/mass-what'
import { takesTwo } from '@/domain/triage/mass/takes-two'
import type { MassAct } from '@/prisma/generated/client'

const beginInput = z.object({
  massActId: z.uuid(),
  /** The number that was shown: it is done to no more than that. */
  shown: z.int().min(0),
  /** The moment at which it was counted: what came in after it was seen by nobody. Left out: now. */
  until: z.date().optional(),
  /** Needed where another person has to agree. */
  reason: z.string().trim().max(500, 'why-long').default(''),
})

/**
 * Begins an act on many, or asks another person whether to, where they are more than one may alone. Which tickets they are
 * stands fixed from here: what came in since they were shown is not reached, nor what is linked or tagged later. Sent twice, it is begun once.
 */
export async function beginMassAct(
  actor: Actor,
  input: z.input<typeof beginInput>,
  now = new Date(),
): Promise<{ decisionId: string | null }> {
  const { massActId: id, shown, until = now, reason } = parseInput(beginInput, input)
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM mass_acts WHERE id = ${id}::uuid FOR UPDATE`
    const act = await tx.massAct.findUnique({ where: { id }, include: { decision: { select: { id: true } } } })
    const verb = verbOf(act?.kind ?? 'reply')
    authorize(actor, verb, { carrierId: act?.carrierId ?? null, subscriberId: null }, 'act on many')
    if (!act) throw notFound('act on many')
    const askedBy = personOf(actor)
    requireFreshProof(actor, now)
    if (act.status !== 'draft') {
      if (act.askedBy === askedBy) return { decisionId: act.decision?.id ?? null }
      throw wrongState('mass-begun', 'A colleague has begun this already.')
    }
    // Two of one person take turns, so that each counts the other's.
    await tx.$queryRaw`
      SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`mass-begun:${askedBy}`}, 7))) AS taken`
    await refuseUndone(tx, act)
    const counted = await fixSet(tx, actor, act, until, now)
    if (counted === 0) throw wrongState('mass-empty', 'There is no ticket that this can be done to.')
    if (counted > shown) throw new Refusal('stale', 'mass-more', 'There are more than were shown.')
    const two = await takesTwo(tx, { kind: act.kind, askedBy }, counted, now)
    if (two && reason === '') throw badInput('reason', 'reason-missing', 'Say why, for the person who decides.')
    const { carrierId } = act
    await tx.massAct.update({
      where: { id },
      data: { counted, askedBy, begunAt: now, status: two ? 'asked' : 'running' },
    })
    if (two) return { decisionId: await ask(tx, actor, { ...act, askedBy, counted }, reason, now) }
    const data = { what: act.kind, counted, incidentId: act.incidentId }
    await recordEvent(tx, actor, { subject: `mass:${id}`, kind: 'mass.begun', carrierId, data }, now)
    return { decisionId: null }
  })
}

/** Writes down which tickets they are. Answers how many. */
async function fixSet(tx: Tx, actor: Actor, act: MassAct, until: Date, now: Date): Promise<number> {
  const set = await setOf(act, actor, until, now)
  return tx.$executeRaw`
    INSERT INTO mass_targets (mass_act_id, ticket_id, carrier_id, subscriber_id)
    SELECT ${act.id}::uuid, t.id, t.carrier_id, t.subscriber_id FROM tickets t WHERE ${set}`
}

/** What was done is taken back once. */
async function refuseUndone(tx: Tx, { undoes }: MassAct): Promise<void> {
  if (undoes === null) return
  await tx.$queryRaw`SELECT 1 FROM mass_acts WHERE id = ${undoes}::uuid FOR UPDATE`
  const before = await tx.massAct.count({ where: { undoes, status: { in: ['asked', 'running', 'done'] } } })
  if (before > 0) throw wrongState('undone-before', 'This is being taken back already, or was.')
}

async function ask(tx: Tx, actor: Actor, act: MassAct, reason: string, askedAt: Date): Promise<string> {
  const { id: massActId, carrierId, askedBy, counted } = act
  const expiresAt = new Date(askedAt.getTime() + decisionMs)
  const row = { carrierId, kind: 'mass_act', massActId, reason, askedBy, askedAt, expiresAt } as const
  const { id: decisionId } = await tx.decision.create({ data: row })
  const data = { what: 'mass-act', decisionId, counted, expiresAt: expiresAt.toISOString() }
  await recordEvent(tx, actor, { subject: `mass:${massActId}`, kind: 'decision.asked', carrierId, data }, askedAt)
  return decisionId
}
