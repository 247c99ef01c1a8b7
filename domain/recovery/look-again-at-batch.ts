import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { authorize } from '@/domain/policy'
import { allowsBatch, batchActions } from '@/domain/recovery/batch-status'
import { transaction } from '@/domain/transaction'

/**
 * Sends a quarantined batch, which somebody has repaired in backup storage, through intake once more. Not while people are
 * deciding on it: their word was about what it held then.
 */
export async function lookAgainAtBatch(actor: Actor, batchId: string): Promise<void> {
  authorize(actor, 'batch.look', { carrierId: null, subscriberId: null }, 'batch')
  await transaction(actor, async tx => {
    const batch = await tx.recoveryBatch.findUnique({ where: { id: batchId }, include: { decisions: { take: 1 } } })
    if (!batch) throw notFound('batch')
    if (!allowsBatch('look-again', batch.status) || batch.decisions.length > 0) {
      throw wrongState('batch-decided', 'Only a quarantined batch that nobody has decided on is looked at again.')
    }
    const { count } = await tx.recoveryBatch.updateMany({
      where: { id: batchId, status: { in: [...batchActions['look-again'].from] } },
      data: {
        status: batchActions['look-again'].to,
        decidedAt: null,
        seenOctets: null,
        seenFiles: null,
        seenAt: null,
        checkedFiles: 0,
        findings: [],
      },
    })
    if (count === 0) throw wrongState('batch-decided', 'The batch is not quarantined any more.')
    await recordEvent(tx, actor, {
      subject: `batch:${batchId}`,
      kind: 'batch.found',
      carrierId: batch.carrierId,
      data: { again: true },
    })
  })
}
