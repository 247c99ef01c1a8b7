import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenTicket } from '@/app/support/tickets/act-once'
import { escalateTicket } from '@/domain/triage/escalate-ticket'
import { escalateReasons } from '@/domain/triage/joined-inputs'
import { cleanText, longestEntry } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/escalate', {
  input: z.object({
    ...seenTicket,
    escalateReason: z.enum(escalateReasons, { error: 'escalate-reason-missing' }),
    escalateNote: z.string().default('').transform(cleanText).pipe(z.string().max(longestEntry, 'text-long')),
  }),
  most: 512 * 1024,
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, known, escalateReason: reason, escalateNote }, { id: ticketId = '' }) {
    const asked = { actor, ticketId, kind: 'ticket.escalated', known } as const
    const note = escalateNote === '' ? null : escalateNote
    await actOnce(asked, () => escalateTicket(actor, { ticketId, version, reason, note }))
    return `/support/tickets/${ticketId}?said=escalated`
  },
})
