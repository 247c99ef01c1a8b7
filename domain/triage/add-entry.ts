import type { Tx } from '@/domain/transaction'
import type { TicketEntry } from '@/prisma/generated/client'

type NewEntry = Pick<TicketEntry, 'kind' | 'text' | 'language' | 'writtenBy'> &
  Partial<Pick<TicketEntry, 'entryKey' | 'messageId' | 'mentions' | 'trimmed' | 'act' | 'actReason'>>

/** One thing that was said in a ticket, in the caller's transaction, which holds the ticket's row. Answers its id. */
export async function addEntry(
  tx: Tx,
  { id: ticketId, carrierId, subscriberId }: { id: string; carrierId: string; subscriberId: string },
  entry: NewEntry,
  at: Date,
): Promise<string> {
  const data = { ticketId, carrierId, subscriberId, ...entry, at }
  return (await tx.ticketEntry.create({ data, select: { id: true } })).id
}

/** What the form with this key has entered already, or null. */
export async function enteredBefore(tx: Tx, ticketId: string, entryKey: string | null): Promise<string | null> {
  if (entryKey === null) return null
  const before = await tx.ticketEntry.findUnique({ where: { ticketId_entryKey: { ticketId, entryKey } } })
  return before?.id ?? null
}
