import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { pageOfTicket } from '@/app/support/ticket-page'
import { tagTicket } from '@/domain/triage/tag-ticket'

export const POST = formAction('/support/tickets/[id]/tag', {
  input: z.object({ tag: z.string().default('') }),
  back: pageOfTicket,
  async act({ actor }, { tag }, params, fields) {
    await tagTicket(actor, { ticketId: params.id!, tag })
    return pageOfTicket(fields, params)
  },
})
