import type { Actor } from '@/domain/actor'
import { badInput, notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { refuseStale } from '@/domain/restore/approve-step'
import { moveRequest } from '@/domain/restore/move-request'
import { type DeclineInput, declineInput } from '@/domain/restore/restore-inputs'
import { transaction } from '@/domain/transaction'
import { refuseTaken } from '@/domain/triage/refuse-taken'

/** Declines a filed request with a reason that the subscriber reads. "other" must be explained in the note. */
export async function declineRequest(actor: Actor, input: DeclineInput): Promise<void> {
  const { requestId, version, reason, note } = parseInput(declineInput, input)
  if (reason === 'other' && note === '') throw badInput('note', 'note-missing', 'Say why, for the subscriber to read.')
  await transaction(actor, async tx => {
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
  })
}
