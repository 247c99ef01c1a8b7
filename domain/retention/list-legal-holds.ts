import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { HoldScope } from '@/prisma/generated/enums'

export interface ListedHold {
  id: string
  scope: HoldScope
  /** A subscriber's account id, a carrier's name, an incident's slug; null where there is none of them any more. */
  subject: string | null
  reason: string
  reference: string
  placedAt: Date
  /** Null: nobody has asked to end it. */
  endAskedAt: Date | null
  /** Whether it was the reader who asked: then another person has to agree. */
  askedBySelf: boolean
  endedAt: Date | null
}

/** Legal holds, those that stand first, then the newest. */
export async function listLegalHolds(actor: Actor, atMost = 200): Promise<ListedHold[]> {
  authorizeEver(actor, 'legal-hold.read')
  const db = reader(actor)
  const rows = await db.legalHold.findMany({
    orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { placedAt: 'desc' }, { id: 'desc' }],
    take: atMost,
  })
  const ids = (scope: HoldScope) => rows.filter(row => row.scope === scope).map(row => row.subjectId)
  const [people, carriers, incidents] = await Promise.all([
    db.subscriber.findMany({ where: { id: { in: ids('subscriber') } }, select: { id: true, accountId: true } }),
    db.carrier.findMany({ where: { id: { in: ids('carrier') } }, select: { id: true, name: true } }),
    db.incident.findMany({ where: { id: { in: ids('incident') } }, select: { id: true, slug: true } }),
  ])
  const names = new Map([
    ...people.map(one => [one.id, one.accountId] as const),
    ...carriers.map(one => [one.id, one.name] as const),
    ...incidents.map(one => [one.id, one.slug] as const),
  ])
  return rows.map(({ id, scope, subjectId, reason, reference, placedAt, endAskedAt, endAskedBy, endedAt }) => {
    const askedBySelf = 'staffId' in actor && actor.staffId === endAskedBy
    const subject = names.get(subjectId) ?? null
    return { id, scope, subject, reason, reference, placedAt, endAskedAt, askedBySelf, endedAt }
  })
}
