import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { endBulk } from '@/domain/decision/end-bulk'
import { notFound, wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const stopInput = z.object({ bulkId: z.uuid() })

/** Stops an approval of many: anybody who may begin one. What was approved stays so; nothing more is. */
export async function stopBulk(actor: Actor, input: z.input<typeof stopInput>, now = new Date()): Promise<void> {
  const { bulkId } = parseInput(stopInput, input)
  await transaction(actor, async tx => {
    const bulk = await tx.bulkApproval.findUnique({ where: { id: bulkId } })
    const carrierId = bulk?.carrierId ?? null
    authorize(actor, 'bulk.approve', { carrierId, subscriberId: null }, 'approval of many')
    if (!bulk) throw notFound('approval of many')
    if (!(await endBulk(tx, actor, bulk, 'by-hand', now)))
      throw wrongState('bulk-over', 'This approval of many does not run any more.')
  })
}
