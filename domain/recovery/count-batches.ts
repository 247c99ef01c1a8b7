import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { BatchStatus } from '@/prisma/generated/enums'

/** How many batches stand in each state; states that none is in are missing. */
export async function countBatches(actor: Actor): Promise<Partial<Record<BatchStatus, number>>> {
  authorizeEver(actor, 'batch.list')
  const rows = await reader(actor).recoveryBatch.groupBy({ by: ['status'], _count: { _all: true } })
  return Object.fromEntries(rows.map(row => [row.status, row._count._all]))
}
