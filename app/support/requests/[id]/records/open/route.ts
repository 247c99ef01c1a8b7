import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { viewReasons } from '@/domain/record/content-view'
import { openContentView } from '@/domain/record/open-content-view'

export const POST = formAction('/support/requests/[id]/records/open', {
  input: z.object({
    holding: z.uuid('look-holding'),
    reason: z.enum(viewReasons, 'look-reason'),
    note: z.string('look-note').trim().min(10, 'look-note').max(1_000, 'look-note-long'),
  }),
  back: (_fields, { id }) => `/support/requests/${id}/records`,
  async act({ actor }, { holding: holdingId, reason, note }, { id: requestId = '' }) {
    const { viewId } = await openContentView(actor, { holdingId, requestId, reason, note })
    return `/support/looks/${viewId}`
  },
})
