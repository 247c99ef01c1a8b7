import { isWorthRetrying } from '@/domain/notice/delivery-reasons'
import { reader } from '@/domain/transaction'
import type { BroadcastStatus, Channel, DeliveryStatus } from '@/prisma/generated/enums'

/** A message to many about an incident, and what became of it. */
export interface Told {
  broadcastId: string
  /** The statement it tells; null: that there is a look back. */
  number: number | null
  status: BroadcastStatus
  createdAt: Date
  endedAt: Date | null
  counts: { channel: Channel; status: DeliveryStatus; count: number }[]
  /** Of those that failed or bounced, how many another try could help. */
  retryable: number
}

/** The newest messages about an incident, the newest first. For finders that have asked who reads. */
export async function findTold(
  incident: { id: string; updates: { id: string; number: number }[] },
  most: number,
): Promise<Told[]> {
  const broadcasts = await reader('every-carrier').broadcast.findMany({
    where: { incidentId: incident.id },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most,
  })
  const rows = await reader('every-carrier').delivery.groupBy({
    by: ['broadcastId', 'channel', 'status', 'reason'],
    where: { broadcastId: { in: broadcasts.map(({ id }) => id) } },
    _count: { _all: true },
  })
  return broadcasts.map(({ id: broadcastId, updateId, status, createdAt, endedAt }) => {
    const own = rows.filter(row => row.broadcastId === broadcastId)
    const counts: Told['counts'] = []
    for (const { channel, status: settled, _count } of own) {
      const known = counts.find(one => one.channel === channel && one.status === settled)
      if (known) known.count += _count._all
      else counts.push({ channel, status: settled, count: _count._all })
    }
    const retryable = own
      .filter(one => (one.status === 'bounced' || one.status === 'failed') && isWorthRetrying(one.reason))
      .reduce((sum, one) => sum + one._count._all, 0)
    const number = incident.updates.find(({ id }) => id === updateId)?.number ?? null
    return { broadcastId, number, status, createdAt, endedAt, counts, retryable }
  })
}
