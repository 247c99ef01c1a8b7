import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import type { EventKind } from '@/domain/events'
import { readTicketTimeline } from '@/domain/triage/read-ticket-timeline'

/** What the forms of a ticket carry: the version that was shown, and the last event that was. */
export const seenTicket = {
  version: z.coerce.number().int().min(1),
  known: z.coerce.number().int().min(0).default(0),
}

/** Takes a refusal for success where the very next thing since the page was shown is that the same person did just this. */
export async function actOnce(
  { actor, ticketId, kind, known }: { actor: Actor; ticketId: string; kind: EventKind; known: number },
  verb: () => Promise<unknown>,
): Promise<void> {
  try {
    await verb()
  } catch (error) {
    if (!(error instanceof Refusal) || (error.kind !== 'stale' && error.kind !== 'wrong-state')) throw error
    const next = (await readTicketTimeline(actor, ticketId)).find(({ seq }) => seq > known)
    if (next?.kind !== kind || !next.by.self) throw error
  }
}
