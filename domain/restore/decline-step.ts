import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { refuseStale } from '@/domain/restore/approve-step'
import { moveRequest } from '@/domain/restore/move-request'
import type { DeclineInput } from '@/domain/restore/restore-inputs'
import type { Tx } from '@/domain/transaction'
import { refuseTaken } from '@/domain/triage/refuse-taken'

/** Declines a filed request in the caller's transaction. */
export async function declineStep(
  tx: Tx,
  actor: Actor,
  { requestId, version, reason, note }: DeclineInput,
): Promise<void> {
  const request = await tx.restoreRequest.findUnique({ where: { id: requestId } })
  authorize(actor, 'request.decline', request ?? { carrierId: null, subscriberId: null }, 'request')
  if (!request) throw notFound('request')
  refuseStale(request, version)
  await refuseTaken(tx, actor, requestId, new Date())
  await moveRequest(
    tx,
    actor,
    request,
    'decline',
    'request.declined',
    { reason },
    {
      decidedAt: new Date(),
      decidedBy: 'staffId' in actor ? actor.staffId : actor.role === 'machine' ? actor.tokenId : actor.role,
      declineReason: reason,
      declineNote: note || null,
    },
  )
}
