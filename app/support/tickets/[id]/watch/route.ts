import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { watchTicket } from '@/domain/triage/watch-ticket'

export const POST = formAction('/support/tickets/[id]/watch', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, _input, { id: ticketId = '' }) {
    await watchTicket(actor, { ticketId })
    return `/support/tickets/${ticketId}?said=watched`
  },
})
