import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type DecidedAction, decidedAction, peopleNeeded, standingWords } from '@/domain/recovery/batch-decision'
import { batchActions } from '@/domain/recovery/batch-status'
import { wakeWithheldRuns } from '@/domain/restore/wake-withheld-runs'
import { type Prisma, type Tx, transaction } from '@/domain/transaction'
import type { BatchStatus } from '@/prisma/generated/enums'

const decideBatchInput = z.object({
  batchId: z.uuid(),
  /** True: its data may be given out. False: it may not. */
  use: z.boolean(),
  reason: z.string().trim().min(1).max(500),
  /** The state in which the batch was shown to whoever decides: a decision on what has changed since is refused. */
  status: z.enum(['arriving', 'accepted', 'quarantined', 'withheld', 'released']).optional(),
})
type DecideBatchInput = z.input<typeof decideBatchInput>

const withWords = { decisions: true } satisfies Prisma.RecoveryBatchInclude
type BatchWithWords = Prisma.RecoveryBatchGetPayload<{ include: typeof withWords }>

/**
 * One administrator's word on a batch. A quarantined or withheld batch becomes usable by the word of two different people;
 * one is enough to hold any batch back. Each person has one word a state; the same word twice changes nothing. Answers the
 * state the batch is in now.
 */
export async function decideBatch(actor: Actor, input: DecideBatchInput): Promise<{ status: BatchStatus }> {
  const { batchId, use, reason, status } = parseInput(decideBatchInput, input)
  authorize(actor, 'batch.decide', { carrierId: null, subscriberId: null }, 'batch')
  if (!('staffId' in actor)) throw new Refusal('not-allowed', 'not-allowed', 'Only a person may decide on a batch.')
  if (use) requireFreshProof(actor)
  const { staffId } = actor
  return transaction(actor, async tx => {
    const batch = await lockBatch(tx, batchId)
    const standing = standingWords(batch)
    const mine = standing.find(word => word.staffId === staffId)
    if (mine?.use === use) return { status: batch.status }
    if (status !== undefined && status !== batch.status)
      throw new Refusal('stale', 'batch-changed', 'The batch has changed since it was shown.')
    const action = decidedAction(use, batch.status)
    // Whoever said that a withheld batch may be used can take that back, though nothing changes with it.
    if (action === null && !(batch.status === 'withheld' && mine))
      throw wrongState('batch-decided', `A batch that is ${batch.status} needs no such decision.`)

    // Later than the state's own beginning whatever the clocks of two machines say: what counts is told by this time.
    const at = new Date(Math.max(Date.now(), (batch.decidedAt?.getTime() ?? 0) + 1))
    await tx.batchDecision.upsert({
      where: { batchId_staffId: { batchId, staffId } },
      create: { batchId, staffId, use, reason, decidedAt: at },
      update: { use, reason, decidedAt: at },
    })
    const { carrierId } = batch
    const people = standing.map(word => word.staffId)
    const lapsed = await wordsLapsed(tx, people, 'batch.decide', null)
    const others = standing.filter(word => word.staffId !== staffId && !lapsed.has(word.staffId))
    const agreed = 1 + others.filter(word => word.use === use).length
    await recordEvent(
      tx,
      actor,
      { subject: `batch:${batchId}`, kind: 'batch.decided', carrierId, data: { use, agreed } },
      at,
    )
    if (action === null || agreed < peopleNeeded[action]) return { status: batch.status }
    return { status: await move(tx, actor, batch, action, at) }
  })
}

/** Two who decide at the same moment take turns, so that the second sees the first one's word. */
async function lockBatch(tx: Tx, id: string): Promise<BatchWithWords> {
  await tx.$queryRaw`SELECT FROM recovery_batches WHERE id = ${id}::uuid FOR UPDATE`
  const batch = await tx.recoveryBatch.findUnique({ where: { id }, include: withWords })
  if (!batch) throw notFound('batch')
  return batch
}

async function move(
  tx: Tx,
  actor: Actor,
  batch: BatchWithWords,
  action: DecidedAction,
  at: Date,
): Promise<BatchStatus> {
  const { to } = batchActions[action]
  const { id, status, carrierId } = batch
  const { count } = await tx.recoveryBatch.updateMany({ where: { id, status }, data: { status: to, decidedAt: at } })
  if (count === 0) throw wrongState('batch-changed', 'Somebody else changed the batch meanwhile.')
  const kind = to === 'released' ? 'batch.released' : 'batch.withheld'
  const holdings = await tx.holding.count({ where: { batchId: id } })
  await recordEvent(tx, actor, { subject: `batch:${id}`, kind, carrierId, data: { from: status, holdings } }, at)
  if (to === 'released') await wakeWithheldRuns(tx, id)
  return to
}
