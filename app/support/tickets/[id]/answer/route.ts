import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { seenTicket } from '@/app/support/tickets/act-once'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { afterAnswer, entryText, formKey } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/answer', {
  input: z.object({
    ...seenTicket,
    answerText: entryText,
    after: z.enum(afterAnswer, { error: 'after-missing' }),
    answerKey: formKey,
  }),
  most: 512 * 1024,
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor }, { version, answerText: text, after, answerKey: entryKey }, { id: ticketId = '' }) {
    await answerTicket(actor, { ticketId, version, text, after, entryKey })
    return `/support/tickets/${ticketId}?said=answered`
  },
})
