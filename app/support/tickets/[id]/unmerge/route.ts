import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { unmergeTicket } from '@/domain/triage/unmerge-ticket'

export const POST = formAction('/support/tickets/[id]/unmerge', {
  input: z.object(seenTicket),
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known }, { id: ticketId = '' }) {
    await actOnce({ actor, ticketId, kind: 'ticket.unmerged', known }, () =>
      unmergeTicket(actor, { ticketId, version }),
    )
    return `/support/tickets/${ticketId}?said=unmerged`
  },
})
