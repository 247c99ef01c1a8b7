import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { crossingStanding, crossingWaitMs, isLive } from '@/domain/crossing/crossing-status'
import { moveCrossing } from '@/domain/crossing/move-crossing'
import { refuseUnsafe } from '@/domain/crossing/refuse-unsafe'
import { crossingInput, lockCrossing, ownCrossing } from '@/domain/crossing/take-crossing'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { requireFreshProof } from '@/domain/policy'
import { newReference } from '@/domain/restore/new-reference'
import { type Tx, transaction } from '@/domain/transaction'
import { openTicket } from '@/domain/triage/open-ticket'
import type { Crossing } from '@/prisma/generated/client'

/**
 * One of the two says yes, by a proof of the last five minutes in a session of their own. With the second yes a request of
 * the account's owner is filed for the same holdings, to be approved by two of support from 72 hours later. Said again by the
 * same person it changes nothing.
 */
export async function consentCrossing(
  actor: Actor,
  input: z.input<typeof crossingInput>,
  now = new Date(),
): Promise<void> {
  const { crossingId } = parseInput(crossingInput, input)
  await transaction(actor, async tx => {
    const seen = await ownCrossing(tx, actor, 'crossing.consent', crossingId)
    requireFreshProof(actor, now)
    // The two persons first, then the row: in the order in which a hold takes them.
    await refuseUnsafe(tx, seen.crossing, now)
    await lockCrossing(tx, crossingId)
    const crossing = await tx.crossing.findUniqueOrThrow({ where: { id: crossingId } })
    const column = seen.side === 'source' ? 'sourceConsentedAt' : 'targetConsentedAt'
    if (crossing[column] !== null && isLive(crossing.status)) return
    if (crossingStanding(crossing, now) !== 'open')
      throw wrongState('crossing-over', 'It has been decided, ended or has run out.')
    const consented = { ...crossing, [column]: now }
    const isSecond = consented.sourceConsentedAt !== null && consented.targetConsentedAt !== null
    if (!isSecond) return moveCrossing(tx, actor, crossing, 'crossing.consented', { [column]: now }, now)
    const requestId = await fileInto(tx, actor, crossing, now)
    const opensAt = new Date(now.getTime() + crossingWaitMs)
    const data = { [column]: now, status: 'filed', opensAt, requestId } as const
    await moveCrossing(tx, actor, { ...crossing, requestId }, 'crossing.filed', data, now)
  })
}

/** What was asked for, once more as a request of the account's owner: keep-both alone, no word about single records but to leave them out. */
async function fileInto(tx: Tx, actor: Actor, crossing: Crossing, now: Date): Promise<string> {
  const { id: crossingId, carrierId, sourceId, targetId, accountId, sourceRequestId } = crossing
  const source = await tx.restoreRequest.findUniqueOrThrow({
    where: { id: sourceRequestId },
    include: { items: true, choices: { where: { leaveOut: true } } },
  })
  const holdingIds = source.items.map(one => one.holdingId)
  const theirs = await tx.holding.count({
    where: { id: { in: holdingIds }, subscriberId: sourceId, batch: { status: { in: ['accepted', 'released'] } } },
  })
  if (theirs !== holdingIds.length) throw wrongState('source-withheld', 'Recovered data of it has been withheld since.')
  const request = await tx.restoreRequest.create({
    data: {
      carrierId,
      reference: newReference(),
      subscriberId: targetId,
      accountId,
      rule: 'keep_both',
      filingKey: `crossing:${crossingId}`,
      items: {
        create: source.items.map(({ category, holdingId, position }) => ({ carrierId, category, holdingId, position })),
      },
      choices: {
        create: source.choices.map(({ holdingId, ordinal }) => ({ carrierId, holdingId, ordinal, leaveOut: true })),
      },
    },
  })
  const requestId = request.id
  // Nobody can approve it before.
  await openTicket(tx, request, new Date(now.getTime() + crossingWaitMs))
  const subject = `request:${requestId}` as const
  const data = { subscriberId: targetId, accountId, holdingIds, rule: 'keep_both', crossingId, what: 'cross-account' }
  await recordEvent(tx, actor, { subject, kind: 'request.filed', carrierId, data }, now)
  return requestId
}
