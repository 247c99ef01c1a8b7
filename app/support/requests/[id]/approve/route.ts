import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenFields } from '@/app/support/act-once'
import { approveRequest } from '@/domain/restore/approve-request'

export const POST = formAction('/support/requests/[id]/approve', {
  input: z.object(seenFields),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, { version, seen }, { id: requestId = '' }) {
    const asked = { actor, requestId, kind: 'request.approved', seen } as const
    await actOnce(asked, () => approveRequest(actor, { requestId, version }))
    return `/support/requests/${requestId}?done=approved`
  },
})
