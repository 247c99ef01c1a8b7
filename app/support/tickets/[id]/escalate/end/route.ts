import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { settleTicket } from '@/domain/triage/escalate-ticket'

export const POST = formAction('/support/tickets/[id]/escalate/end', {
  input: z.object(seenTicket),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known }, { id: ticketId = '' }) {
    await actOnce({ actor, ticketId, kind: 'ticket.settled', known }, () => settleTicket(actor, { ticketId, version }))
    return `/support/tickets/${ticketId}?said=settled`
  },
})
