import { system } from '@/domain/actor'
import { changeRun, type Lease } from '@/domain/restore/account-lease'
import type { LoadedRun } from '@/domain/restore/load-run'
import { moveRequest } from '@/domain/restore/move-request'
import { addTasks } from '@/domain/tasks'
import { transaction } from '@/domain/transaction'

/** How long a finished restore can be undone, and when its account is looked at again for records that vanish. */
export const undoDays = 30
const lookAgainAfterMinutes = 15

/** The last step of a run: run and request end in one transaction, with the event that tells the subscriber. */
export async function endRun(run: LoadedRun, lease: Lease): Promise<void> {
  await transaction('every-carrier', async tx => {
    const finishedAt = new Date()
    await changeRun(tx, lease, { status: 'done', waitReason: null, finishedAt })
    await tx.deviceAccount.updateMany({
      where: { id: run.accountId, status: { not: 'removed' } },
      data: { status: 'ready' },
    })
    const request = await tx.restoreRequest.findUniqueOrThrow({ where: { id: run.requestId } })
    if (run.kind === 'undo') {
      await moveRequest(tx, system('worker'), request, 'finish-undo', 'request.undone', { runId: run.id })
      return
    }
    const undoUntil = new Date(finishedAt.getTime() + undoDays * 24 * 3_600_000)
    await moveRequest(
      tx,
      system('worker'),
      request,
      'finish',
      'request.finished',
      { runId: run.id },
      { finishedAt, undoUntil },
    )
    await addTasks(tx, [
      {
        job: 'look-again',
        payload: { runId: run.id },
        carrierId: run.carrierId,
        host: run.request.account.host,
        onceKey: `look:${run.id}`,
        runAt: new Date(finishedAt.getTime() + lookAgainAfterMinutes * 60_000),
      },
    ])
  })
}
