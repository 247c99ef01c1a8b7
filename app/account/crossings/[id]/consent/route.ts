import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { consentCrossing } from '@/domain/crossing/consent-crossing'

export const POST = formAction('/account/crossings/[id]/consent', {
  input: z.object({ sure: z.literal('yes', { error: 'form-expired' }) }),
  back: (_fields, { id }) => `/account/crossings/${id}`,
  async act({ actor }, _input, { id: crossingId = '' }) {
    await consentCrossing(actor, { crossingId })
    return `/account/crossings/${crossingId}?done=consented`
  },
})
