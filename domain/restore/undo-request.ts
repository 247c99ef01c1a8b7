import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize, requireFreshProof } from '@/domain/policy'
import { requestFor } from '@/domain/restore/approve-step'
import { undoStep } from '@/domain/restore/undo-step'
import { transaction } from '@/domain/transaction'

/** Asks for a restore to be taken back, within the days a snapshot is kept. Needs fresh proof: it removes data. */
export async function undoRequest(actor: Actor, input: { requestId: string }): Promise<{ runId: string }> {
  return transaction(actor, async tx => {
    const request = await requestFor(tx, input.requestId)
    authorize(actor, 'request.undo', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    requireFreshProof(actor)
    return undoStep(tx, actor, request, new Date())
  })
}
