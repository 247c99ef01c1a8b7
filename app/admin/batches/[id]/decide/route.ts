import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { batchStates } from '@/app/admin/batch-standing'
import { decideBatch } from '@/domain/recovery/decide-batch'

export const POST = formAction('/admin/batches/[id]/decide', {
  input: z.object({
    use: z.enum(['yes', 'no'], { error: 'use-missing' }),
    status: z.enum(batchStates),
    reason: z
      .string({ error: 'reason-missing' })
      .trim()
      .min(1, { error: 'reason-missing' })
      .max(500, { error: 'reason-long' }),
  }),
  back: (_fields, { id }) => `/admin/batches/${id}`,
  async act({ actor }, { use, status: shown, reason }, { id: batchId = '' }) {
    const { status } = await decideBatch(actor, { batchId, use: use === 'yes', reason, status: shown })
    const done =
      use === 'yes'
        ? status === 'released'
          ? 'released'
          : 'decided'
        : shown === 'withheld'
          ? 'taken-back'
          : 'withheld'
    return `/admin/batches/${batchId}?done=${done}`
  },
})
