import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { resolveTicket } from '@/domain/triage/resolve-ticket'
import { resolveReasons } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/resolve', {
  input: z.object({ ...seenTicket, resolveReason: z.enum(resolveReasons, { error: 'resolve-reason-missing' }) }),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known, resolveReason: reason }, { id: ticketId = '' }) {
    const asked = { actor, ticketId, kind: 'ticket.resolved', known } as const
    await actOnce(asked, () => resolveTicket(actor, { ticketId, version, reason }))
    return `/support/tickets/${ticketId}?said=resolved`
  },
})
