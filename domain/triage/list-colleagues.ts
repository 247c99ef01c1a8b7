import { type Actor, staffRoles } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { reader, type Tx } from '@/domain/transaction'

export interface Colleague {
  id: string
  name: string
}

/** Who else may read a ticket, by name: whom a note may name. At most 1,000. */
export async function listColleagues(actor: Actor, ticketId: string): Promise<Colleague[]> {
  const where = { id: ticketId, ...scope(actor, 'ticket.note') }
  const ticket = await reader(actor).ticket.findFirst({ where })
  if (!ticket) throw notFound('ticket')
  const all = await readersOf(reader(actor), ticket)
  return all.filter(({ id }) => !('staffId' in actor) || id !== actor.staffId)
}

export async function readersOf(db: Tx, ticket: { carrierId: string; subscriberId: string }): Promise<Colleague[]> {
  const roles = staffRoles.filter(role =>
    may({ role, staffId: '', carrierId: ticket.carrierId, provedAt: null }, 'ticket.read', ticket),
  )
  return db.staff.findMany({
    where: { role: { in: roles }, leftAt: null, OR: [{ carrierId: ticket.carrierId }, { carrierId: null }] },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 1_000,
  })
}
