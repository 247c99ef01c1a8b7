import type { Actor } from '@/domain/actor'
import { endCrossingsOf } from '@/domain/crossing/end-crossings'
import { recordEvent } from '@/domain/events'
import { moveRequest } from '@/domain/restore/move-request'
import type { WaitReason } from '@/domain/restore/wait-reason'
import type { Prisma, Tx } from '@/domain/transaction'

type HoldReason = WaitReason & ('frozen' | 'locked' | 'identity-changed' | 'other-held')

/**
 * Holds everything of a subscriber's that is approved or under way, and stops the wait before content is shown. A run that is
 * held has lost its lease's right: its worker stops at the next chunk and commits nothing more.
 */
export async function holdRequests(tx: Tx, actor: Actor, subscriberId: string, reason: HoldReason): Promise<void> {
  const now = new Date()
  await endCrossingsOf(tx, actor, subscriberId, reason, now)
  await holdThose(tx, actor, { subscriberId }, reason)
  await holdThose(tx, actor, { crossing: { sourceId: subscriberId } }, 'other-held')
  const wait = await tx.releaseWait.findFirst({ where: { subscriberId, stoppedAt: null } })
  if (wait === null) return
  await tx.releaseWait.update({ where: { id: wait.id }, data: { stoppedAt: now } })
  const { carrierId } = wait
  const subject = `subscriber:${subscriberId}` as const
  await recordEvent(tx, actor, { subject, kind: 'content.stopped', carrierId, data: { subscriberId, reason } }, now)
}

/** Holds only what goes to device accounts that were not known before the incident, or from one person to another. */
export async function holdRequestsToNewAccounts(tx: Tx, actor: Actor, subscriberId: string): Promise<void> {
  const reason = 'identity-changed'
  await endCrossingsOf(tx, actor, subscriberId, reason, new Date())
  await holdThose(tx, actor, { subscriberId, account: { coolingUntil: { not: null } } }, reason)
  await holdThose(tx, actor, { subscriberId, crossing: { isNot: null } }, reason)
  await holdThose(tx, actor, { crossing: { sourceId: subscriberId } }, 'other-held')
}

async function holdThose(
  tx: Tx,
  actor: Actor,
  whose: Prisma.RestoreRequestWhereInput,
  reason: HoldReason,
): Promise<void> {
  const requests = await tx.restoreRequest.findMany({
    where: { ...whose, status: { in: ['approved', 'running', 'waiting'] } },
    orderBy: { id: 'asc' },
  })
  for (const request of requests) {
    await tx.run.updateMany({
      where: { requestId: request.id, status: { in: ['queued', 'running', 'waiting'] } },
      data: { status: 'held', waitReason: reason },
    })
    await moveRequest(tx, actor, request, 'hold', 'request.held', { reason })
  }
}
