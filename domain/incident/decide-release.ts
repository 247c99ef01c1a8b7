import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { type DecisionRow, lockDecision, moveDecision, personOf } from '@/domain/decision/move-decision'
import { notFound, wrongState } from '@/domain/errors'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { setWave } from '@/domain/incident/set-wave'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import type { DecisionStatus } from '@/prisma/generated/enums'

const decideInput = z.object({ decisionId: z.uuid(), note: z.string().trim().max(500).default('') })

/** Agrees that a wave is given out, who they are proved within five minutes: it moves with it, and says what was written when it was asked. */
export async function approveRelease(
  actor: Actor,
  input: z.input<typeof decideInput>,
  now = new Date(),
): Promise<{ incidentId: string }> {
  const { decisionId, note } = parseInput(decideInput, input)
  authorizeEver(actor, 'wave.decide')
  const staffId = personOf(actor)
  return transaction(actor, async tx => {
    const release = await takeRelease(tx, decisionId)
    const { decision, wave } = release
    if (isDone(decision, 'approved', decision.decidedBy === staffId)) return release
    requireFreshProof(actor, now)
    if ((await wordsLapsed(tx, [decision.askedBy], 'incident.manage', null)).size > 0)
      throw wrongState('decision-asker-gone', 'Whoever asked has no right to it any more.')
    await moveDecision(tx, actor, decision, 'approve', { note: note || null, now })
    const { waveStatus, waveVersion, waveNoteEn: noteEn, waveNoteFr: noteFr } = decision
    const said = { status: waveStatus!, scheduledFor: null, noteEn, noteFr }
    if (!(await setWave(tx, actor, { ...wave, version: waveVersion! }, said, { now, decisionId })))
      throw wrongState('release-moved', 'The category was moved since this was asked for.')
    return release
  })
}

/** Says no: nothing moves, so that no proof is needed. */
export async function refuseRelease(
  actor: Actor,
  input: z.input<typeof decideInput>,
  now = new Date(),
): Promise<{ incidentId: string }> {
  const { decisionId, note } = parseInput(decideInput, input)
  authorizeEver(actor, 'wave.decide')
  const staffId = personOf(actor)
  return transaction(actor, async tx => {
    const release = await takeRelease(tx, decisionId)
    const { decision } = release
    if (isDone(decision, 'refused', decision.decidedBy === staffId)) return release
    await moveDecision(tx, actor, decision, 'refuse', { note: note || null, now })
    return release
  })
}

const withdrawInput = z.object({ decisionId: z.uuid() })

/** Takes back what one has asked for oneself, while nobody has decided on it. */
export async function withdrawRelease(
  actor: Actor,
  input: z.input<typeof withdrawInput>,
  now = new Date(),
): Promise<{ incidentId: string }> {
  const { decisionId } = parseInput(withdrawInput, input)
  authorizeEver(actor, 'wave.decide')
  const staffId = personOf(actor)
  return transaction(actor, async tx => {
    const release = await takeRelease(tx, decisionId)
    const { decision } = release
    if (isDone(decision, 'withdrawn', decision.askedBy === staffId)) return release
    await moveDecision(tx, actor, decision, 'withdraw', { now })
    return release
  })
}

/** The button was pressed twice: it is so, by the same person. */
const isDone = ({ status }: DecisionRow, to: DecisionStatus, own: boolean): boolean => status === to && own

/** The wave's lock before the question's, in the order in which `moveWave` takes them. */
async function takeRelease(tx: Tx, decisionId: string) {
  await tx.$queryRaw`
    SELECT 1 FROM waves w JOIN decisions d ON d.incident_id = w.incident_id AND d.category = w.category
    WHERE d.id = ${decisionId}::uuid FOR UPDATE OF w`
  const decision = await lockDecision(tx, decisionId)
  if (decision?.kind !== 'wave_release') throw notFound('decision')
  const { incidentId, category } = decision
  const wave = await tx.wave.findUniqueOrThrow({
    where: { incidentId_category: { incidentId: incidentId!, category: category! } },
  })
  return { decision, wave, incidentId: wave.incidentId }
}
