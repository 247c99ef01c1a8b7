import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { BatchStatus } from '@/prisma/generated/enums'

export interface ListedBatch {
  id: string
  name: string
  status: BatchStatus
  incident: string | null
  carrier: string | null
  asOf: Date | null
  /** Payload as last seen. */
  seenFiles: number | null
  seenOctets: number | null
  checkedFiles: number
  exceptions: number
  createdAt: Date
  decidedAt: Date | null
}

/** Batches, the newest first; `after` is the id of the last one seen. */
export async function listBatches(
  actor: Actor,
  { status, after, limit = 50 }: { status?: BatchStatus; after?: string; limit?: number } = {},
): Promise<ListedBatch[]> {
  authorizeEver(actor, 'batch.list')
  const rows = await reader(actor).recoveryBatch.findMany({
    where: { ...(status ? { status } : {}), ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: 'desc' },
    take: limit,
    include: { incident: { select: { slug: true } }, _count: { select: { exceptions: true } } },
  })
  const carrierIds = rows.flatMap(row => row.carrierId ?? [])
  const carriers = await reader(actor).carrier.findMany({
    where: { id: { in: carrierIds } },
    select: { id: true, slug: true },
  })
  return rows.map(({ incident, carrierId, _count, seenOctets, ...row }) => ({
    id: row.id,
    name: row.name,
    status: row.status,
    incident: incident?.slug ?? null,
    carrier: carriers.find(carrier => carrier.id === carrierId)?.slug ?? null,
    asOf: row.asOf,
    seenFiles: row.seenFiles,
    seenOctets: seenOctets === null ? null : Number(seenOctets),
    checkedFiles: row.checkedFiles,
    exceptions: _count.exceptions,
    createdAt: row.createdAt,
    decidedAt: row.decidedAt,
  }))
}
