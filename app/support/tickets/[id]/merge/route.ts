import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { mergeTicket } from '@/domain/triage/merge-ticket'

export const POST = formAction('/support/tickets/[id]/merge', {
  input: z.object({ ...seenTicket, intoId: z.uuid({ error: 'into-missing' }) }),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known, intoId }, { id: ticketId = '' }) {
    const asked = { actor, ticketId, kind: 'ticket.merged', known } as const
    await actOnce(asked, () => mergeTicket(actor, { ticketId, version, intoId }))
    return `/support/tickets/${intoId}?said=merged`
  },
})
