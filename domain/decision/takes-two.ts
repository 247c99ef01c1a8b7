import { aloneAtMost } from '@/domain/decision/bulk-filter'
import type { Tx } from '@/domain/transaction'

const dayMs = 24 * 3_600_000

/** Many small ones are one large one: what a person has begun alone within a day counts together. */
export async function takesTwo(tx: Tx, askedBy: string, count: number, now: Date): Promise<boolean> {
  const since = { gt: new Date(now.getTime() - dayMs) }
  const [bulks, acts] = await Promise.all([
    tx.bulkApproval.aggregate({ where: { askedBy, decision: null, askedAt: since }, _sum: { counted: true } }),
    tx.massAct.aggregate({
      where: { askedBy, kind: 'approve', decision: null, begunAt: since },
      _sum: { counted: true },
    }),
  ])
  return (bulks._sum.counted ?? 0) + (acts._sum.counted ?? 0) + count > aloneAtMost
}
