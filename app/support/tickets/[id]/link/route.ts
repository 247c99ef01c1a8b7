import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { readWhich } from '@/app/support/mass/which-incident'
import { pageOfTicket } from '@/app/support/ticket-page'
import { linkTicket } from '@/domain/triage/link-ticket'

export const POST = formAction('/support/tickets/[id]/link', {
  input: z.object({ incidentId: z.string().default('') }),
  back: pageOfTicket,
  async act({ actor }, { incidentId }, params, fields) {
    await linkTicket(actor, { ticketId: params.id!, ...readWhich(incidentId) })
    return pageOfTicket(fields, params)
  },
})
