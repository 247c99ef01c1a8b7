import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { leaveTicket } from '@/domain/triage/leave-ticket'

export const POST = formAction('/support/requests/[id]/leave', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, _input, { id: requestId = '' }) {
    await leaveTicket(actor, { requestId })
    return `/support/requests/${requestId}`
  },
})
