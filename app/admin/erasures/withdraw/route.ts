import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { withdrawErasure } from '@/domain/retention/withdraw-erasure'

export const POST = formAction('/admin/erasures/withdraw', {
  input: z.object({ erasureId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/erasures',
  async act({ actor }, input) {
    await withdrawErasure(actor, input)
    return '/admin/erasures?done=withdrawn'
  },
})
