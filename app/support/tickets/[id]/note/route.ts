import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { badInput, Refusal } from '@/domain/errors'
import { noteTicket } from '@/domain/triage/note-ticket'
import { entryText, formKey } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/note', {
  input: z.object({ noteText: entryText, noteKey: formKey }),
  most: 512 * 1024,
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor, language }, { noteText: text, noteKey: entryKey }, { id: ticketId = '' }) {
    try {
      await noteTicket(actor, { ticketId, text, language, entryKey })
    } catch (error) {
      if (!(error instanceof Refusal) || error.field !== 'text') throw error
      throw badInput('noteText', error.code, error.detail)
    }
    return `/support/tickets/${ticketId}?said=noted`
  },
})
