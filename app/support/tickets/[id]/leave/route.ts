import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { leaveTicket } from '@/domain/triage/leave-ticket'

export const POST = formAction('/support/tickets/[id]/leave', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, _input, { id: ticketId = '' }) {
    await leaveTicket(actor, { ticketId })
    return `/support/tickets/${ticketId}`
  },
})
