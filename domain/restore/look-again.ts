import { system } from '@/domain/actor'
import { releaseLease, renewLease, takeLease } from '@/domain/restore/account-lease'
import { loadRun } from '@/domain/restore/load-run'
import { moveRequest } from '@/domain/restore/move-request'
import type { RestoreOutside } from '@/domain/restore/outside'
import { destinationOf } from '@/domain/restore/restore-category'
import { verifyCategory } from '@/domain/restore/verify-category'
import { transaction } from '@/domain/transaction'

/** Minutes after the restore at which the account is looked at; the first look is added when the run ends. */
const looks = [15, 24 * 60]

/**
 * Looks whether what was restored is still there. Where it is vanishing, a device overwrites the account: the request is
 * held, and subscriber and support are told. Answers when to look next, or null after the last look.
 */
export async function lookAgain(outside: RestoreOutside, runId: string): Promise<Date | null> {
  const run = await loadRun(runId)
  if (!run?.finishedAt || run.status !== 'done' || run.request.status !== 'done') return null
  const lease = await takeLease(run.accountId, run.id)
  if (!lease) return new Date(Date.now() + 60_000)
  const account = await outside.openAccount(run.request.account)
  try {
    for (const row of run.categories) {
      if (row.category === 'photos' || row.collectionUrl === null) continue
      const to = await destinationOf({ outside, account, run }, row)
      if (to.kind === null) continue
      const { vanishing } = await verifyCategory({ lease, row, to })
      if (!vanishing) continue
      await transaction('every-carrier', async tx => {
        await renewLease(tx, lease)
        const request = await tx.restoreRequest.findUniqueOrThrow({ where: { id: run.requestId } })
        // Being undone since: what is missing is what the undo removed.
        if (request.status !== 'done') return
        await moveRequest(tx, system('worker'), request, 'hold', 'request.held', { runId, reason: 'vanishing' })
      })
      outside.live.changed(run.requestId)
      return null
    }
    const done = run.looksDone + 1
    await transaction('every-carrier', tx => tx.run.update({ where: { id: run.id }, data: { looksDone: done } }))
    const next = looks[done]
    return next === undefined ? null : new Date(run.finishedAt.getTime() + next * 60_000)
  } finally {
    await account.close()
    await releaseLease(lease)
  }
}
