import { staffRoles } from '@/domain/actor'
import { may } from '@/domain/policy'
import type { Tx } from '@/domain/transaction'

export interface Colleague {
  id: string
  name: string
}

/** Who may read a ticket, of all who work here or of those with these ids: at most 1,000, by name. */
export async function readersOf(
  db: Tx,
  ticket: { carrierId: string; subscriberId: string },
  among?: readonly string[],
): Promise<Colleague[]> {
  const roles = staffRoles.filter(role =>
    may({ role, staffId: '', carrierId: ticket.carrierId, provedAt: null }, 'ticket.read', ticket),
  )
  return db.staff.findMany({
    where: {
      ...(among && { id: { in: [...among] } }),
      ...{ role: { in: roles }, leftAt: null, OR: [{ carrierId: ticket.carrierId }, { carrierId: null }] },
    },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 1_000,
  })
}
