import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { isLive } from '@/domain/crossing/crossing-status'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { moveRequest } from '@/domain/restore/move-request'
import { transaction } from '@/domain/transaction'

const declineInput = z.object({ requestId: z.uuid() })

/**
 * Declines the request that carried a crossing which has ended: nobody could approve it any more, and it would wait for ever. A
 * step of its own after the end, because an approval takes the request before the persons and a hold the persons before it.
 */
export async function declineCrossed(
  actor: Actor,
  input: z.input<typeof declineInput>,
  now = new Date(),
): Promise<void> {
  const { requestId } = parseInput(declineInput, input)
  authorizeEver(actor, 'crossing.expire')
  await transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${requestId}::uuid FOR UPDATE`
    const request = await tx.restoreRequest.findUnique({ where: { id: requestId }, include: { crossing: true } })
    if (request?.status !== 'filed') return
    const { crossing, filingKey } = request
    // Without its crossing, which goes with the person who is erased, its key still says what it was filed for.
    const isOver = crossing === null ? filingKey.startsWith('crossing:') : !isLive(crossing.status)
    if (!isOver) return
    const reason = 'crossing-over'
    const decided = { decidedAt: now, decidedBy: actor.role, declineReason: reason }
    await moveRequest(tx, actor, request, 'decline', 'request.declined', { reason }, decided)
  })
}
