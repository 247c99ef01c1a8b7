import type { Actor } from '@/domain/actor'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'

interface ListedException {
  id: string
  /** Below the batch's folder; what it is not about a file of its own names a line of one. */
  path: string
  /** A code of messages: reasons.exceptions. */
  reason: string
  detail: string | null
}

interface ExceptionPage {
  exceptions: ListedException[]
  /** The id to go on after; null on the last page. */
  next: string | null
}

/** What a batch holds that could not be placed, by path, a page at a time by keyset. */
export async function listExceptions(
  actor: Actor,
  { batchId, reason, after, take = 50 }: { batchId: string; reason?: string; after?: string; take?: number },
): Promise<ExceptionPage> {
  authorize(actor, 'batch.read', { carrierId: null, subscriberId: null }, 'batch')
  const rows = await reader(actor).batchException.findMany({
    where: { batchId, ...(reason === undefined ? {} : { reason }) },
    orderBy: [{ path: 'asc' }, { reason: 'asc' }],
    select: { id: true, path: true, reason: true, detail: true },
    take: take + 1,
    ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
  })
  const exceptions = rows.slice(0, take)
  return { exceptions, next: rows.length > take ? exceptions.at(-1)!.id : null }
}

/** How many exceptions a batch has for each reason, the most frequent first. */
export async function countExceptions(actor: Actor, batchId: string): Promise<{ reason: string; count: number }[]> {
  authorize(actor, 'batch.read', { carrierId: null, subscriberId: null }, 'batch')
  const rows = await reader(actor).batchException.groupBy({
    by: ['reason'],
    where: { batchId },
    _count: { _all: true },
    orderBy: { _count: { reason: 'desc' } },
  })
  return rows.map(row => ({ reason: row.reason, count: row._count._all }))
}
