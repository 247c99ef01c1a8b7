import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { type Colleague, readersOf } from '@/domain/triage/readers-of'

/** Who else may read a ticket, by name: whom a note may name. At most 1,000. */
export async function listColleagues(actor: Actor, ticketId: string): Promise<Colleague[]> {
  const where = { id: ticketId, ...scope(actor, 'ticket.note') }
  const ticket = await reader(actor).ticket.findFirst({ where })
  if (!ticket) throw notFound('ticket')
  const all = await readersOf(reader(actor), ticket)
  return all.filter(({ id }) => !('staffId' in actor) || id !== actor.staffId)
}
