import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { takeTicket } from '@/domain/triage/take-ticket'

export const POST = formAction('/support/tickets/[id]/take', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, _input, { id: ticketId = '' }) {
    await takeTicket(actor, { ticketId })
    return `/support/tickets/${ticketId}`
  },
})
