import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { allows } from '@/domain/restore/request-status'
import { isWaitReason, type WaitReason, waitReasons } from '@/domain/restore/wait-reason'
import { reader } from '@/domain/transaction'

/** A restore that waits for us, not for its subscriber. */
export interface HaltedRequest {
  id: string
  reference: string
  carrierName: string
  waitReason: WaitReason
  /** When it began to wait; null where nobody noted it. */
  since: Date | null
  /** When it is tried again by itself; null: never. */
  nextTryAt: Date | null
  resumable: boolean
}

/** Requests that wait for something only staff can put right, the longest waiting first. At most `limit`. */
export async function listHaltedRequests(actor: Actor, limit = 200): Promise<HaltedRequest[]> {
  const ours = Object.entries(waitReasons).flatMap(([reason, { needs }]) => (needs === 'support' ? [reason] : []))
  const rows = await reader(actor).restoreRequest.findMany({
    where: { ...scope(actor, 'queue.read'), status: { in: ['waiting', 'held'] }, waitReason: { in: ours } },
    include: {
      subscriber: { select: { carrier: { select: { name: true } } } },
      runs: { orderBy: { createdAt: 'desc' }, take: 1, select: { id: true } },
    },
    orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  const [waits, tasks] = await Promise.all([
    reader(actor).event.groupBy({
      by: ['subject'],
      where: {
        subject: { in: rows.map(({ id }) => `request:${id}`) },
        kind: { in: ['request.waiting', 'request.held'] },
      },
      _max: { at: true },
    }),
    reader(actor).task.findMany({
      where: {
        status: { in: ['waiting', 'queued'] },
        onceKey: { in: rows.flatMap(({ runs }) => runs.map(run => `run:${run.id}`)) },
      },
      select: { onceKey: true, runAt: true },
    }),
  ])
  const halted = rows.flatMap(({ id, reference, subscriber, status, waitReason, runs }): HaltedRequest[] => {
    if (!isWaitReason(waitReason)) return []
    const since = waits.find(({ subject }) => subject === `request:${id}`)?._max.at ?? null
    const nextTryAt = tasks.find(({ onceKey }) => onceKey === `run:${runs[0]?.id}`)?.runAt ?? null
    const carrierName = subscriber.carrier.name
    return [{ id, reference, carrierName, waitReason, since, nextTryAt, resumable: allows('resume', status) }]
  })
  return halted.sort((a, b) => (a.since?.getTime() ?? 0) - (b.since?.getTime() ?? 0))
}
