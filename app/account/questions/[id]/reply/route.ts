import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { replyToTicket } from '@/domain/triage/reply-to-ticket'
import { entryText, formKey } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/account/questions/[id]/reply', {
  input: z.object({ text: entryText, key: formKey }),
  most: 512 * 1024,
  back: (_fields, { id }) => `/account/questions/${id}`,
  async act({ actor, language }, { text, key: entryKey }, { id: ticketId = '' }) {
    await replyToTicket(actor, { ticketId, text, language, entryKey })
    return `/account/questions/${ticketId}?done=replied`
  },
})
