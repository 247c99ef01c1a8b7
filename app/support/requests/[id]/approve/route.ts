import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenFields } from '@/app/support/act-once'
import { approveRequest } from '@/domain/restore/approve-request'

export const POST = formAction('/support/requests/[id]/approve', {
  input: z.object(seenFields),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, { version, seen }, { id: requestId = '' }) {
    const asked = { actor, requestId, kind: 'request.approved', seen } as const
    let isHalf = false
    await actOnce(asked, async () => {
      const { runId } = await approveRequest(actor, { requestId, version })
      isHalf = runId === null
    })
    // The page itself says that another person has to approve it as well.
    return `/support/requests/${requestId}${isHalf ? '' : '?done=approved'}`
  },
})
