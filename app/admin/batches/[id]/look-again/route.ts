import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { lookAgainAtBatch } from '@/domain/recovery/look-again-at-batch'

export const POST = formAction('/admin/batches/[id]/look-again', {
  input: z.object({}),
  back: (_fields, { id }) => `/admin/batches/${id}`,
  async act({ actor }, _input, { id = '' }) {
    await lookAgainAtBatch(actor, id)
    return `/admin/batches/${id}?done=looking`
  },
})
