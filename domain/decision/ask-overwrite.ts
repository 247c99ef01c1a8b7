import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { decisionMs } from '@/domain/decision/decision-status'
import { openDecision, personOf } from '@/domain/decision/move-decision'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const askInput = z.object({
  requestId: z.uuid(),
  /** The version of the request that was shown. */
  version: z.int().optional(),
  reason: z.string().trim().min(1).max(500),
})

/**
 * Asks that, in a filed request, recovered records take the place of what the account has now. Another person decides, within
 * 72 hours; until then nothing changes. Asked again by the same person while it is open, it is asked already.
 */
export async function askOverwrite(
  actor: Actor,
  input: z.input<typeof askInput>,
  now = new Date(),
): Promise<{ decisionId: string }> {
  const { requestId, version, reason } = parseInput(askInput, input)
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${requestId}::uuid FOR UPDATE`
    const request = await tx.restoreRequest.findUnique({
      where: { id: requestId },
      include: { account: true, crossing: true },
    })
    authorize(actor, 'decision.ask', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    const askedBy = personOf(actor)
    requireFreshProof(actor, now)
    const mine = await openDecision(tx, requestId, askedBy, now, 'overwrite')
    if (mine) return { decisionId: mine }
    if (request.status !== 'filed') throw wrongState('overwrite-not-filed', `The request is ${request.status}.`)
    if (request.crossing !== null)
      throw wrongState('crossing-keeps-both', 'In another person’s account nothing is replaced.')
    if (request.rule === 'overwrite') throw wrongState('overwrite-decided', 'The recovered records win already.')
    if (version !== undefined && version !== request.version)
      throw new Refusal('stale', 'changed-meanwhile', 'The request has changed since it was shown.')
    await refuseHeld(tx, request.subscriberId, now, request.account)
    const { carrierId, subscriberId } = request
    const expiresAt = new Date(now.getTime() + decisionMs)
    const data = { carrierId, kind: 'overwrite', requestId, reason, askedBy, askedAt: now, expiresAt } as const
    const { id: decisionId } = await tx.decision.create({ data })
    const told = { what: 'overwrite', decisionId, subscriberId, expiresAt: expiresAt.toISOString() }
    const subject = `request:${requestId}` as const
    await recordEvent(tx, actor, { subject, kind: 'decision.asked', carrierId, data: told }, now)
    return { decisionId }
  })
}
