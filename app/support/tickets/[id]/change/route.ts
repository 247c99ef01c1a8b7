import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { changeTicket } from '@/domain/triage/change-ticket'
import { priorities, questionKinds } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/change', {
  input: z.object({
    ...seenTicket,
    kind: z.enum(questionKinds, { error: 'kind-missing' }).optional(),
    priority: z.enum(priorities, { error: 'priority-missing' }),
  }),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known, kind, priority }, { id: ticketId = '' }) {
    const change = { ticketId, version, priority, ...(kind && { kind }) }
    await actOnce({ actor, ticketId, kind: 'ticket.changed', known }, () => changeTicket(actor, change))
    return `/support/tickets/${ticketId}?said=changed`
  },
})
