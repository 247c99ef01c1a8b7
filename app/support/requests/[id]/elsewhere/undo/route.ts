import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { undoCrossing } from '@/domain/crossing/undo-crossing'

/** Support takes another person's records out of an account again. */
export const POST = formAction('/support/requests/[id]/elsewhere/undo', {
  input: z.object({ crossing: z.uuid({ error: 'form-expired' }) }),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, { crossing: crossingId }, { id }) {
    await undoCrossing(actor, { crossingId })
    return `/support/requests/${id}`
  },
})
