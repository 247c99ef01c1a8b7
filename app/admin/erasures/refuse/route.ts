import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { refuseErasure } from '@/domain/retention/decide-erasure'

export const POST = formAction('/admin/erasures/refuse', {
  input: z.object({ erasureId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/erasures',
  async act({ actor }, input) {
    await refuseErasure(actor, input)
    return '/admin/erasures?done=refused'
  },
})
