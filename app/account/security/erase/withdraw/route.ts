import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { withdrawErasure } from '@/domain/retention/withdraw-erasure'

export const POST = formAction('/account/security/erase/withdraw', {
  input: z.object({ erasureId: z.uuid({ error: 'form-expired' }) }),
  back: () => '/account/security',
  async act({ actor }, input) {
    await withdrawErasure(actor, input)
    return '/account/security?done=erasure-withdrawn'
  },
})
