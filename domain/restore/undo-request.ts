import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { authorize, requireFreshProof } from '@/domain/policy'
import { addRun, requestFor } from '@/domain/restore/approve-request'
import { moveRequest } from '@/domain/restore/move-request'
import { transaction } from '@/domain/transaction'

/** Asks for a restore to be taken back, within the days a snapshot is kept. Needs fresh proof: it removes data. */
export async function undoRequest(actor: Actor, input: { requestId: string }): Promise<{ runId: string }> {
  return transaction(async tx => {
    const request = await requestFor(tx, input.requestId)
    authorize(actor, 'request.undo', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    requireFreshProof(actor)
    if (request.undoUntil && request.undoUntil < new Date()) {
      throw wrongState('undo-over', 'The time in which this restore could be undone is over.')
    }
    const run = await tx.run.findFirst({ where: { requestId: request.id }, orderBy: { createdAt: 'desc' } })
    if (run?.kind === 'undo') throw wrongState('cannot-undo', 'This restore is being undone already.')
    // What was not finished is not finished any more: the undo takes back what was done so far.
    await tx.run.updateMany({
      where: { requestId: request.id, status: { notIn: ['done', 'stopped'] } },
      data: { status: 'stopped' },
    })
    const runId = await addRun(tx, request, 'undo')
    await moveRequest(tx, actor, request, 'undo', 'request.undo-asked', { runId, host: request.account.host })
    return { runId }
  })
}
