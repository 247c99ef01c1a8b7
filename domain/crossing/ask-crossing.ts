import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { isLive } from '@/domain/crossing/crossing-status'
import { tellBoth } from '@/domain/crossing/move-crossing'
import { decisionMs } from '@/domain/decision/decision-status'
import { openDecision, personOf } from '@/domain/decision/move-decision'
import { badInput, notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'

const askInput = z.object({
  requestId: z.uuid(),
  /** The version of the request that was shown. */
  version: z.int().optional(),
  /** The other person's account id at the carrier, letter by letter. */
  toAccountId: z.string().min(1).max(200),
  /** A device account of theirs, known before the incident. */
  accountId: z.uuid(),
  reason: z.string().trim().min(1).max(500),
})

/**
 * Asks that what a person has filed for themself goes into an account of another person's of the same carrier. Another of
 * support agrees within 72 hours; then both persons are asked. Until both have consented nothing changes.
 */
export async function askCrossing(
  actor: Actor,
  input: z.input<typeof askInput>,
  now = new Date(),
): Promise<{ decisionId: string }> {
  const { requestId, version, toAccountId, accountId, reason } = parseInput(askInput, input)
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${requestId}::uuid FOR UPDATE`
    const request = await tx.restoreRequest.findUnique({
      where: { id: requestId },
      include: { crossing: true, crossings: true },
    })
    authorize(actor, 'decision.ask', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    const askedBy = personOf(actor)
    requireFreshProof(actor, now)
    const { carrierId, subscriberId: sourceId } = request
    const target = await tx.subscriber.findUnique({
      where: { carrierId_accountId: { carrierId, accountId: toAccountId } },
    })
    if (!target || target.id === sourceId) throw badInput('to', 'no-such-person', 'There is no such other subscriber.')
    const about = { targetId: target.id, accountId }
    const mine = await openDecision(tx, requestId, askedBy, now, 'cross_account')
    if (mine !== null) return { decisionId: sameAs(request.crossings, mine, about) }
    if (request.status !== 'filed') throw wrongState('crossing-not-filed', `The request is ${request.status}.`)
    if (request.crossing !== null) throw wrongState('crossing-again', 'What came from one person goes to no third.')
    if (request.crossings.some(({ status }) => isLive(status))) throw wrongState('decision-open', 'This is under way.')
    if (version !== undefined && version !== request.version)
      throw new Refusal('stale', 'changed-meanwhile', 'The request has changed since it was shown.')
    await refuseUnfiled(tx, requestId)
    await refuseHeld(tx, sourceId, now)
    await refuseHeld(tx, target.id, now)
    const account = await tx.deviceAccount.findFirst({
      where: { id: accountId, subscriberId: target.id, coolingUntil: null, status: { not: 'removed' } },
    })
    if (!account)
      throw badInput('account', 'no-such-account', 'No account of theirs that was known before the incident.')
    const expiresAt = new Date(now.getTime() + decisionMs)
    const data = { carrierId, kind: 'cross_account', requestId, reason, askedBy, askedAt: now, expiresAt } as const
    const { id: decisionId } = await tx.decision.create({ data })
    const between = { carrierId, decisionId, sourceRequestId: requestId, sourceId, targetId: target.id, accountId }
    const crossing = await tx.crossing.create({ data: between })
    const told = { what: 'cross-account', decisionId, subscriberId: null, expiresAt: expiresAt.toISOString() }
    const subject = `request:${requestId}` as const
    await recordEvent(tx, actor, { subject, kind: 'decision.asked', carrierId, data: told }, now)
    await tellBoth(tx, actor, crossing, 'crossing.asked', null, now)
    return { decisionId }
  })
}

/** The same question asked twice is one; another one waits for its end. */
function sameAs(
  crossings: { decisionId: string; targetId: string; accountId: string }[],
  decisionId: string,
  about: { targetId: string; accountId: string },
): string {
  const before = crossings.find(one => one.decisionId === decisionId)
  if (before?.targetId === about.targetId && before.accountId === about.accountId) return decisionId
  throw wrongState('decision-open', 'Somebody has asked for something about this request already.')
}

/** Only what the person has asked for with a proof of their own: nobody files for them and has it sent elsewhere. */
async function refuseUnfiled(tx: Tx, requestId: string): Promise<void> {
  const filed = await tx.event.findFirst({ where: { subject: `request:${requestId}`, kind: 'request.filed' } })
  if (filed?.actorRole === 'subscriber') return
  throw wrongState('crossing-not-own', 'The request was not filed by the person themself.')
}
