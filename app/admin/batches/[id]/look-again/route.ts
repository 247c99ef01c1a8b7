import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { Refusal } from '@/domain/errors'
import { findBatch } from '@/domain/recovery/find-batch'
import { lookAgainAtBatch } from '@/domain/recovery/look-again-at-batch'

export const POST = formAction('/admin/batches/[id]/look-again', {
  input: z.object({}),
  back: (_fields, { id }) => `/admin/batches/${id}`,
  async act({ actor }, _input, { id = '' }) {
    try {
      await lookAgainAtBatch(actor, id)
    } catch (error) {
      // Pressed twice: it is being looked at already.
      const late = error instanceof Refusal && error.kind === 'wrong-state'
      if (!late || (await findBatch(actor, { id })).status !== 'arriving') throw error
    }
    return `/admin/batches/${id}?done=looking`
  },
})
