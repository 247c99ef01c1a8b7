import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { seenFields } from '@/app/support/act-once'
import { categories } from '@/domain/record/category'
import { splitRequest } from '@/domain/restore/split-request'

export const POST = formAction('/support/requests/[id]/split', {
  input: z.object({
    version: seenFields.version,
    categories: z.preprocess(
      given => (given === undefined ? [] : [given].flat()),
      z.array(z.enum(categories, { error: 'split-none' })),
    ),
  }),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, input, { id: requestId = '' }) {
    await splitRequest(actor, { requestId, ...input })
    return `/support/requests/${requestId}?done=split`
  },
})
