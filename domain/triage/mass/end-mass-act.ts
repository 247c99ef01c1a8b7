import { type Actor, actorId } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import type { Tx } from '@/domain/transaction'

/** Why an act on many ended before its end. `replaced`: begun as an approval of many, which there is no more (0044); none ends so now. */
export const massStopReasons = ['by-hand', 'not-approved', 'no-right', 'replaced'] as const
export type MassStopReason = (typeof massStopReasons)[number]

/** Ends one that runs, once, with what became of it; a step of the caller's transaction. Answers whether it was this one. */
export async function endMassAct(
  tx: Tx,
  actor: Actor,
  { id, carrierId }: { id: string; carrierId: string | null },
  stopReason: MassStopReason | null,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.massAct.updateMany({
    where: { id, status: 'running' },
    data: {
      ...{ status: stopReason === null ? 'done' : 'stopped', stopReason, endedAt: now },
      stoppedBy: stopReason === null ? null : actorId(actor),
    },
  })
  if (count === 0) return false
  const [done, of] = await Promise.all([
    tx.massTarget.count({ where: { massActId: id, outcome: { in: ['done', 'half'] } } }),
    tx.massTarget.count({ where: { massActId: id } }),
  ])
  const kind = stopReason === null ? 'mass.finished' : 'mass.stopped'
  const data = { done, of, reason: stopReason }
  await recordEvent(tx, actor, { subject: `mass:${id}`, kind, carrierId, data }, now)
  return true
}
