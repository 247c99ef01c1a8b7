import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** A ticket: somebody said "this was not me", and everything of theirs stands still. */
export interface OpenFreeze {
  id: string
  subscriberId: string
  /** The carrier's id for them. */
  accountId: string
  name: string | null
  carrierName: string
  source: 'link' | 'own'
  openedAt: Date
  /** Null: nobody has asked to end it yet. */
  askedAt: Date | null
  /** Whether it was the reader who asked: then another person has to agree. */
  askedBySelf: boolean
}

const longest = 200

/** Freezes that are not over, the oldest first. */
export async function listFreezes(actor: Actor): Promise<OpenFreeze[]> {
  const rows = await reader(actor).freeze.findMany({
    where: { endedAt: null, ...scope(actor, 'freeze.list') },
    include: { subscriber: { include: { carrier: { select: { name: true } } } } },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    take: longest,
  })
  return rows.map(({ id, subscriberId, subscriber, source, openedAt, askedAt, askedBy }) => ({
    id,
    subscriberId,
    accountId: subscriber.accountId,
    name: subscriber.name,
    carrierName: subscriber.carrier.name,
    source: source === 'link' ? 'link' : 'own',
    openedAt,
    askedAt,
    askedBySelf: 'staffId' in actor && actor.staffId === askedBy,
  }))
}
