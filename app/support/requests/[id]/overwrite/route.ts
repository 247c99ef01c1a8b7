import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { seenFields } from '@/app/support/act-once'
import { askOverwrite } from '@/domain/decision/ask-overwrite'

export const POST = formAction('/support/requests/[id]/overwrite', {
  input: z.object({
    version: seenFields.version,
    why: z.string({ error: 'why-missing' }).trim().min(1, { error: 'why-missing' }).max(500, { error: 'why-long' }),
  }),
  back: (_fields, { id }) => `/support/requests/${id}`,
  async act({ actor }, { version, why: reason }, { id: requestId = '' }) {
    const { decisionId } = await askOverwrite(actor, { requestId, version, reason })
    return `/support/decisions/${decisionId}?done=asked`
  },
})
