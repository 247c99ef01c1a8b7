import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { pageOfTicket } from '@/app/support/ticket-page'
import { unlinkTicket } from '@/domain/triage/unlink-ticket'

export const POST = formAction('/support/tickets/[id]/unlink', {
  input: z.object({}),
  back: pageOfTicket,
  async act({ actor }, _input, params, fields) {
    await unlinkTicket(actor, { ticketId: params.id! })
    return pageOfTicket(fields, params)
  },
})
