import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { sideOf } from '@/domain/crossing/crossing-status'
import { tellBoth } from '@/domain/crossing/move-crossing'
import { notFound } from '@/domain/errors'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { requestFor } from '@/domain/restore/approve-step'
import { undoStep } from '@/domain/restore/undo-step'
import { transaction } from '@/domain/transaction'

const undoInput = z.object({ crossingId: z.uuid() })

/**
 * Takes out again what was put into the other account and not changed there since: either of the two may, and support, with
 * a fresh proof. Nothing of what the account holds is shown to anybody by it.
 */
export async function undoCrossing(
  actor: Actor,
  input: z.input<typeof undoInput>,
  now = new Date(),
): Promise<{ runId: string }> {
  const { crossingId } = parseInput(undoInput, input)
  return transaction(actor, async tx => {
    const crossing = await tx.crossing.findUnique({ where: { id: crossingId } })
    const own = actor.role === 'subscriber' ? actor.subscriberId : null
    const isOwn = crossing !== null && own !== null && sideOf(crossing, own) !== null
    const about = { carrierId: crossing?.carrierId ?? null, subscriberId: isOwn ? own : null }
    authorize(actor, 'crossing.undo', about, 'crossing')
    const request = crossing?.requestId ? await requestFor(tx, crossing.requestId) : null
    if (!crossing || !request) throw notFound('crossing')
    requireFreshProof(actor, now)
    if (own !== null && own !== crossing.targetId) await refuseHeld(tx, own, now)
    const done = await undoStep(tx, actor, request, now)
    await tellBoth(tx, actor, crossing, 'crossing.undo-asked', null, now)
    return done
  })
}
