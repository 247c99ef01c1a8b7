import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { reopenTicket } from '@/domain/triage/resolve-ticket'
import { reopenReasons } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/reopen', {
  input: z.object({ ...seenTicket, reopenReason: z.enum(reopenReasons, { error: 'reopen-reason-missing' }) }),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known, reopenReason: reason }, { id: ticketId = '' }) {
    const asked = { actor, ticketId, kind: 'ticket.reopened', known } as const
    await actOnce(asked, () => reopenTicket(actor, { ticketId, version, reason }))
    return `/support/tickets/${ticketId}?said=reopened`
  },
})
