import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize, authorizeEver } from '@/domain/policy'
import { type ErasureReason, isErasureReason } from '@/domain/retention/erasure-status'
import { reader } from '@/domain/transaction'
import type { Erasure } from '@/prisma/generated/client'
import type { ErasureStatus } from '@/prisma/generated/enums'

export interface ListedErasure {
  id: string
  subscriberId: string
  /** The carrier's id for them; null once there is nobody any more. */
  accountId: string | null
  carrierName: string
  status: ErasureStatus
  source: 'own' | 'staff'
  askedAt: Date
  /** Whether it was the reader who asked: then another person decides. */
  askedBySelf: boolean
  dueAt: Date | null
  endedAt: Date | null
  waitReason: ErasureReason | null
}

/** Erasures, those that are not over first, then the newest. */
export async function listErasures(actor: Actor, atMost = 200): Promise<ListedErasure[]> {
  authorizeEver(actor, 'erasure.read')
  const db = reader(actor)
  const rows = await db.erasure.findMany({
    orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { askedAt: 'desc' }, { id: 'desc' }],
    take: atMost,
  })
  const [people, carriers] = await Promise.all([
    db.subscriber.findMany({
      where: { id: { in: rows.flatMap(row => (row.status === 'running' ? [] : row.subscriberId)) } },
      select: { id: true, accountId: true },
    }),
    db.carrier.findMany({ select: { id: true, name: true } }),
  ])
  const accountIds = new Map(people.map(one => [one.id, one.accountId]))
  const names = new Map(carriers.map(one => [one.id, one.name]))
  return rows.map(row => ({
    id: row.id,
    subscriberId: row.subscriberId,
    accountId: accountIds.get(row.subscriberId) ?? null,
    carrierName: names.get(row.carrierId) ?? '',
    status: row.status,
    source: sourceOf(row),
    askedAt: row.askedAt,
    askedBySelf: 'staffId' in actor && actor.staffId === row.askedBy,
    dueAt: row.dueAt,
    endedAt: row.endedAt,
    waitReason: isErasureReason(row.waitReason) ? row.waitReason : null,
  }))
}

export interface OwnErasure {
  id: string
  status: 'asked' | 'approved'
  source: 'own' | 'staff'
  askedAt: Date
  /** When it will be done; null before somebody has decided. */
  dueAt: Date | null
}

/** A subscriber's erasure that has been asked for and can still be taken back, or null. */
export async function readOpenErasure(
  actor: Actor,
  { subscriberId }: { subscriberId: string },
): Promise<OwnErasure | null> {
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  authorize(actor, 'erasure.read', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  const row = await reader(actor).erasure.findFirst({
    where: { subscriberId, status: { in: ['asked', 'approved'] } },
  })
  if (!row) return null
  const { id, status, askedAt, dueAt } = row
  return { id, status: status === 'approved' ? 'approved' : 'asked', source: sourceOf(row), askedAt, dueAt }
}

const sourceOf = ({ source }: Erasure): 'own' | 'staff' => (source === 'own' ? 'own' : 'staff')
