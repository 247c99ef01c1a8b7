import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { undoCrossing } from '@/domain/crossing/undo-crossing'

export const POST = formAction('/account/crossings/[id]/undo', {
  input: z.object({ sure: z.literal('yes', { error: 'form-expired' }) }),
  back: (_fields, { id }) => `/account/crossings/${id}`,
  async act({ actor }, _input, { id: crossingId = '' }) {
    await undoCrossing(actor, { crossingId })
    return `/account/crossings/${crossingId}?done=undo`
  },
})
