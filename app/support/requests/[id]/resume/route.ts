import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenFields } from '@/app/support/act-once'
import { resumeRequest } from '@/domain/restore/resume-request'

export const POST = formAction('/support/requests/[id]/resume', {
  input: z.object(seenFields),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, { version, seen }, { id: requestId = '' }) {
    const asked = { actor, requestId, kind: 'request.resumed', seen } as const
    await actOnce(asked, () => resumeRequest(actor, { requestId, version }))
    return `/support/requests/${requestId}?done=resumed`
  },
})
