import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { letInMail } from '@/domain/triage/let-in-mail'

export const POST = formAction('/support/mail-aside/[id]/let-in', {
  input: z.object({ reference: z.string().trim().min(1, { error: 'ticket-missing' }) }),
  back: (_fields, { id }) => `/support/mail-aside/${id}`,
  async act({ actor }, { reference }, { id: mailId = '' }) {
    const { ticketId } = await letInMail(actor, outside().sealed, { mailId, reference })
    return `/support/tickets/${ticketId}?said=let-in`
  },
})
