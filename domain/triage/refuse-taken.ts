import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'

/** Refuses where a colleague works on the request's ticket now: two people do not decide the same case side by side. */
export async function refuseTaken(tx: Tx, actor: Actor, requestId: string, now: Date): Promise<void> {
  const others = 'staffId' in actor ? { takenBy: { not: actor.staffId } } : {}
  const taken = await tx.ticket.count({ where: { requestId, takenUntil: { gt: now }, ...others } })
  if (taken > 0) throw wrongState('taken', 'A colleague is working on this request.')
}
