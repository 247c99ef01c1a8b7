import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { takeTicket } from '@/domain/triage/take-ticket'

export const POST = formAction('/support/requests/[id]/take', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, _input, { id: requestId = '' }) {
    await takeTicket(actor, { requestId })
    return `/support/requests/${requestId}`
  },
})
