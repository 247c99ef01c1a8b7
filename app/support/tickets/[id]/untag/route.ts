import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { pageOfTicket } from '@/app/support/ticket-page'
import { untagTicket } from '@/domain/triage/tag-ticket'

export const POST = formAction('/support/tickets/[id]/untag', {
  input: z.object({ tag: z.string().default('') }),
  back: pageOfTicket,
  async act({ actor }, { tag }, params, fields) {
    await untagTicket(actor, { ticketId: params.id!, tag })
    return pageOfTicket(fields, params)
  },
})
