import { addStaffMessage } from '@/domain/notification/add-staff-message'
import type { Tx } from '@/domain/transaction'
import { readersOf } from '@/domain/triage/readers-of'

/** What whoever watches a ticket is told of. */
export type WatchedChange = 'replied' | 'escalated' | 'resolved' | 'reopened'

interface Changed {
  id: string
  carrierId: string
  subscriberId: string
}

/**
 * Tells those who watch a ticket what has become of it, in the change's own transaction: each once for one change, but for who
 * made it and who may not read the ticket any more.
 */
export async function tellWatchers(
  tx: Tx,
  ticket: Changed,
  { what, by, change, butNot = [] }: { what: WatchedChange; by: string | null; change: string; butNot?: string[] },
): Promise<void> {
  const { id: ticketId, carrierId } = ticket
  const watchers = await tx.ticketWatcher.findMany({ where: { ticketId }, select: { staffId: true } })
  const told = watchers.flatMap(({ staffId }) => (staffId === by || butNot.includes(staffId) ? [] : [staffId]))
  if (told.length === 0) return
  for (const { id: staffId } of await readersOf(tx, ticket, told)) {
    const dedupKey = `watched:${ticketId}:${change}:${staffId}`
    await addStaffMessage(tx, { template: `watched-${what}`, staffId, carrierId, ticketId, dedupKey })
  }
}
