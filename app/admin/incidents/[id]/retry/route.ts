import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { retryFailed } from '@/domain/notice/retry-failed'

export const POST = formAction('/admin/incidents/[id]/retry', {
  input: z.object({ broadcastId: z.uuid() }),
  back: (_fields, { id }) => `/admin/incidents/${id}`,
  async act({ actor }, { broadcastId }, { id }) {
    await retryFailed(actor, { broadcastId })
    return `/admin/incidents/${id}?done=retried#told`
  },
})
