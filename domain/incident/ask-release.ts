import { type Actor, system } from '@/domain/actor'
import { decisionMs, standingOf } from '@/domain/decision/decision-status'
import { moveDecision, personOf } from '@/domain/decision/move-decision'
import { badInput, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import type { Said } from '@/domain/incident/set-wave'
import { requireFreshProof } from '@/domain/policy'
import type { Tx } from '@/domain/transaction'
import type { Wave } from '@/prisma/generated/client'

/**
 * Asks another person whether a wave, as it stands and behind its lock, is to begin to be given out with what was written of it.
 * Asked for the same again by the same person, it is asked already. Answers the question's id.
 */
export async function askRelease(
  tx: Tx,
  actor: Actor,
  { incidentId, category, version, status: from }: Wave,
  { status, noteEn, noteFr, reason }: Said & { reason: string },
  now: Date,
): Promise<string> {
  const askedBy = personOf(actor)
  requireFreshProof(actor, now)
  const open = await tx.decision.findFirst({
    where: { incidentId, category, status: 'open' },
    include: { request: { select: { id: true, subscriberId: true } }, crossing: true },
  })
  const wanted = { waveVersion: version, waveStatus: status, waveNoteEn: noteEn, waveNoteFr: noteFr }
  if (open && standingOf(open, now) === 'expired') await moveDecision(tx, system('clock'), open, 'expire', { now })
  else if (open) {
    const names = Object.keys(wanted) as (keyof typeof wanted)[]
    if (open.askedBy === askedBy && names.every(name => open[name] === wanted[name])) return open.id
    throw wrongState('release-asked', 'Another question about this category is open.')
  }
  if (reason === '') throw badInput('reason', 'release-reason-missing', 'Say why, for the person who decides.')
  const expiresAt = new Date(now.getTime() + decisionMs)
  const { id: decisionId } = await tx.decision.create({
    data: {
      ...{ kind: 'wave_release', incidentId, category, ...wanted },
      ...{ reason, askedBy, askedAt: now, expiresAt },
    },
  })
  const data = {
    ...{ what: 'wave-release', decisionId, category, from, to: status, askedBy },
    ...{ expiresAt: expiresAt.toISOString(), told: await whoDecides(tx, askedBy) },
  }
  await recordEvent(
    tx,
    actor,
    { subject: `incident:${incidentId}`, kind: 'decision.asked', carrierId: null, data },
    now,
  )
  return decisionId
}

/** Every other incident manager; administrators where there is none. */
async function whoDecides(tx: Tx, askedBy: string): Promise<string[]> {
  const where = { leftAt: null, carrierId: null, id: { not: askedBy } }
  for (const role of ['incident_manager', 'administrator'] as const) {
    const people = await tx.staff.findMany({ where: { ...where, role }, select: { id: true }, orderBy: { id: 'asc' } })
    if (people.length > 0) return people.map(({ id }) => id)
  }
  return []
}
