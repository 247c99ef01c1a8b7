import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { batchActions } from '@/domain/recovery/batch-status'
import type { IntakeProgress } from '@/domain/recovery/intake-progress'
import { concernCarriers } from '@/domain/recovery/store-intake'
import { addTasks } from '@/domain/tasks'
import { type Prisma, transaction } from '@/domain/transaction'

/**
 * Accepts a batch whose bag is valid and quarantines any other. A batch that was decided, or begun anew by another worker,
 * meanwhile stays as it is.
 */
export async function decideIntake(actor: Actor, batchId: string, progress: IntakeProgress): Promise<void> {
  const action = progress.faulty ? 'quarantine' : 'accept'
  await transaction(actor, async tx => {
    const { count } = await tx.recoveryBatch.updateMany({
      where: { id: batchId, status: { in: [...batchActions[action].from] }, ...progress.standing },
      data: {
        status: batchActions[action].to,
        decidedAt: new Date(),
        findings: progress.findings as unknown as Prisma.InputJsonValue,
      },
    })
    if (count === 0) return
    const { carrierId } = await tx.recoveryBatch.findUniqueOrThrow({ where: { id: batchId } })
    await concernCarriers(tx, batchId)
    // What it brought of people who were erased is taken out of the bag; where nobody was, there is nothing to do.
    if ((await tx.erasedAccount.count()) > 0)
      await addTasks(tx, [{ job: 'clear-erased', payload: { batchId }, carrierId, onceKey: `clear:${batchId}` }])
    const holdings = await tx.holding.count({ where: { batchId } })
    const exceptions = await tx.batchException.count({ where: { batchId } })
    await recordEvent(tx, actor, {
      subject: `batch:${batchId}`,
      kind: action === 'accept' ? 'batch.accepted' : 'batch.quarantined',
      carrierId,
      data: { holdings, exceptions },
    })
  })
}
