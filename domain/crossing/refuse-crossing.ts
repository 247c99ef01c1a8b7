import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { moveCrossing } from '@/domain/crossing/move-crossing'
import { crossingInput, lockCrossing, ownCrossing } from '@/domain/crossing/take-crossing'
import { wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

/**
 * One of the two says no, or takes a yes back, for as long as nobody has approved it: it ends for good. Needs no proof, for
 * nothing is given out by it. Said again it is over already.
 */
export async function refuseCrossing(
  actor: Actor,
  input: z.input<typeof crossingInput>,
  now = new Date(),
): Promise<void> {
  const { crossingId } = parseInput(crossingInput, input)
  await transaction(actor, async tx => {
    const { crossing: seen } = await ownCrossing(tx, actor, 'crossing.consent', crossingId)
    // Whoever approves takes the request first: the no comes before that, or is too late.
    if (seen.requestId !== null)
      await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${seen.requestId}::uuid FOR UPDATE`
    await lockCrossing(tx, crossingId)
    const crossing = await tx.crossing.findUniqueOrThrow({ where: { id: crossingId }, include: { request: true } })
    if (crossing.status === 'refused') return
    const isOpen = crossing.status === 'open' || (crossing.status === 'filed' && crossing.request?.status === 'filed')
    if (!isOpen) throw wrongState('crossing-over', 'It has been decided, ended or has run out.')
    const { request: _, ...row } = crossing
    await moveCrossing(tx, actor, row, 'crossing.refused', { status: 'refused', endedAt: now }, now)
  })
}
