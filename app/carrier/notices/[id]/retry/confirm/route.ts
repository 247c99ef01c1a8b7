import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { retryFailed } from '@/domain/notice/retry-failed'

/** Has another try made of what did not arrive. Sent twice, the second finds nothing to try. */
export const POST = formAction('/carrier/notices/[id]/retry/confirm', {
  input: z.object({ broadcastId: z.uuid() }),
  back: ({ broadcastId }, { id }) =>
    `/carrier/notices/${id}/retry?broadcast=${encodeURIComponent(String(broadcastId))}`,
  async act({ actor }, { broadcastId }, { id }) {
    await retryFailed(actor, { broadcastId })
    return `/carrier/notices/${id}/results?done=retried`
  },
})
