import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import type { Tx } from '@/domain/transaction'
import type { PublicPromise } from '@/prisma/generated/client'

interface Said {
  incidentId: string
  number: number
  publishedAt: Date
  /** Promises in words of their own that the statement says are kept. */
  keeps: string[]
}

/**
 * What a statement does to earlier promises: it keeps the one of a next statement, and those it names; said after the
 * due time they stay missed, with the time they were kept after all.
 */
export async function settlePromises(tx: Tx, actor: Actor, said: Said): Promise<void> {
  const { incidentId, keeps, publishedAt } = said
  const known = await tx.publicPromise.findMany({ where: { incidentId }, orderBy: { dueAt: 'asc' } })
  const own = known.filter(one => one.kind !== 'next_update' && keeps.includes(one.id))
  if (own.length !== new Set(keeps).size || own.some(one => one.status === 'kept' || one.keptLateAt !== null))
    throw badInput(
      'keeps',
      'promise-unknown',
      'A promise that the statement keeps is none of this incident, or is settled.',
    )
  const next = known.filter(
    one =>
      one.kind === 'next_update' &&
      one.madeAt <= publishedAt &&
      (one.status === 'pending' || (one.status === 'missed' && one.keptLateAt === null)),
  )
  for (const promise of [...next, ...own]) await settle(tx, actor, promise, said)
}

async function settle(
  tx: Tx,
  actor: Actor,
  promise: PublicPromise,
  { incidentId, number, publishedAt }: Said,
): Promise<void> {
  // Also where the watch came between: what was said in time, and written down a moment later, was said in time.
  const inTime = publishedAt <= promise.dueAt
  await tx.publicPromise.update({
    where: { id: promise.id },
    data: inTime
      ? { status: 'kept', settledAt: publishedAt, settledBy: number }
      : { status: 'missed', settledAt: promise.settledAt ?? promise.dueAt, settledBy: number, keptLateAt: publishedAt },
  })
  const kind = inTime ? 'promise.kept' : 'promise.missed'
  await recordEvent(tx, actor, {
    subject: `incident:${incidentId}`,
    kind,
    carrierId: null,
    data: { promiseId: promise.id, number, late: !inTime },
  })
}
