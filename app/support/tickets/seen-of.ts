import type { Conversation } from '@/app/support/tickets/load-conversation'

/** What the forms of a ticket carry: nobody answers, or changes, something else than what they read. */
export const seenOf = ({ ticket, events }: Conversation) => ({
  version: String(ticket.version),
  known: String(events.at(-1)?.seq ?? 0),
})
