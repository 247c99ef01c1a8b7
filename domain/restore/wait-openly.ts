import { system } from '@/domain/actor'
import { changeRun, type Lease } from '@/domain/restore/account-lease'
import type { LoadedRun } from '@/domain/restore/load-run'
import { moveRequest } from '@/domain/restore/move-request'
import type { Trouble } from '@/domain/restore/run-trouble'
import { waitReasons } from '@/domain/restore/wait-reason'
import { transaction } from '@/domain/transaction'
import type { AccountStatus } from '@/prisma/generated/enums'

const accountStatusOf: Partial<Record<Trouble['reason'], AccountStatus>> = {
  'password-refused': 'needs_password',
  'account-full': 'full',
  'server-unreachable': 'unreachable',
  'account-not-found': 'unreachable',
}

/**
 * Says to the subscriber and to support that the restore waits and for what. Answers when it is tried again by itself, or
 * null where only a person can make it go on.
 */
export async function waitOpenly(run: LoadedRun, lease: Lease, trouble: Trouble): Promise<Date | null> {
  const { retryAfterMinutes } = waitReasons[trouble.reason]
  await transaction('every-carrier', async tx => {
    const again = run.status === 'waiting' && run.waitReason === trouble.reason
    await changeRun(tx, lease, { status: 'waiting', waitReason: trouble.reason })
    const status = accountStatusOf[trouble.reason]
    if (status) await tx.deviceAccount.update({ where: { id: run.accountId }, data: { status } })
    // Nobody is told twice that the same thing still stands in the way.
    if (again) return
    const request = await tx.restoreRequest.findUniqueOrThrow({ where: { id: run.requestId } })
    await moveRequest(tx, system('worker'), request, 'wait', 'request.waiting', {
      runId: run.id,
      reason: trouble.reason,
    })
  })
  if (retryAfterMinutes === null) return null
  return trouble.retryAt ?? new Date(Date.now() + retryAfterMinutes * 60_000)
}
