import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { refuseHeld } from '@/domain/identity/holds'
import { addRun, type RequestWithPlace } from '@/domain/restore/approve-step'
import { moveRequest } from '@/domain/restore/move-request'
import type { Tx } from '@/domain/transaction'

/** What taking a restore back takes, in the caller's transaction, which has asked whether the actor may. */
export async function undoStep(tx: Tx, actor: Actor, request: RequestWithPlace, now: Date): Promise<{ runId: string }> {
  await refuseHeld(tx, request.subscriberId, now, request.account)
  if (request.undoUntil && request.undoUntil < now) {
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
}
