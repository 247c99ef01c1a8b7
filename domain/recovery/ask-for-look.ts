import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

/** The button "look for new batches": a worker looks, soon. */
export async function askForLook(actor: Actor): Promise<void> {
  authorizeEver(actor, 'batch.look')
  await transaction(actor, tx =>
    recordEvent(tx, actor, { subject: 'task:look-for-batches', kind: 'batch.look-asked', carrierId: null }),
  )
}
