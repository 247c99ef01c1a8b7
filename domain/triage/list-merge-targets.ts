import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** The tickets that one could go on in: others of the same subscriber, the newest 50, that are not merged themselves. */
export async function listMergeTargets(actor: Actor, ticketId: string) {
  const db = reader(actor)
  const ticket = await db.ticket.findFirst({ where: { id: ticketId, ...scope(actor, 'ticket.merge') } })
  if (!ticket) throw notFound('ticket')
  const { subscriberId, carrierId } = ticket
  return db.ticket.findMany({
    where: { subscriberId, carrierId, mergedInto: null, id: { not: ticketId } },
    select: { id: true, reference: true, kind: true, status: true },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: 50,
  })
}
