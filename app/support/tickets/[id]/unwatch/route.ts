import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { unwatchTicket } from '@/domain/triage/unwatch-ticket'

export const POST = formAction('/support/tickets/[id]/unwatch', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, _input, { id: ticketId = '' }) {
    await unwatchTicket(actor, { ticketId })
    return `/support/tickets/${ticketId}?said=unwatched`
  },
})
