import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { dismissReasons } from '@/domain/triage/aside-reason'
import { dismissMail } from '@/domain/triage/dismiss-mail'

export const POST = formAction('/support/mail-aside/[id]/dismiss', {
  input: z.object({ reason: z.enum(dismissReasons, { error: 'dismiss-reason-missing' }) }),
  back: (_fields, { id }) => `/support/mail-aside/${id}`,
  async act({ actor }, { reason }, { id: mailId = '' }) {
    const { ticketId } = await dismissMail(actor, { mailId, reason })
    return `/support/tickets/${ticketId}?said=dismissed`
  },
})
