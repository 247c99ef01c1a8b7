import type { Actor } from '@/domain/actor'
import type { Tx } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import type { TicketAct } from '@/domain/triage/joined-inputs'
import { takerOf } from '@/domain/triage/taker'

interface NotedAct {
  act: TicketAct
  /** In codes. */
  reason?: string | null
  /** In words of whoever acts, or a reference, or a day. */
  text?: string
  entryKey?: string | null
}

/** Tells staff, where a ticket is talked about, what one of them did to it. Answers the entry's id. */
export async function noteAct(
  tx: Tx,
  actor: Actor,
  ticket: { id: string; carrierId: string; subscriberId: string },
  { act, reason = null, text = '', entryKey = null }: NotedAct,
  now: Date,
): Promise<string> {
  const writtenBy = takerOf(actor)
  const { language } = await tx.staff.findUniqueOrThrow({ where: { id: writtenBy }, select: { language: true } })
  return addEntry(tx, ticket, { kind: 'note', text, language, writtenBy, entryKey, act, actReason: reason }, now)
}
