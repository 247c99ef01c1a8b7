import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { hopelessReasons } from '@/domain/notice/delivery-reasons'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const retryFailedInput = z.object({ broadcastId: z.uuid() })

/** Has another try made of what failed or bounced and could arrive after all. Answers how many; none changes nothing. */
export async function retryFailed(
  actor: Actor,
  input: z.input<typeof retryFailedInput>,
  now = new Date(),
): Promise<{ count: number }> {
  const { broadcastId } = parseInput(retryFailedInput, input)
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT FROM broadcasts WHERE id = ${broadcastId}::uuid FOR UPDATE`
    const broadcast = await tx.broadcast.findUnique({ where: { id: broadcastId } })
    const carrierId = broadcast?.carrierId ?? null
    authorize(actor, 'delivery.retry', { carrierId, subscriberId: null }, 'broadcast')
    if (!broadcast) throw notFound('broadcast')
    if (broadcast.status === 'stopped') throw wrongState('broadcast-stopped', 'This broadcast has been stopped.')
    const { kind, noticeId } = broadcast
    const notice = noticeId === null ? null : await tx.notice.findUnique({ where: { id: noticeId } })
    if (kind === 'notice' && notice?.status !== 'published')
      throw wrongState('broadcast-stopped', 'The notice does not hold any more.')
    const count = await tx.$executeRaw`
      UPDATE deliveries SET status = 'pending', reason = NULL, attempts = 0, not_before = ${now}, claimed_at = NULL,
        settled_at = NULL
      WHERE broadcast_id = ${broadcastId}::uuid AND status IN ('bounced', 'failed')
        AND coalesce(reason, '') <> ALL(${hopelessReasons}::text[])`
    if (count === 0) return { count }
    if (broadcast.status === 'done')
      await tx.broadcast.update({ where: { id: broadcastId }, data: { status: 'sending', endedAt: null } })
    const subject = `broadcast:${broadcastId}` as const
    await recordEvent(tx, actor, { subject, kind: 'delivery.retried', carrierId, data: { count } }, now)
    return { count }
  })
}
