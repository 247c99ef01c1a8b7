import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { removeEntry } from '@/domain/triage/remove-entry'
import { removeReasons } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/remove', {
  input: z.object({
    ...seenTicket,
    entry: z.uuid({ error: 'form-key' }),
    removeReason: z.enum(removeReasons, { error: 'remove-reason-missing' }),
  }),
  back: ({ entry }, { id }) => `/support/tickets/${id}${typeof entry === 'string' ? `#entry-${entry}` : ''}`,
  async act({ actor }, { version, known, entry: entryId, removeReason: reason }, { id: ticketId = '' }) {
    const asked = { actor, ticketId, kind: 'ticket.entry-removed', known } as const
    await actOnce(asked, () => removeEntry(actor, { ticketId, version, entryId, reason }))
    return `/support/tickets/${ticketId}?said=removed`
  },
})
