import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'

/** Who may have a ticket: a person who works here. */
export function takerOf(actor: Actor): string {
  if ('staffId' in actor) return actor.staffId
  throw new Refusal('not-allowed', 'not-allowed', 'Tickets are taken by people who work here.')
}
