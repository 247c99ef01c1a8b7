import { type Actor, actorId, system } from '@/domain/actor'
import { endCrossing } from '@/domain/crossing/end-crossings'
import { type DecisionAction, decisionActions, obstacle, standingOf } from '@/domain/decision/decision-status'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { type Happened, recordEvent } from '@/domain/events'
import { authorize, type PolicyVerb } from '@/domain/policy'
import type { Prisma, Tx } from '@/domain/transaction'
import type { DecisionKind } from '@/prisma/generated/enums'

const withSubject = {
  request: { select: { id: true, subscriberId: true } },
  crossing: true,
} satisfies Prisma.DecisionInclude
export type DecisionRow = Prisma.DecisionGetPayload<{ include: typeof withSubject }>

/** The staff member who asks or decides: no program and no worker does. */
export function personOf(actor: Actor): string {
  if ('staffId' in actor) return actor.staffId
  throw new Refusal('not-allowed', 'not-allowed', 'Only a person may ask for this or decide on it.')
}

/** Reads a decision behind its lock: two who decide at the same moment, or a person and the clock, take turns. */
export async function lockDecision(tx: Tx, id: string): Promise<DecisionRow | null> {
  await tx.$queryRaw`SELECT 1 FROM decisions WHERE id = ${id}::uuid FOR UPDATE`
  return tx.decision.findUnique({ where: { id }, include: withSubject })
}

/** A question that is not about a wave. */
export type SupportDecision = DecisionRow & { kind: Exclude<DecisionKind, 'wave_release'> }

/** One of support's, for whoever has the verb. Releases have verbs of their own (domain/incident/decide-release.ts). */
export async function takeDecision(tx: Tx, actor: Actor, verb: PolicyVerb, id: string): Promise<SupportDecision> {
  const decision = await lockDecision(tx, id)
  const carrierId = decision?.carrierId ?? null
  authorize(actor, verb, { carrierId, subscriberId: null }, 'decision')
  if (!decision || !isSupports(decision)) throw notFound('decision')
  return decision
}

const isSupports = (decision: DecisionRow): decision is SupportDecision => decision.kind !== 'wave_release'

/** The one way a decision changes its state: by the table, guarded by the state it was read in, with one event. */
export async function moveDecision(
  tx: Tx,
  actor: Actor,
  decision: DecisionRow,
  action: DecisionAction,
  { note = null, now }: { note?: string | null; now: Date },
): Promise<void> {
  const { id, carrierId, massActId } = decision
  const staffId = 'staffId' in actor ? actor.staffId : null
  const against = obstacle(action, decision, staffId, now)
  if (against !== null) throw wrongState(against, obstacles[against])
  const { to, by, event } = decisionActions[action]
  const { count } = await tx.decision.updateMany({
    where: { id, status: 'open' },
    data: { status: to, decidedBy: by === 'another' ? staffId : null, decidedAt: now, note },
  })
  if (count === 0) throw wrongState('decision-over', obstacles['decision-over'])
  if (massActId !== null && to !== 'approved')
    await tx.massAct.updateMany({
      where: { id: massActId, status: 'asked' },
      data: { status: 'stopped', stopReason: 'not-approved', stoppedBy: actorId(actor), endedAt: now },
    })
  await recordEvent(tx, actor, { ...toldOf(decision), kind: event, carrierId }, now)
  if (decision.crossing && to !== 'approved') await endCrossing(tx, actor, decision.crossing, to, now)
}

/** On whose chain a decision's events stand, and what they say. */
function toldOf(decision: DecisionRow): Pick<Happened, 'subject' | 'data'> {
  const { id: decisionId, kind, massActId, incidentId, category, request, askedBy, waveStatus: to } = decision
  switch (kind) {
    case 'overwrite': {
      const { id, subscriberId } = request!
      return { subject: `request:${id}`, data: { what: 'overwrite', decisionId, subscriberId } }
    }
    case 'mass_act':
      return { subject: `mass:${massActId}`, data: { what: 'mass-act', decisionId, subscriberId: null } }
    // Of a crossing both persons are told, each on their own chain.
    case 'cross_account':
      return { subject: `request:${request!.id}`, data: { what: 'cross-account', decisionId, subscriberId: null } }
    case 'wave_release':
      return {
        subject: `incident:${incidentId}`,
        data: { what: 'wave-release', decisionId, category, to, askedBy },
      }
  }
}

/** What this person has asked about the request and is open. One that has run out gives way; another person's refuses. */
export async function openDecision(
  tx: Tx,
  requestId: string,
  askedBy: string,
  now: Date,
  kind: DecisionKind,
): Promise<string | null> {
  const open = await tx.decision.findFirst({ where: { requestId, status: 'open' }, include: withSubject })
  if (!open) return null
  if (standingOf(open, now) === 'expired') {
    await moveDecision(tx, system('clock'), open, 'expire', { now })
    return null
  }
  if (open.askedBy === askedBy && open.kind === kind) return open.id
  throw wrongState('decision-open', 'Somebody has asked for this already.')
}

const obstacles = {
  'decision-over': 'This has been decided already, was taken back or has run out.',
  'decision-own': 'Another person has to decide on what one asked for.',
  'decision-others': 'Only whoever asked for it may take it back.',
}
