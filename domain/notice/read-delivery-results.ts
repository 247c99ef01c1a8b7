import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { isWorthRetrying } from '@/domain/notice/delivery-reasons'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { Broadcast } from '@/prisma/generated/client'
import type { BroadcastStatus, Channel, DeliveryStatus, NoticeStatus } from '@/prisma/generated/enums'

export interface FailedDelivery {
  id: string
  channel: Channel
  status: DeliveryStatus
  /** A code. */
  reason: string | null
  /** Enough to recognise somebody by, not to write to them; null where nobody of the carrier's is meant. */
  recipient: string | null
  at: Date | null
}

export interface DeliveryResults {
  broadcastId: string
  /** "notice": the notice itself; "notice-withdrawn": that it is taken back. */
  kind: string
  status: BroadcastStatus
  createdAt: Date
  counts: { channel: Channel; status: DeliveryStatus; count: number }[]
  /** Of those that failed or bounced, how many another try could help; none where nothing more of it may go out. */
  retryable: number
  /** The newest of those that failed or bounced, at most 100. */
  failures: FailedDelivery[]
}

const mostFailures = 100

/** What became of telling people of a notice: one entry each time that many were told, the first of them first. */
export async function readDeliveryResults(actor: Actor, noticeId: string): Promise<DeliveryResults[]> {
  const notice = await reader(actor).notice.findUnique({
    where: { id: noticeId },
    select: { carrierId: true, status: true },
  })
  authorize(actor, 'delivery.read', { carrierId: notice?.carrierId ?? null, subscriberId: null }, 'notice')
  if (!notice) throw notFound('notice')
  const broadcasts = await reader(actor).broadcast.findMany({ where: { noticeId }, orderBy: { createdAt: 'asc' } })
  return Promise.all(broadcasts.map(broadcast => resultsOf(actor, broadcast, notice.status)))
}

async function resultsOf(
  actor: Actor,
  { id: broadcastId, kind, status, createdAt }: Broadcast,
  noticeStatus: NoticeStatus,
): Promise<DeliveryResults> {
  const [counted, troubled, failures] = await Promise.all([
    reader(actor).delivery.groupBy({ by: ['channel', 'status'], where: { broadcastId }, _count: { _all: true } }),
    reader(actor).delivery.groupBy({
      by: ['reason'],
      where: { broadcastId, status: { in: ['bounced', 'failed'] } },
      _count: { _all: true },
    }),
    failuresOf(actor, broadcastId),
  ])
  const counts = counted.map(row => ({ channel: row.channel, status: row.status, count: row._count._all }))
  const over = status === 'stopped' || (kind === 'notice' && noticeStatus !== 'published')
  const worth = over ? [] : troubled.filter(({ reason }) => isWorthRetrying(reason))
  const retryable = worth.reduce((sum, { _count }) => sum + _count._all, 0)
  return { broadcastId, kind, status, createdAt, counts, retryable, failures }
}

async function failuresOf(actor: Actor, broadcastId: string): Promise<FailedDelivery[]> {
  const rows = await reader(actor).delivery.findMany({
    where: { broadcastId, status: { in: ['bounced', 'failed'] } },
    orderBy: { id: 'desc' },
    take: mostFailures,
  })
  const ids = rows.flatMap(row => row.subscriberId ?? [])
  const people = await reader(actor).subscriber.findMany({
    where: { id: { in: ids } },
    select: { id: true, email: true, accountId: true },
  })
  return rows.map(({ id, channel, status, reason, subscriberId, settledAt }) => {
    const person = people.find(one => one.id === subscriberId)
    const recipient = person === undefined ? null : masked(channel === 'mail' ? person.email : person.accountId)
    return { id: String(id), channel, status, reason, recipient, at: settledAt }
  })
}

/** "m…s@harbor.example", "H…2": the first and the last letter, and a mail address's domain. */
export function masked(name: string): string {
  const at = name.lastIndexOf('@')
  const letters = [...(at === -1 ? name : name.slice(0, at))]
  const shown = letters.length < 3 ? '…' : `${letters[0]}…${letters.at(-1)}`
  return at === -1 ? shown : `${shown}${name.slice(at)}`
}
