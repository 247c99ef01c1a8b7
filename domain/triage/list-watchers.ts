import { type Actor, actorId } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

export interface Watcher {
  name: string
  self: boolean
}

/** Who watches a ticket, by name, for who works here. */
export async function listWatchers(actor: Actor, ticketId: string): Promise<Watcher[]> {
  const db = reader(actor)
  const ticket = await db.ticket.findFirst({ where: { id: ticketId, ...scope(actor, 'ticket.history') } })
  if (!ticket) throw notFound('ticket')
  const rows = await db.ticketWatcher.findMany({
    where: { ticketId, staff: { leftAt: null } },
    include: { staff: { select: { name: true } } },
    orderBy: [{ staff: { name: 'asc' } }, { staffId: 'asc' }],
  })
  return rows.map(({ staffId, staff }) => ({ name: staff.name, self: staffId === actorId(actor) }))
}
