import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { refuseCrossing } from '@/domain/crossing/refuse-crossing'

export const POST = formAction('/account/crossings/[id]/refuse', {
  input: z.object({ sure: z.literal('yes', { error: 'form-expired' }) }),
  back: (_fields, { id }) => `/account/crossings/${id}`,
  async act({ actor }, _input, { id: crossingId = '' }) {
    await refuseCrossing(actor, { crossingId })
    return `/account/crossings/${crossingId}?done=refused`
  },
})
