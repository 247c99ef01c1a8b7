import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { approveErasure } from '@/domain/retention/decide-erasure'

export const POST = formAction('/admin/erasures/approve', {
  input: z.object({ erasureId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/erasures',
  async act({ actor }, input) {
    await approveErasure(actor, input)
    return '/admin/erasures?done=approved'
  },
})
