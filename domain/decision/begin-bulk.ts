import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { bulkFilter, foundBy } from '@/domain/decision/bulk-filter'
import { decisionMs } from '@/domain/decision/decision-status'
import { personOf } from '@/domain/decision/move-decision'
import { takesTwo } from '@/domain/decision/takes-two'
import { badInput, notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import type { BulkApproval } from '@/prisma/generated/client'

const beginInput = bulkFilter.extend({
  /** The moment and the number that were shown: never more than that is approved. */
  filedUntil: z.date(),
  shown: z.int().min(0),
  /** Needed where another person has to agree. */
  reason: z.string().trim().max(500).default(''),
  /** Made once for each form: the same key begins one, however often it is sent. */
  askingKey: z.string().min(8).max(100),
})

/**
 * Begins to approve every filed request that the filter finds, or asks another person whether to, where they are more than one
 * may approve alone. A worker goes through them; each single one by the rules of a single approval.
 */
export async function beginBulk(
  actor: Actor,
  input: z.input<typeof beginInput>,
  now = new Date(),
): Promise<{ bulkId: string; decisionId: string | null }> {
  const { shown, reason, askingKey, ...filter } = parseInput(beginInput, input)
  const { carrierId } = filter
  authorize(actor, 'bulk.approve', { carrierId, subscriberId: null }, 'carrier')
  const askedBy = personOf(actor)
  return transaction(actor, async tx => {
    if (carrierId !== null && (await tx.carrier.count({ where: { id: carrierId } })) === 0) throw notFound('carrier')
    requireFreshProof(actor, now)
    // Two forms of one person take turns, so that each counts the other's.
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`bulk:${askedBy}`}, 7))) AS taken`
    const before = await tx.bulkApproval.findUnique({
      where: { askedBy_askingKey: { askedBy, askingKey } },
      include: { decision: { select: { id: true } } },
    })
    if (before) return { bulkId: before.id, decisionId: before.decision?.id ?? null }
    const filedUntil = new Date(Math.min(filter.filedUntil.getTime(), now.getTime()))
    const counted = await tx.restoreRequest.count({ where: foundBy({ ...filter, filedUntil }) })
    if (counted === 0) throw wrongState('bulk-empty', 'Nothing that waits for a decision is found by this filter.')
    if (counted > shown) throw new Refusal('stale', 'bulk-more', 'More is found than was shown.')
    const two = await takesTwo(tx, askedBy, counted, now)
    if (two && reason === '') throw badInput('reason', 'reason-missing', 'Say why, for the person who decides.')
    const status = two ? ('asked' as const) : ('running' as const)
    const bulk = await tx.bulkApproval.create({
      data: { ...filter, filedUntil, counted, askingKey, askedBy, askedAt: now, status },
    })
    if (two) return { bulkId: bulk.id, decisionId: await ask(tx, actor, bulk, reason) }
    await recordEvent(tx, actor, { subject: `bulk:${bulk.id}`, kind: 'bulk.begun', carrierId, data: { counted } }, now)
    return { bulkId: bulk.id, decisionId: null }
  })
}

async function ask(tx: Tx, actor: Actor, bulk: BulkApproval, reason: string): Promise<string> {
  const { id: bulkId, carrierId, askedBy, askedAt, counted } = bulk
  const expiresAt = new Date(askedAt.getTime() + decisionMs)
  const row = { carrierId, kind: 'bulk_approve', bulkId, reason, askedBy, askedAt, expiresAt } as const
  const { id: decisionId } = await tx.decision.create({ data: row })
  const data = { what: 'bulk-approve', decisionId, counted, expiresAt: expiresAt.toISOString() }
  await recordEvent(tx, actor, { subject: `bulk:${bulkId}`, kind: 'decision.asked', carrierId, data }, askedAt)
  return decisionId
}
