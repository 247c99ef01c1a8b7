import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, seenFields } from '@/app/support/act-once'
import { declineRequest } from '@/domain/restore/decline-request'
import { declineReasons } from '@/domain/restore/restore-inputs'

export const POST = formAction('/support/requests/[id]/decline', {
  input: z.object({
    ...seenFields,
    reason: z.enum(declineReasons, { error: 'reason-missing' }),
    note: z.string().trim().max(2_000, { error: 'note-long' }).default(''),
  }),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, { version, seen, reason, note }, { id: requestId = '' }) {
    const asked = { actor, requestId, kind: 'request.declined', seen } as const
    await actOnce(asked, () => declineRequest(actor, { requestId, version, reason, note }))
    return `/support/requests/${requestId}?done=declined`
  },
})
