import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { endHold } from '@/domain/triage/hold-ticket'

export const POST = formAction('/support/tickets/[id]/hold/end', {
  input: z.object(seenTicket),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known }, { id: ticketId = '' }) {
    await actOnce({ actor, ticketId, kind: 'ticket.hold-ended', known }, () => endHold(actor, { ticketId, version }))
    return `/support/tickets/${ticketId}?said=hold-ended`
  },
})
